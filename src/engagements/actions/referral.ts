import type { Compilable } from 'kysely'
import type { Actor } from '../../accounts/actor.ts'
import { may, permit, type Relation } from '../../accounts/permissions.ts'
import { demandRelations, findFor } from '../../demands/actions.ts'
import { demands } from '../../demands/store.ts'
import type { Page } from '../../platform/database/listings.ts'
import { chronicle, step } from '../../platform/journal/change.ts'
import { nextState, pastOf } from '../../platform/lifecycle.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { type Referral, type ReferralClosing, type ReferralDraft, type ReferralState, referralLifecycle } from '../referral.ts'
import { referrals } from '../store.ts'
import { knownSides } from './sides.ts'

/** Ends a referral: by whom was asked instead, or (null) by nobody. 403, 404, 409, 422. */
export async function closeReferral(ports: Ports, actor: Actor, id: string, { supplyId }: ReferralClosing): Promise<Referral> {
  const referral = await referrals.find(ports.database, id)
  const relations = referral && (await relationsTo(ports, actor, referral))
  if (referral === undefined || relations === undefined || !may(actor, 'referral.read', relations)) throw new Problem('not-found', { id })
  permit(actor, 'referral.close', relations)
  if (supplyId !== null) await knownSides(ports, actor, { demandId: referral.demandId, supplyId })
  const verb = supplyId === null ? 'drop' : 'take'
  const state = nextState(referralLifecycle, referral.state, verb)
  const change = { kind: `referral.${pastOf[verb]}`, actorId: actor.id, facts: { demandId: referral.demandId } } as const
  return step(ports, referrals, referral, { state, supplyId, closedBy: actor.id }, change)
}

/** Referrals newest first: about a demand, or all that came of the actor's own invitations. 403, 404. */
export async function listReferrals(
  ports: Ports,
  actor: Actor,
  { demandId, state }: { demandId: string | null; state: ReferralState | null },
  page: Page,
): Promise<{ items: Referral[]; next: Page['after'] }> {
  if (demandId === null && !may(actor, 'referral.read')) permit(actor, 'referral.read', ['assigned'])
  const scope: Record<string, string> =
    demandId !== null
      ? { demand_id: (await findFor(ports, actor, demandId, 'referral.read')).id }
      : may(actor, 'referral.read')
        ? {}
        : { sent_by: actor.id }
  const { rows, next } = await referrals.newestPage(ports.database, { ...scope, ...(state !== null && { state }) }, page)
  return { items: rows, next }
}

async function relationsTo(ports: Ports, actor: Actor, { demandId }: Referral): Promise<Relation[] | undefined> {
  const demand = await demands.find(ports.database, demandId)
  return demand && demandRelations(actor, demand)
}

/** A referral out of an answer, and the statements that write it. */
export function referring(
  ports: Ports,
  cause: Pick<Referral, 'demandId' | 'fromId' | 'sentBy'> & Partial<Pick<Referral, 'invitationId' | 'interestId'>>,
  by: string,
  { referred, institution, note }: ReferralDraft,
): { referral: Referral; statements: Compilable[] } {
  const now = ports.now()
  const referral: Referral = {
    id: ports.newId('referral'),
    originId: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
    visibility: 'nda',
    invitationId: null,
    interestId: null,
    ...cause,
    name: referred,
    institution,
    note,
    state: 'open',
    supplyId: null,
    closedBy: null,
  }
  const entries = chronicle(ports, referral, { kind: 'referral.made', actorId: by, facts: { demandId: cause.demandId } })
  return { referral, statements: [...entries, ...referrals.insert(ports.database, referral)] }
}
