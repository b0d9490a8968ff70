import { instant, z } from '../platform/schema.ts'
import { Email, Phone, Rank } from './account.ts'
import type { Role } from './actor.ts'

/** Somebody who acts for an organisation, as its other members see him. */
export const Member = z
  .strictObject({
    id: z.string(),
    version: z.number().int().min(1),
    rank: Rank,
    name: z.string().nullable(),
    /** With its middle left out. */
    phone: z.string().nullable(),
    email: z.string().nullable(),
    createdAt: instant,
    endedAt: instant.nullable(),
    /** Whether it is the one who asks. */
    isOneself: z.boolean(),
  })
  .openapi('Member')
export type Member = z.infer<typeof Member>

/** Whom to invite, and as what. Without number and address, whoever has the link may accept. */
export const InvitationDraft = z
  .strictObject({ phone: Phone.nullable(), email: Email.nullable(), rank: Rank })
  .openapi('MemberInvitationDraft')
export type InvitationDraft = z.infer<typeof InvitationDraft>

/** An invitation that nobody has answered, as the organisation that made it sees it. */
export const Invitation = z
  .strictObject({
    id: z.string(),
    version: z.number().int().min(1),
    rank: Rank,
    phone: z.string().nullable(),
    email: z.string().nullable(),
    expiresAt: instant,
    createdAt: instant,
  })
  .openapi('MemberInvitation')
export type Invitation = z.infer<typeof Invitation>

/** An invitation on the day it is made: its link is never shown again. */
export const MadeInvitation = Invitation.extend({
  link: z.string(),
  /** Whether a message with it was sent. */
  isSent: z.boolean(),
}).openapi('MadeMemberInvitation')
export type MadeInvitation = z.infer<typeof MadeInvitation>

/** An invitation as it is kept. */
export interface StoredInvitation {
  id: string
  version: number
  role: Role
  subjectId: string | null
  rank: Rank
  /** Who alone may accept it; both null for whoever has the link. */
  phone: string | null
  email: string | null
  /** The actor who made it, and his account; null where it was a program. */
  invitedBy: string
  accountId: string | null
  expiresAt: string
  createdAt: string
}
