import type { Actor } from '../../accounts/actor.ts'
import { may, type Verb } from '../../accounts/permissions.ts'
import type { Page } from '../../platform/database/listings.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { countReadings } from '../../readings/store.ts'
import { demandRelations, demandView, findFor, mayWord } from '../actions.ts'
import { type Demand, type DemandDraft, type DemandView, isOpenProposal, wordedFields } from '../demand.ts'
import { demandLifecycle } from '../lifecycle.ts'
import { demandAt, demands, idsEnteredBy } from '../store.ts'

/** Which demands are somebody's own: his enterprise's, those that he entered for others, those that he is the broker of. */
export type OwnKind = 'enterprise' | 'entered' | 'assigned'

/** The ways in which a kind of actor has demands; none for those who have no demands of their own. */
export function ownKinds({ role }: Pick<Actor, 'role'>): readonly OwnKind[] {
  if (role === 'enterprise') return ['enterprise']
  if (role === 'broker') return ['assigned', 'entered']
  return role === 'park' || role === 'county' ? ['entered'] : []
}

export interface OwnDemand {
  demand: DemandView
  /** How often it was read; null for those who are not told. */
  readings: number | null
  steps: readonly DemandStep[]
}

/** One's own demands of every state, newest first. */
export async function listOwnDemands(
  ports: Ports,
  actor: Actor,
  kind: OwnKind,
  page: Page,
): Promise<{ items: OwnDemand[]; next: Page['after'] }> {
  const { rows, next } = await (kind === 'entered' ? entered(ports, actor, page) : held(ports, actor, kind, page))
  const known = rows.filter((demand) => may(actor, 'demand.read-whole', demandRelations(actor, demand)))
  const told = known.filter((demand) => may(actor, 'demand.read-readings', demandRelations(actor, demand))).map(({ id }) => id)
  const counts = await countReadings(ports.database, told)
  const items = known.map((demand) => ({
    demand: demandView(actor, demand),
    readings: told.includes(demand.id) ? (counts.get(demand.id) ?? 0) : null,
    steps: stepsOf(actor, demand),
  }))
  return { items, next }
}

function held({ database }: Ports, { id }: Actor, kind: 'enterprise' | 'assigned', page: Page) {
  return demands.newestPage(database, kind === 'enterprise' ? { enterprise_id: id } : { broker_id: id }, page)
}

async function entered({ database }: Ports, { id }: Actor, page: Page): Promise<{ rows: Demand[]; next: Page['after'] }> {
  const ids = await idsEnteredBy(database, id, page)
  const shown = ids.slice(0, page.limit)
  const rows = await demands.findMany(
    database,
    shown.map((each) => each.id),
  )
  const last = ids.length > page.limit ? shown.at(-1) : undefined
  return { rows, next: last ? { sort: String(last.seq), id: last.id } : null }
}

const stepVerbs = {
  amend: 'demand.amend',
  request: 'demand.request-publication',
  withdraw: 'demand.withdraw',
  solve: 'demand.solve',
  propose: 'demand.propose',
  diagnose: 'demand.diagnose',
  answer: 'demand.accept-proposal',
} as const satisfies Record<string, Verb>
/** What a keeper can do to a demand from its page. */
export type DemandStep = keyof typeof stepVerbs

/** What the actor may do to a demand now: by the permissions and by the lifecycle, which the verbs themselves read. */
export function stepsOf(actor: Actor, demand: Demand): DemandStep[] {
  const relations = demandRelations(actor, demand)
  const isOpen = Object.keys(demandLifecycle[demand.state]).length > 0
  const isPossible = (step: DemandStep) => {
    if (step === 'answer') return isOpen && isOpenProposal(demand.proposal)
    return step === 'amend' || step === 'propose' || step === 'diagnose' ? isOpen : step in demandLifecycle[demand.state]
  }
  return (Object.keys(stepVerbs) as DemandStep[]).filter((step) => isPossible(step) && may(actor, stepVerbs[step], relations))
}

/** A demand for whoever is about to take a step with it, as he may read it. 401, 403, 404, 409 where the step leads nowhere. */
export async function demandFor(ports: Ports, actor: Actor, id: string, step: DemandStep): Promise<DemandView> {
  return demandView(actor, await found(ports, actor, id, step))
}

/** The same for whoever amends it, with the members that are not his to write: words that are the owner's, and what he may not read. */
export async function demandToAmend(
  ports: Ports,
  actor: Actor,
  id: string,
): Promise<{ demand: DemandView; unread: (keyof DemandDraft)[] }> {
  const demand = await found(ports, actor, id, 'amend')
  const relations = demandRelations(actor, demand)
  const readsConfidential = may(actor, 'demand.read-confidential', relations)
  const readsContacts = may(actor, 'demand.read-contacts', relations)
  const unread: (keyof DemandDraft)[] = [
    ...(mayWord(actor, demand) ? [] : wordedFields),
    ...(readsConfidential ? [] : (['confidential'] as const)),
    ...(readsContacts ? [] : (['businessContact', 'technicalContact'] as const)),
  ]
  return { demand: demandView(actor, demand), unread }
}

/** What its writer began with, as he may read it; undefined where that was not kept. 401, 403, 404. */
export async function demandBefore(ports: Ports, actor: Actor, id: string, version: number): Promise<DemandView | undefined> {
  await findFor(ports, actor, id, 'demand.amend')
  const before = await demandAt(ports.database, id, version)
  return before && demandView(actor, before)
}

async function found(ports: Ports, actor: Actor, id: string, step: DemandStep): Promise<Demand> {
  const demand = await findFor(ports, actor, id, stepVerbs[step])
  if (!stepsOf(actor, demand).includes(step)) throw new Problem('not-allowed-now', { state: demand.state })
  return demand
}
