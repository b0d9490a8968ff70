import type { Actor } from '../accounts/actor.ts'
import { may, permit, type Relation } from '../accounts/permissions.ts'
import { expertActions, expertRelations, readsWorks } from '../directory/actions.ts'
import { blankEvidence, type Completer, type Evidence, EvidenceDraft, evidenceFaults } from '../directory/evidence.ts'
import { type Expert, maskedExpert } from '../directory/expert.ts'
import { completersOf, evidence, experts } from '../directory/store.ts'
import { knowsOffering, readOffering } from '../offerings/actions.ts'
import type { Offering } from '../offerings/offering.ts'
import { offerings } from '../offerings/store.ts'
import type { Page } from '../platform/database/listings.ts'
import { parseInput } from '../platform/input.ts'
import { amend, commitNew, remove } from '../platform/journal/change.ts'
import { amended } from '../platform/merge-patch.ts'
import type { Ports } from '../platform/ports.ts'
import { type FieldError, Problem } from '../platform/problem.ts'
import { filled } from '../platform/schema.ts'

/** What a request to register carries; whose it is stands in its path. */
export type EvidenceInput = Partial<Omit<EvidenceDraft, 'expertId'>> & Pick<EvidenceDraft, 'kind'>

/** A person answers for his evidence once he has taken over the profile, and his institutions do at any time. */
export function evidenceRelations(actor: Actor, expert: Expert): Relation[] {
  return actor.id === expert.id && !expert.claimed ? [] : expertRelations(actor, expert)
}

/** Adds what an expert did; with `offeringId` it makes the expert a completer of that offering. 401, 403, 404, 422. */
export async function registerEvidence(ports: Ports, actor: Actor, expertId: string, input: EvidenceInput): Promise<Evidence> {
  const expert = await knownExpert(ports, actor, expertId)
  permit(actor, 'evidence.register', evidenceRelations(actor, expert))
  const draft = parseInput(EvidenceDraft, filled<EvidenceDraft>(blankEvidence, { ...input, expertId }))
  refuse(evidenceFaults(draft))
  const now = ports.now()
  const row: Evidence = {
    ...draft,
    id: ports.newId('evidence'),
    position: draft.offeringId === null ? 1 : await nextPosition(ports, actor, expertId, draft.offeringId),
    verifiedBy: null,
    originId: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
  }
  return commitNew(ports, evidence, row, { kind: 'evidence.registered', actorId: actor.id, facts: about(row) })
}

/** One row as far as this actor may see it; 404 where he may not. */
export async function readEvidence(ports: Ports, actor: Actor, id: string): Promise<Evidence> {
  return (await findShown(ports, actor, id)).row
}

/** A page of what an expert did, newest first; empty where the expert is shown masked: what somebody did would tell who it is. */
export async function listEvidence(
  ports: Ports,
  actor: Actor,
  expertId: string,
  page: Page,
): Promise<{ items: Evidence[]; next: Page['after'] }> {
  const expert = await knownExpert(ports, actor, expertId)
  if (!showsWorks(actor, expert)) return { items: [], next: null }
  const { rows, next } = await evidence.newestPage(ports.database, { expert_id: expertId }, page)
  const listed = await offerings.findMany(
    ports.database,
    rows.flatMap(({ offeringId }) => offeringId ?? []),
  )
  return { items: rows.filter((row) => isShownTo(actor, row, expert, listed)), next }
}

/** JSON Merge Patch. Whose it is and for which offering it stands are fixed. 403, 404, 412, 422. */
export async function amendEvidence(ports: Ports, actor: Actor, id: string, version: number, patch: unknown): Promise<Evidence> {
  const { row, expert } = await findShown(ports, actor, id)
  permit(actor, 'evidence.amend', evidenceRelations(actor, expert))
  const draft = amended(EvidenceDraft, row, patch)
  const moved = (['expertId', 'offeringId'] as const).filter((name) => draft[name] !== row[name])
  refuse([...moved.map((name) => ({ pointer: `/${name}`, code: 'fixed' })), ...evidenceFaults(draft)])
  return amend(ports, evidence, row, version, draft, { kind: 'evidence.amended', actorId: actor.id })
}

/** Takes a row away. 403, 404, 412. */
export async function removeEvidence(ports: Ports, actor: Actor, id: string, version: number): Promise<Pick<Evidence, 'id'>> {
  const { row, expert } = await findShown(ports, actor, id)
  permit(actor, 'evidence.remove', evidenceRelations(actor, expert))
  await remove(ports, evidence, row, version, { kind: 'evidence.removed', actorId: actor.id, facts: about(row) })
  return { id }
}

/** Who completed an offering, in their places, each as this actor may see him. 404 for an offering he may not know of. */
export async function listCompleters(ports: Ports, actor: Actor, offeringId: string): Promise<Completer[]> {
  const offering = await readOffering(ports, actor, offeringId)
  const rows = await completersOf(ports.database, [offering.id])
  const people = await experts.findMany(
    ports.database,
    rows.map(({ expertId }) => expertId),
  )
  return rows.flatMap((row) => {
    const expert = people.find(({ id }) => id === row.expertId)
    const view = expert && expertActions.view(actor, expert)
    if (view === undefined) return []
    const isShown = showsWorks(actor, expert!)
    // That it is his work, he shows to whom he shows his works.
    return [{ expert: isShown || view.isMasked ? view : maskedExpert(expert!), evidence: isShown ? row : null }]
  })
}

/** An expert of whom the actor may know. 404. */
export async function knownExpert(ports: Ports, actor: Actor, id: string): Promise<Expert> {
  const expert = await experts.find(ports.database, id)
  if (!expert || expertActions.view(actor, expert) === undefined) throw new Problem('not-found', { id })
  return expert
}

async function findShown(ports: Ports, actor: Actor, id: string): Promise<{ row: Evidence; expert: Expert }> {
  const row = await evidence.find(ports.database, id)
  const expert = row && (await experts.find(ports.database, row.expertId))
  if (!row || !expert) throw new Problem('not-found', { id })
  const listed = await offerings.findMany(ports.database, row.offeringId === null ? [] : [row.offeringId])
  if (!isShownTo(actor, row, expert, listed)) throw new Problem('not-found', { id })
  return { row, expert }
}

const showsWorks = (actor: Actor, expert: Expert): boolean =>
  expertActions.view(actor, expert)?.isMasked === false && readsWorks(actor, expert)

/** Only with the expert's name, and for an offering that the reader may know of; who may change a row sees it whatever became of that. */
function isShownTo(actor: Actor, { offeringId }: Evidence, expert: Expert, listed: readonly Offering[]): boolean {
  if (!showsWorks(actor, expert)) return false
  if (offeringId === null || may(actor, 'evidence.amend', evidenceRelations(actor, expert))) return true
  return listed.some((offering) => offering.id === offeringId && knowsOffering(actor, offering))
}

/** The place after the last completer; 422 for an offering that the actor may not know of, or that the expert completed already. */
export async function nextPosition(ports: Ports, actor: Actor, expertId: string, offeringId: string): Promise<number> {
  const offering = await offerings.find(ports.database, offeringId)
  if (!offering || !knowsOffering(actor, offering)) refuse([{ pointer: '/offeringId', code: 'unknown-reference' }])
  const completers = await completersOf(ports.database, [offeringId])
  if (completers.some((row) => row.expertId === expertId)) refuse([{ pointer: '/offeringId', code: 'already-completer' }])
  return (completers.at(-1)?.position ?? 0) + 1
}

function refuse(errors: FieldError[]): void {
  if (errors.length > 0) throw new Problem('invalid-input', { errors })
}

export const about = ({ expertId, offeringId }: Evidence) => ({ expertId, offeringId })
