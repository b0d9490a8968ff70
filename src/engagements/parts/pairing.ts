import { may } from '../../accounts/permissions.ts'
import { demandView } from '../../demands/actions.ts'
import type { DemandView } from '../../demands/demand.ts'
import { demandTitle } from '../../demands/demand-card.tsx'
import { expertView } from '../../directory/actions.ts'
import { expertName } from '../../directory/cards.tsx'
import type { ExpertView } from '../../directory/expert.ts'
import type { Refusal, Side } from '../../matching/refusal.ts'
import { offeringView } from '../../offerings/actions.ts'
import { codeName } from '../../platform/codes/codes.ts'
import { Problem } from '../../platform/problem.ts'
import type { AppContext } from '../../platform/web/context.ts'
import { unlessRefused } from '../../platform/web/parts/readable.ts'
import { type View, viewOf } from '../../platform/web/view.ts'
import { engagementOf } from '../actions/engagement.ts'
import { listInterests } from '../actions/interest.ts'
import { listInvitations } from '../actions/invitation.ts'
import { listRefusals } from '../actions/refusal.ts'
import { knownSides, relationsToSides, type Sides, type Supply, sideOf } from '../actions/sides.ts'
import type { Engagement } from '../engagement.ts'
import type { InterestView } from '../interest.ts'
import type { Invitation } from '../invitation.ts'

/** What somebody is told of one pairing, and what he may do about it. */
export interface ShownPairing {
  ids: { demandId: string; supplyId: string }
  demand: DemandView
  supply: { kind: Supply['kind']; id: string; name: string }
  /** For which side the reader speaks; null for neither. */
  side: Side | null
  /** Whether he was handed what is asked, and may answer that and nothing else. */
  isHanded: boolean
  /** Whether the reader carries the demand. */
  carries: boolean
  /** The last one that is not withdrawn. */
  interest: InterestView | null
  /** Of the reader's own side. */
  refusal: Refusal | null
  engagement: Engagement | null
  /** One that waits for its answer, for those who carry the demand. */
  invitation: Invitation | null
}

/** Where a pairing is looked at and answered. */
export const pairingPath = (demandId: string, supplyId: string) => `/pairings/${demandId}/${supplyId}`

/** 404 for a side that the reader may not know of. */
export async function shownPairing(c: AppContext, demandId: string, supplyId: string): Promise<ShownPairing> {
  const { ports, actor } = c.var
  const ids = { demandId, supplyId }
  const sides = await unlessRefused(() => knownSides(ports, actor, ids), ['invalid-input'])
  if (sides instanceof Problem) throw new Problem('not-found')
  const spoken = sideOf(actor, 'interest.express', sides)
  const carries = may(actor, 'invitation.send', relationsToSides(actor, sides).demand)
  const page = { after: null, limit: 20 }
  const [interests, refusals, engagement, invitations] = await Promise.all([
    listInterests(ports, actor, { ...ids, state: null }, page),
    listRefusals(ports, actor, demandId),
    engagementOf(ports, actor, ids),
    carries ? listInvitations(ports, actor, { demandId, state: 'open' }, page) : { items: [] },
  ])
  const interest = interests.items.find(({ state }) => state !== 'withdrawn') ?? null
  // Who speaks for neither side and may read the question was handed it.
  const isHanded = spoken === null && actor.role === 'expert' && interest !== null
  return {
    ids,
    demand: demandView(actor, sides.demand),
    supply: { kind: sides.supply.kind, id: supplyId, name: supplyName(viewOf(c), sides.supply) },
    side: isHanded ? 'supply' : spoken,
    isHanded,
    carries,
    interest,
    refusal: refusals.find((each) => each.supplyId === supplyId && each.side === spoken) ?? null,
    engagement,
    invitation: invitations.items.find((each) => each.supplyId === supplyId && each.expiresAt > ports.now()) ?? null,
  }
}

/** What the reader may call the side that could solve it. */
export function supplyName(view: View, supply: Supply): string {
  switch (supply.kind) {
    case 'expert':
      return markedName(view, expertName(expertView(view.actor, supply.noun), view), supply.noun.enrolled)
    case 'offering':
      return offeringView(view.actor, supply.noun).title
    case 'institution':
      return supply.noun.name
  }
}

/** A name with the word that nobody but himself has said who that is. */
export function markedName({ words }: Pick<View, 'words'>, name: string, enrolled: ExpertView['enrolled'] | undefined): string {
  return enrolled === 'unverified' ? words.units.withNote(name, words.organisation.verification.unverified) : name
}

/** What the reader may call both sides. */
export function namesOf(view: View, { demand, supply }: Sides): { demand: string; supply: string } {
  return { demand: demandTitle(demandView(view.actor, demand), view), supply: supplyName(view, supply) }
}

/** A reason in the reader's language. */
export const reasonName = (code: string, { locale }: Pick<View, 'locale'>) =>
  codeName({ scheme: 'decline-reason', edition: '1', code }, locale)
