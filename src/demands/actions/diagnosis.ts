import type { Compilable } from 'kysely'
import type { Actor } from '../../accounts/actor.ts'
import { step } from '../../platform/journal/change.ts'
import { amended } from '../../platform/merge-patch.ts'
import type { Ports } from '../../platform/ports.ts'
import { mayWord, refuseFaults } from '../actions.ts'
import { type Demand, DemandDraft, isOpenProposal, isPublished, type Wording } from '../demand.ts'
import { withParsedForm } from '../indicators.ts'
import { demands } from '../store.ts'
import { refuseTelling, toldOutside, untold } from './hiding.ts'
import { proposalWith } from './proposal.ts'

/** What an interview says of a demand: words that are its owner's, and everything else. */
export interface Heard {
  words: Wording
  terms: Partial<DemandDraft>
}

/** A demand as its keeper proposes it to read: what still waits for the owner counts as said. */
export function asProposed(actor: Actor, demand: Demand): Demand {
  if (mayWord(actor, demand) || !isOpenProposal(demand.proposal)) return demand
  const { indicators, ...words } = demand.proposal.changes
  return { ...demand, ...words, ...(indicators && { indicators: indicators.map(withParsedForm) }) }
}

/**
 * Writes what was heard, with what is to be written `alongside`, in one commit: terms and, where they are the actor's to write, words;
 * else these are proposed to the owner together with what waits for him. The demand stays as it is where nothing new was heard. 409, 422.
 */
export async function writeHeard(
  ports: Ports,
  actor: Actor,
  demand: Demand,
  { words, terms }: Heard,
  alongside: Compilable[],
): Promise<void> {
  const isWordedHere = mayWord(actor, demand)
  const written = isWordedHere ? { ...terms, ...words } : terms
  // Proposed words too are held to what a demand may say.
  const whole = amended(DemandDraft, demand, { ...terms, ...words })
  const draft = isWordedHere ? whole : amended(DemandDraft, demand, written)
  const unchanged = (['deadlineOn', 'expiresOn'] as const).filter((name) => draft[name] === demand[name])
  await refuseFaults(ports, draft, unchanged)
  const { telling, outward } = isPublished(demand) ? await toldOutside(ports, { ...draft, id: demand.id }, demand) : untold
  refuseTelling(telling)
  const proposal = proposalWith(ports, actor, demand, words)
  const proposed = Object.keys(proposal.changes)
  const isProposing = !isWordedHere && Object.keys(words).length > 0 && proposed.length > 0
  const changes = {
    ...draft,
    indicators: draft.indicators.map(withParsedForm),
    ...(isPublished(demand) && { outward }),
    ...(isProposing && { proposal }),
  }
  if (Object.keys(written).length === 0 && !isProposing) return ports.database.commit(...alongside)
  const facts = { of: Object.keys(written), proposed: isProposing ? proposed : [] }
  await step(ports, demands, demand, changes, { kind: 'demand.diagnosed', actorId: actor.id, facts }, alongside)
}
