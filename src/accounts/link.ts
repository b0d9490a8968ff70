import { type Actor, actingAs, type LinkPower } from './actor.ts'

/** What a one-time link can be for, and for how many minutes it is good. */
export const linkMinutes = {
  'confirm-demand': 14 * 24 * 60,
  'answer-invitation': 14 * 24 * 60,
  'answer-shortlist': 14 * 24 * 60,
  'verify-email': 24 * 60,
  'reset-password': 60,
  'change-phone': 15,
} as const
export type LinkPurpose = keyof typeof linkMinutes

/** A link that stands for one object and one purpose, and is worth nothing once it was used. Its secret is kept only as a hash. */
export interface Link {
  id: string
  purpose: LinkPurpose
  objectId: string
  /** Who made it. */
  actorId: string
  /** The number or address that it is about; null where it is about none. */
  contact: string | null
  expiresAt: string
  /** When its holder decided, what, and what he wrote. */
  usedAt: string | null
  answer: string | null
  note: string | null
  createdAt: string
}

/** Who acts by a link: nobody known, who may do to one object what the permissions say of links. */
export function holderOf({ id, purpose, objectId }: Link & LinkPower): Actor {
  return actingAs('link', id, { link: { purpose, objectId } })
}
