import type { Role } from './actor.ts'

/** A bearer token: names a role, and the subject it acts for. The secret itself is shown once and kept only as a hash. */
export interface Token {
  id: string
  version: number
  role: Role
  /** Null for an operator only. */
  subjectId: string | null
  expiresAt: string
  revokedAt: string | null
  createdAt: string
}
