import { drawLink, linkUsed, readLink } from '../../accounts/actions/link.ts'
import type { Actor } from '../../accounts/actor.ts'
import { holderOf, type Link } from '../../accounts/link.ts'
import { permit } from '../../accounts/permissions.ts'
import { latestLink } from '../../accounts/store/link.ts'
import { enterprises } from '../../directory/store.ts'
import { step } from '../../platform/journal/change.ts'
import { addressOf, type Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { demandRelations, demandView, findFor, refuseClosed } from '../actions.ts'
import { ConfirmationAnswer, type ConfirmationReply, type ConfirmationRequest, type MadeConfirmationRequest } from '../confirmation.ts'
import type { Demand, DemandView } from '../demand.ts'
import { demands } from '../store.ts'

const purpose = 'confirm-demand'

/** Makes a link by which the enterprise can say whether a demand is its own; the link before it is worth nothing. 409 for what it wrote itself. */
export async function askForConfirmation(ports: Ports, actor: Actor, id: string): Promise<MadeConfirmationRequest> {
  const demand = await findFor(ports, actor, id, 'demand.request-confirmation')
  refuseClosed(demand)
  if (demand.onBehalfOf === null) throw new Problem('not-allowed-now', { state: demand.state, reason: 'own-demand' })
  const { link, secret, statements } = await drawLink(ports, { purpose, objectId: demand.id, actorId: actor.id })
  await ports.database.commit(...statements)
  return { ...requestOf(ports, link), link: addressOf(ports, `/links/${secret}`) }
}

/** The last time that the enterprise was asked, and its answer; null where it never was. 404, 403 for whoever may not ask himself. */
export async function confirmationAsked(ports: Ports, actor: Actor, id: string): Promise<ConfirmationRequest | null> {
  const demand = await findFor(ports, actor, id, 'demand.request-confirmation')
  const link = await latestLink(ports.database, purpose, demand.id)
  return link === undefined ? null : requestOf(ports, link)
}

/** A demand as the holder of a link reads it: whole, as it was entered for his enterprise. */
export interface OpenConfirmation {
  link: Link
  demand: DemandView
  enterprise: string
}

/** Looking changes nothing, because mail scanners look. 410 for a link that is worth nothing. */
export async function openConfirmation(ports: Ports, secret: string): Promise<OpenConfirmation> {
  const { link, holder, demand } = await found(ports, secret)
  const enterprise = await enterprises.find(ports.database, demand.enterpriseId)
  return { link, demand: demandView(holder, demand), enterprise: enterprise?.name ?? '' }
}

/** Takes the one answer that a link is good for. 409 where the demand is not as its holder saw it. */
export async function replyToConfirmation(ports: Ports, secret: string, reply: ConfirmationReply): Promise<void> {
  const { link, holder, demand } = await found(ports, secret)
  const note = reply.answer === 'corrected' ? reply.note : null
  const used = linkUsed(ports, link, holder.id, { answer: reply.answer, note })
  if (reply.answer !== 'confirmed') return ports.database.commit(...used)
  permit(holder, 'demand.confirm', demandRelations(holder, demand))
  refuseClosed(demand)
  if (demand.version !== reply.version) throw new Problem('changed-meanwhile', { state: demand.state })
  const at = ports.now()
  const changes = { confirmation: { how: 'link' as const, by: reply.by, at }, confirmedAt: at }
  await step(ports, demands, demand, changes, { kind: 'demand.confirmed', actorId: holder.id, facts: { how: 'link' } }, used)
}

async function found(ports: Ports, secret: string): Promise<{ link: Link; holder: Actor; demand: Demand }> {
  const link = await readLink(ports, purpose, secret)
  const holder = holderOf({ ...link, purpose })
  const demand = await demands.find(ports.database, link.objectId)
  if (demand === undefined) throw new Problem('link-gone')
  permit(holder, 'demand.read-whole', demandRelations(holder, demand))
  return { link, holder, demand }
}

function requestOf(ports: Pick<Ports, 'now'>, link: Link): ConfirmationRequest {
  const { id, objectId, answer, note, usedAt, expiresAt, createdAt } = link
  const state = usedAt !== null ? 'answered' : expiresAt <= ports.now() ? 'expired' : 'open'
  return {
    id,
    demandId: objectId,
    state,
    answer: answer === null ? null : ConfirmationAnswer.parse(answer),
    note,
    answeredAt: usedAt,
    expiresAt,
    createdAt,
  }
}
