import type { Compilable } from 'kysely'
import { knownActor } from '../../accounts/actions/known-actor.ts'
import { drawLink, linkUsed, readLink } from '../../accounts/actions/link.ts'
import type { Actor } from '../../accounts/actor.ts'
import { holderOf, type Link } from '../../accounts/link.ts'
import { may, permit } from '../../accounts/permissions.ts'
import { demandRelations, findFor } from '../../demands/actions.ts'
import type { Demand } from '../../demands/demand.ts'
import { demands } from '../../demands/store.ts'
import { matchesOf } from '../../matching/actions/matches-of.ts'
import type { Page } from '../../platform/database/listings.ts'
import { commitNew, commitTogether, nextOf, step } from '../../platform/journal/change.ts'
import { addressOf, type Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import type { MadeShortlistLink, SendingRequest, Shortlist, ShortlistAnswer, ShortlistReply, ShortlistRequest } from '../shortlist.ts'
import { shortlists } from '../store.ts'
import { expressing } from './interest.ts'
import { refusing } from './refusal.ts'
import { findSides, knownSides, type Sides } from './sides.ts'

const purpose = 'answer-shortlist'

/** Makes a list of candidates as their enterprise may see them. 403, 404, 409 where the demand is not published, 422. */
export async function makeShortlist(ports: Ports, actor: Actor, { demandId, note, items }: ShortlistRequest): Promise<Shortlist> {
  const demand = await findFor(ports, actor, demandId, 'shortlist.make')
  if (demand.state !== 'published') throw new Problem('not-allowed-now', { state: demand.state })
  const ids = items.map(({ supplyId }) => supplyId)
  if (ids.length === 0) throw new Problem('invalid-input', { errors: [{ pointer: '/items', code: 'required' }] })
  if (new Set(ids).size < ids.length) throw new Problem('invalid-input', { errors: [{ pointer: '/items', code: 'twice' }] })
  for (const supplyId of ids) await knownSides(ports, actor, { demandId, supplyId })
  const reader = await knownActor(ports, 'enterprise', demand.enterpriseId)
  const found = await matchesOf(ports, reader, demand, ids)
  const now = ports.now()
  const shortlist: Shortlist = {
    id: ports.newId('shortlist'),
    originId: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
    visibility: 'nda',
    demandId,
    madeBy: actor.id,
    note,
    items: items.map(({ supplyId, comment }) => {
      const { title, enrolled, evidence, indicators } = found.get(supplyId)!
      return { supplyId, comment, title, enrolled, evidence, indicators }
    }),
    sent: [],
    answeredBy: null,
    answeredAt: null,
  }
  return commitNew(ports, shortlists, shortlist, { kind: 'shortlist.made', actorId: actor.id, facts: { demandId } })
}

/** Lists newest first: of a demand, or all that the actor has made. 403, 404. */
export async function listShortlists(
  ports: Ports,
  actor: Actor,
  demandId: string | null,
  page: Page,
): Promise<{ items: Shortlist[]; next: Page['after'] }> {
  if (demandId === null && !may(actor, 'shortlist.read')) permit(actor, 'shortlist.read', ['assigned'])
  const scope: Record<string, string> =
    demandId !== null
      ? { demand_id: (await findFor(ports, actor, demandId, 'shortlist.read')).id }
      : may(actor, 'shortlist.read')
        ? {}
        : { made_by: actor.id }
  const { rows, next } = await shortlists.newestPage(ports.database, scope, page)
  return { items: rows, next }
}

/** 404 for whoever does not carry the demand. */
export async function readShortlist(ports: Ports, actor: Actor, id: string): Promise<Shortlist> {
  return (await findShortlist(ports, actor, id)).shortlist
}

/** Notes that the list went to somebody. 403, 404, 409. */
export async function recordSending(ports: Ports, actor: Actor, id: string, { to, how }: SendingRequest): Promise<Shortlist> {
  const { shortlist, demand } = await findShortlist(ports, actor, id)
  permit(actor, 'shortlist.send', demandRelations(actor, demand))
  const sent = [...shortlist.sent, { to, how, at: ports.now(), by: actor.id }].slice(-100)
  return step(ports, shortlists, shortlist, { sent }, { kind: 'shortlist.sent', actorId: actor.id, facts: { how } })
}

/** A link by which the enterprise reads the list and answers; one before it is worth nothing. 403, 404, 409 where it was answered. */
export async function linkShortlist(ports: Ports, actor: Actor, id: string): Promise<MadeShortlistLink> {
  const { shortlist, demand } = await findShortlist(ports, actor, id)
  permit(actor, 'shortlist.send', demandRelations(actor, demand))
  if (shortlist.answeredAt !== null) throw new Problem('not-allowed-now', { reason: 'answered' })
  const { link, secret, statements } = await drawLink(ports, { purpose, objectId: id, actorId: actor.id })
  await commitTogether(ports, statements)
  return { link: addressOf(ports, `/links/shortlist/${secret}`), expiresAt: link.expiresAt }
}

async function findShortlist(ports: Ports, actor: Actor, id: string): Promise<{ shortlist: Shortlist; demand: Demand }> {
  const shortlist = await shortlists.find(ports.database, id)
  const demand = shortlist && (await demands.find(ports.database, shortlist.demandId))
  if (shortlist === undefined || demand === undefined || !may(actor, 'shortlist.read', demandRelations(actor, demand)))
    throw new Problem('not-found', { id })
  return { shortlist, demand }
}

/** A list as the holder of its link reads it. Looking changes nothing. 410. */
export async function openShortlist(ports: Ports, secret: string): Promise<{ shortlist: Shortlist; demand: Demand; link: Link }> {
  const link = await readLink(ports, purpose, secret)
  const shortlist = await shortlists.find(ports.database, link.objectId)
  const demand = shortlist && (await demands.find(ports.database, shortlist.demandId))
  if (shortlist === undefined || demand === undefined || demand.state !== 'published') throw new Problem('link-gone')
  return { shortlist, demand, link }
}

/** Takes the one answer that a link is good for: interests and refusals of the enterprise, in one commit. 409, 410, 422. */
export async function replyToShortlist(ports: Ports, secret: string, { name, phone, answers }: ShortlistReply): Promise<Shortlist> {
  const { shortlist, link } = await openShortlist(ports, secret)
  const holder = holderOf({ ...link, purpose })
  permit(holder, 'shortlist.answer', ['linked'])
  const contact = { name, phone, email: null }
  const { demandId } = shortlist
  const statements: Compilable[] = []
  for (const [at, answer] of answers.entries()) {
    const { supplyId } = answer
    const isListed = shortlist.items.some((item) => item.supplyId === supplyId)
    const sides = isListed ? await findSides(ports, { demandId, supplyId }) : undefined
    if (sides === undefined)
      throw new Problem('invalid-input', { errors: [{ pointer: `/answers/${at}/supplyId`, code: 'unknown-reference' }] })
    statements.push(...(await said(() => saying(ports, sides, answer, { by: holder.id, contact }))))
  }
  const used = linkUsed(ports, link, holder.id, { answer: 'answered', note: null })
  const answered = { answeredBy: contact, answeredAt: ports.now() }
  const { next, statements: written } = nextOf(ports, shortlists, shortlist, answered, {
    kind: 'shortlist.answered',
    actorId: holder.id,
    facts: { demandId },
  })
  await commitTogether(ports, [...written, ...statements, ...used])
  return next
}

/** What one answer does: asks the other side, excludes it, or nothing. */
async function saying(
  ports: Ports,
  sides: Sides,
  answer: ShortlistAnswer,
  { by, contact }: { by: string; contact: NonNullable<Shortlist['answeredBy']> },
): Promise<Compilable[]> {
  switch (answer.answer) {
    case 'more':
      return (await expressing(ports, { sides, from: 'demand', by, note: null, contact })).statements
    case 'declined': {
      const { code, note, isReleased } = answer
      return (await refusing(ports, { sides, side: 'demand', by, decline: { code, note, isReleased } })).statements
    }
    case 'later':
      return []
  }
}

/** Nothing where it has been said already, or the pairing was closed meanwhile: the other answers count. */
async function said(say: () => Promise<Compilable[]>): Promise<Compilable[]> {
  try {
    return await say()
  } catch (error) {
    if (error instanceof Problem && error.kind === 'not-allowed-now') return []
    throw error
  }
}
