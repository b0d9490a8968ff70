import type { Actor } from '../../accounts/actor.ts'
import { step } from '../../platform/journal/change.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { answered, findFor, refuseClosed } from '../actions.ts'
import { type Demand, isOpenProposal, isPublished, type Proposal, type Wording, wordedFields } from '../demand.ts'
import { withParsedForm } from '../indicators.ts'
import { demands } from '../store.ts'
import { refuseTelling, toldOutside, untold } from './hiding.ts'

/** What a proposal carries: the fields that are to read otherwise, and a word to the owner. */
export type ProposalInput = Pick<Proposal, 'changes' | 'note'>

/**
 * Proposes other words to the owner; what waits for him and is not named now goes on waiting.
 * 401, 403, 404, 409 once it is closed, 422 where nothing differs.
 */
export async function proposeWording(ports: Ports, actor: Actor, id: string, { changes, note }: ProposalInput): Promise<Demand> {
  const demand = await findFor(ports, actor, id, 'demand.propose')
  refuseClosed(demand)
  const proposal = { ...proposalWith(ports, actor, demand, changes), note }
  const fields = Object.keys(proposal.changes)
  if (fields.length === 0) throw new Problem('invalid-input', { errors: [{ pointer: '/changes', code: 'nothing-changed' }] })
  const change = { kind: 'demand.wording-proposed', actorId: actor.id, facts: { of: fields } } as const
  return answered(actor, await step(ports, demands, demand, { proposal }, change))
}

/** The owner takes the words as his own; they hold from now on. 401, 403, 404, 409 where there are none, or the demand is not as he saw it. */
export async function acceptProposal(ports: Ports, actor: Actor, id: string, version: number): Promise<Demand> {
  const { demand, proposal } = await found(ports, actor, id, 'demand.accept-proposal')
  if (demand.version !== version) throw new Problem('changed-meanwhile', { state: demand.state })
  const { indicators, ...words } = proposal.changes
  const draft = { ...demand, ...words, ...(indicators && { indicators: indicators.map(withParsedForm) }) }
  const { telling, outward } = isPublished(demand) ? await toldOutside(ports, draft, demand) : untold
  refuseTelling(telling)
  const answer = { verdict: 'accepted', reason: null, by: actor.id, at: ports.now() } as const
  const worded = Object.fromEntries(wordedFields.map((field) => [field, draft[field]]))
  const changes = { ...worded, outward, proposal: { ...proposal, answer } }
  return answered(actor, await step(ports, demands, demand, changes, { kind: 'demand.proposal-accepted', actorId: actor.id }))
}

/** The owner keeps his own words, and says why. 401, 403, 404, 409 where nothing waits. */
export async function refuseProposal(ports: Ports, actor: Actor, id: string, reason: string): Promise<Demand> {
  const { demand, proposal } = await found(ports, actor, id, 'demand.refuse-proposal')
  const answer = { verdict: 'refused', reason, by: actor.id, at: ports.now() } as const
  const change = { kind: 'demand.proposal-refused', actorId: actor.id } as const
  return answered(actor, await step(ports, demands, demand, { proposal: { ...proposal, answer } }, change))
}

async function found(ports: Ports, actor: Actor, id: string, verb: 'demand.accept-proposal' | 'demand.refuse-proposal') {
  const demand = await findFor(ports, actor, id, verb)
  refuseClosed(demand)
  const { proposal } = demand
  if (!isOpenProposal(proposal)) throw new Problem('not-allowed-now', { state: demand.state, reason: 'no-proposal' })
  return { demand, proposal }
}

/** These words, together with those that still wait for the owner, and with the word that came with them. */
export function proposalWith(ports: Ports, actor: Actor, demand: Demand, words: Wording): Proposal {
  const waiting = isOpenProposal(demand.proposal) ? demand.proposal : null
  const changes = differing(demand, { ...waiting?.changes, ...words })
  return { by: actor.id, at: ports.now(), changes, note: waiting?.note ?? null, answer: null }
}

/** Of what is proposed, that which reads otherwise than the demand does. */
function differing(demand: Demand, changes: Wording): Wording {
  const own = { ...demand, indicators: demand.indicators.map(({ text, need }) => ({ text, need })) }
  return Object.fromEntries(
    Object.entries(changes).filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(own[field as keyof Wording])),
  )
}
