import type { Compilable } from 'kysely'
import type { Actor } from '../../accounts/actor.ts'
import { linksAbout, pointLinks } from '../../accounts/store/link.ts'
import { about } from '../../attachments/actions/view.ts'
import { mostAttachments, type StoredAttachment } from '../../attachments/attachment.ts'
import { attachmentsOf } from '../../attachments/store.ts'
import type { Demand } from '../../demands/demand.ts'
import { type Engagement, engagementLifecycle, type Step } from '../../engagements/engagement.ts'
import type { Interest } from '../../engagements/interest.ts'
import { contacts, engagements, interests, invitations, referrals, shortlists } from '../../engagements/store.ts'
import { refusals } from '../../matching/store.ts'
import type { StoredNoun } from '../../platform/database/listings.ts'
import { nextOf, type WritableRows } from '../../platform/journal/change.ts'
import { record } from '../../platform/journal/journal.ts'
import { type Ports, today } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { updateAttachmentSubject } from '../store.ts'
import type { Merging } from '../twins.ts'

/** What changes hands, and the statements that write it. */
export interface Moving {
  moved: Merging['moved']
  /** The links by which its enterprise was asked; they lead to what stays. */
  links: string[]
  statements: Compilable[]
}

/** What follows a demand into another: who asked whom, what came of it, what was noted, its documents. Of two of one pairing one goes on. */
export async function moving(ports: Ports, actor: Actor, from: Demand, into: Demand): Promise<Moving> {
  const { database } = ports
  const moved: Moving = { moved: [], links: await linksAbout(database, 'confirm-demand', from.id), statements: [] }
  const facts = { from: from.id, to: into.id }
  const move = <Noun extends StoredNoun>(rows: WritableRows<Noun> & { table: string }, noun: Noun, changes: Partial<Noun>) => {
    const { next, statements } = nextOf(ports, rows, noun, changes, { kind: `${rows.table}.moved`, actorId: actor.id, facts })
    moved.moved.push({ id: next.id, version: next.version })
    moved.statements.push(...statements)
  }
  const there = { demandId: into.id }
  const bothOf = async <Noun>(rows: { each(of: typeof database, where: { demand_id: string }): AsyncGenerator<Noun> }) =>
    [
      await Array.fromAsync(rows.each(database, { demand_id: from.id })),
      await Array.fromAsync(rows.each(database, { demand_id: into.id })),
    ] as [Noun[], Noun[]]

  for await (const row of invitations.each(database, { demand_id: from.id })) move(invitations, row, there)
  for await (const row of referrals.each(database, { demand_id: from.id })) move(referrals, row, there)
  for await (const row of shortlists.each(database, { demand_id: from.id })) move(shortlists, row, there)

  const [said, saidThere] = await bothOf(refusals)
  // What was refused twice stays refused by the one that is there.
  const isRefused = (row: (typeof said)[number]) =>
    saidThere.some(({ supplyId, side, state }) => supplyId === row.supplyId && side === row.side && state === 'standing')
  for (const row of said) if (!isRefused(row)) move(refusals, row, there)

  const [asked, askedThere] = await bothOf(interests)
  for (const row of asked) {
    const twin = isStanding(row) ? askedThere.find((other) => other.supplyId === row.supplyId && isStanding(other)) : undefined
    const loser = twin && (twin.state === 'open' && row.state === 'accepted' ? twin : row)
    // Two questions of one pairing are answered once.
    const ended = (of: Interest): Partial<Interest> => (of === loser && of.state === 'open' ? { state: 'withdrawn' } : {})
    move(interests, row, { ...there, ...ended(row) })
    if (twin !== undefined && loser === twin) move(interests, twin, ended(twin))
  }

  /** Of two cases of one pairing the one that goes on, by the one that does not. */
  const goesOn = new Map<string, string>()
  const [cases, casesThere] = await bothOf(engagements)
  for (const row of cases) {
    const twin = row.supplyId === null ? undefined : casesThere.find(({ supplyId }) => supplyId === row.supplyId)
    if (twin === undefined) move(engagements, row, there)
    else {
      const [staying, other] = stage[row.state] > stage[twin.state] ? [row, twin] : [twin, row]
      goesOn.set(other.id, staying.id)
      if (staying === row) move(engagements, row, there)
      move(engagements, other, { demandId: from.id, ...closed(ports, actor, other) })
    }
  }

  for await (const row of contacts.each(database, { subject_id: from.id })) move(contacts, row, { subjectId: into.id })
  for (const [otherId, stayingId] of goesOn)
    for await (const row of contacts.each(database, { subject_id: otherId })) move(contacts, row, { subjectId: stayingId })

  const documents = await attachmentsOf(database, from.id)
  const placed = inPlaces(documents, await attachmentsOf(database, into.id), into.id)
  for (const each of placed) {
    moved.moved.push({ id: each.id, version: each.version })
    moved.statements.push(...attachmentMoved(ports, actor, each, from.id))
  }
  if (moved.links.length > 0) moved.statements.push(pointLinks(database, moved.links, into.id))
  return moved
}

const isStanding = ({ state }: Interest) => state === 'open' || state === 'accepted'
const stage = { lost: 0, proposed: 1, contacted: 2, talking: 3, signed: 4 } as const satisfies Record<Engagement['state'], number>

/** A case that does not go on, so that it is on nobody's board any more. */
function closed(ports: Ports, actor: Actor, { state, steps }: Engagement): Partial<Engagement> {
  if (!('lose' in engagementLifecycle[state])) return {}
  const made: Step = { to: 'lost', on: today(ports), at: ports.now(), by: actor.id, code: null, note: null }
  return { state: 'lost', steps: [...steps, made].slice(-200) }
}

/** Documents in free places of another subject, in the order in which they came. 409 where there are too few. */
export function inPlaces(
  documents: readonly StoredAttachment[],
  there: readonly StoredAttachment[],
  subjectId: string,
): StoredAttachment[] {
  const taken = new Set(there.map(({ place }) => place))
  const free = Array.from({ length: mostAttachments }, (_, at) => at + 1).filter((place) => !taken.has(place))
  if (documents.length > free.length) throw new Problem('not-allowed-now', { reason: 'too-many-documents', count: mostAttachments })
  return documents.map((each, at) => ({ ...each, subjectId, place: free[at]!, version: each.version + 1 }))
}

export function attachmentMoved({ database, now }: Ports, actor: Actor, next: StoredAttachment, fromId: string): Compilable[] {
  const { id: subjectId, version: subjectVersion } = next
  const facts = { ...about(next), from: fromId }
  const entry = { subjectId, subjectVersion, kind: 'attachment.moved', actorId: actor.id, at: now(), facts } as const
  return [record(database, entry), updateAttachmentSubject(database, next)]
}
