import type { Actor } from '../../accounts/actor.ts'
import { may, permit } from '../../accounts/permissions.ts'
import { confirmDemand, draftDemand } from '../../demands/actions.ts'
import type { Demand } from '../../demands/demand.ts'
import { findOrRegisterEnterprise } from '../../directory/actions/enterprises.ts'
import { recordContact } from '../../engagements/actions/contact.ts'
import { type Ports, today } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import type { Call } from '../call.ts'

/**
 * Enters what a firm tells on the phone: finds or registers it, drafts its demand, notes the call where the actor keeps such notes, and that
 * the caller agreed. 401, 403, 422 for a day to come.
 */
export async function enterCall(ports: Ports, actor: Actor, call: Call): Promise<Demand> {
  permit(actor, 'intake.receive')
  const { enterprise: name, creditCode, region, caller, phone, on, title, problem } = call
  const day = today(ports)
  if (on > day) throw new Problem('invalid-input', { errors: [{ pointer: '/on', code: 'day-to-come', facts: { today: day } }] })
  const parkId = actor.role === 'park' ? actor.id : null
  const { enterprise } = await findOrRegisterEnterprise(ports, actor, { name, creditCode, region, parkId })
  const businessContact = { name: caller, phone, email: null }
  const demand = await draftDemand(ports, actor, { title, problem, region, businessContact, enterpriseId: enterprise.id })
  if (may(actor, 'contact.record')) {
    const about = { subjectId: demand.id, withWhom: caller, note: null, next: null, on }
    await recordContact(ports, actor, { ...about, channel: 'phone', result: 'reached' })
  }
  return call.isConfirmed ? confirmDemand(ports, actor, demand.id, { how: 'phone', by: caller, on }) : demand
}
