import type { Actor } from '../../accounts/actor.ts'
import { permit } from '../../accounts/permissions.ts'
import { readOffering } from '../../offerings/actions.ts'
import type { OfferingView } from '../../offerings/offering.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import type { Contact } from '../contact.ts'
import { contacts } from '../store.ts'
import { listContacts } from './contact.ts'

/** A lead whose authors may be asked to join. */
export interface Uninvited {
  lead: OfferingView
  /** What the actor himself has logged about it, or, for who sees all, anybody. */
  logged: Contact[]
  /** The last day on which anybody contacted the authors; who and how is his own affair. */
  lastOn: string | null
}

/** What stands ready to invite the authors of a lead. 401, 403, 404, 409 for a result, which has an owner. */
export async function leadToInvite(ports: Ports, actor: Actor, id: string): Promise<Uninvited> {
  permit(actor, 'contact.record')
  const lead = await readOffering(ports, actor, id)
  if (lead.kind !== 'lead') throw new Problem('not-allowed-now', { state: lead.kind })
  const { items: logged } = await listContacts(ports, actor, id, { after: null, limit: 20 })
  const [last] = await contacts.newest(ports.database, { subject_id: id }, { after: null, limit: 1 })
  return { lead, logged, lastOn: last?.on ?? null }
}
