import type { Compilable } from 'kysely'
import { record } from '../../platform/journal/journal.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { randomSecret, sha256 } from '../../platform/secrets.ts'
import { type Link, type LinkPurpose, linkMinutes } from '../link.ts'
import { findLinkFor, insertLinkFor, removeUnusedLinks, updateLink } from '../store/link.ts'

/** A link that was just made; its secret is in no table. */
export interface DrawnLink {
  link: Link
  secret: string
  statements: Compilable[]
}

/** Makes a link in place of those about the same object that nobody has used. The statements go into the commit of whatever makes it. */
export async function drawLink(
  ports: Ports,
  about: Pick<Link, 'objectId' | 'actorId'> & { purpose: LinkPurpose; contact?: string },
): Promise<DrawnLink> {
  const { database } = ports
  const { purpose, objectId, actorId, contact = null } = about
  const at = ports.now()
  const link: Link = {
    id: ports.newId('link'),
    purpose,
    objectId,
    actorId,
    contact,
    expiresAt: new Date(Date.parse(at) + linkMinutes[purpose] * 60_000).toISOString(),
    usedAt: null,
    answer: null,
    note: null,
    createdAt: at,
  }
  const secret = randomSecret('sml')
  const entry = { subjectId: link.id, subjectVersion: 1, kind: 'link.made', actorId, at, facts: { purpose, objectId } } as const
  const statements = [
    record(database, entry),
    removeUnusedLinks(database, purpose, objectId),
    insertLinkFor(database, link, await sha256(secret)),
  ]
  return { link, secret, statements }
}

/** 410 for a link that is unknown, used, replaced or out of date: nobody learns which. Looking uses nothing up: mail scanners look. */
export async function readLink(ports: Ports, purpose: LinkPurpose, secret: string): Promise<Link> {
  const link = await findLinkFor(ports.database, purpose, await sha256(secret))
  if (link === undefined || link.usedAt !== null || link.expiresAt <= ports.now()) throw new Problem('link-gone')
  return link
}

/** The statements that use a link up, for the commit of what was decided: of two who decide at the same moment, the journal lets one. */
export function linkUsed(ports: Ports, link: Link, actorId: string, decided: Pick<Link, 'answer' | 'note'>): Compilable[] {
  const { database } = ports
  const at = ports.now()
  const facts = { purpose: link.purpose, ...(decided.answer !== null && { answer: decided.answer }) }
  return [
    record(database, { subjectId: link.id, subjectVersion: 2, kind: 'link.used', actorId, at, facts }),
    updateLink(database, { ...link, ...decided, usedAt: at }),
  ]
}
