import { subjectRows } from '../directory/store.ts'
import { record } from '../platform/journal/journal.ts'
import type { Ports } from '../platform/ports.ts'
import { Problem } from '../platform/problem.ts'
import { randomSecret, sha256 } from '../platform/secrets.ts'
import { knownActor } from './actions/known-actor.ts'
import { type Actor, actsForSubject, type Role, visitor } from './actor.ts'
import { findToken, findTokenBySecretHash, insertToken, updateToken } from './store.ts'
import type { Token } from './token.ts'

/** Makes a token and gives its secret, this once. 422 for a subject that does not exist or does not fit the role. */
export async function createToken(
  ports: Ports,
  actorId: string,
  wanted: { role: Role; subjectId: string | null; days: number; secret?: string },
): Promise<{ token: Token; secret: string }> {
  const { role, subjectId, days } = wanted
  await findSubject(ports, role, subjectId)
  const now = ports.now()
  const token: Token = {
    id: ports.newId('token'),
    version: 1,
    role,
    subjectId,
    expiresAt: new Date(Date.parse(now) + days * 86_400_000).toISOString(),
    revokedAt: null,
    createdAt: now,
  }
  const secret = wanted.secret ?? randomSecret('smt')
  await ports.database.commit(
    insertToken(ports.database, token, await sha256(secret)),
    record(ports.database, { subjectId: token.id, subjectVersion: 1, kind: 'token.created', actorId, at: now, facts: { role, subjectId } }),
  )
  return { token, secret }
}

/** The name of whom a role acts for: null for those who act for no subject; 422 for one that does not exist or does not fit. */
export async function findSubject(ports: Pick<Ports, 'database'>, role: Role, subjectId: string | null): Promise<string | null> {
  const refuse = (code: string) => new Problem('invalid-input', { errors: [{ pointer: '/subject', code }] })
  if (!actsForSubject(role)) {
    if (subjectId !== null) throw refuse('not-for-this-role')
    return null
  }
  const subject = subjectId === null ? undefined : await subjectRows[role].find(ports.database, subjectId)
  if (subject === undefined) throw refuse('unknown-reference')
  return subject.name
}

/** Makes a secret that the environment names an operator's token, once: the way in to a new market. */
export async function admitOperator(ports: Ports, secret: string): Promise<void> {
  if (secret.length < 32) throw new Error('SUNMAO_OPERATOR_TOKEN must have at least 32 characters')
  if (await findTokenBySecretHash(ports.database, await sha256(secret))) return
  await createToken(ports, 'environment', { role: 'operator', subjectId: null, days: 3650, secret })
}

/** Takes a token's power away for good. */
export async function revokeToken(ports: Ports, actorId: string, id: string): Promise<Token> {
  const token = await findToken(ports.database, id)
  if (!token) throw new Problem('not-found', { id })
  if (token.revokedAt !== null) throw new Problem('not-allowed-now', { state: 'revoked' })
  const at = ports.now()
  const revoked = { ...token, version: token.version + 1, revokedAt: at }
  await ports.database.commit(
    updateToken(ports.database, revoked),
    record(ports.database, { subjectId: id, subjectVersion: revoked.version, kind: 'token.revoked', actorId, at, facts: {} }),
  )
  return revoked
}

/** Who holds a secret: 401 for one that is unknown, revoked or expired; no secret is a visitor. */
export async function actorOf(ports: Ports, secret: string | null): Promise<Actor> {
  if (secret === null) return visitor
  const token = await findTokenBySecretHash(ports.database, await sha256(secret))
  if (!token || token.revokedAt !== null) throw new Problem('not-signed-in', { reason: 'unknown-token' })
  if (token.expiresAt <= ports.now()) throw new Problem('token-expired', { expiredAt: token.expiresAt })
  return knownActor(ports, token.role, token.subjectId ?? token.id)
}
