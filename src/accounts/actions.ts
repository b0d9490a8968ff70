import { subjectRows } from '../directory/store.ts'
import { record } from '../platform/journal/journal.ts'
import { type Ports, today } from '../platform/ports.ts'
import { Problem } from '../platform/problem.ts'
import { randomSecret, sha256 } from '../platform/secrets.ts'
import { isRankOf, lowerRank, type Rank } from './account.ts'
import { knownActor } from './actions/known-actor.ts'
import { type Actor, actsForSubject, type Role, visitor } from './actor.ts'
import { findToken, findTokenBySecretHash, insertToken, noteTokenUse, updateToken } from './store/token.ts'
import { membershipsOf } from './store.ts'
import type { Token } from './token.ts'

/** For whom a token is, for how long, and what it is kept to. */
export type TokenWanted = Pick<Token, 'role' | 'subjectId'> &
  Partial<Pick<Token, 'name' | 'accountId' | 'madeWith' | 'rank' | 'scopes' | 'requestsPerMinute'>> & { days: number; secret?: string }

/** Makes a token and gives its secret, this once. 422 for a subject that does not exist, and for one or a rank that does not fit the role. */
export async function createToken(ports: Ports, actorId: string, wanted: TokenWanted): Promise<{ token: Token; secret: string }> {
  const { days, secret = randomSecret('smt'), ...kept } = wanted
  const { role, subjectId, rank = null, scopes = null } = kept
  await findSubject(ports, role, subjectId)
  if (rank !== null) refuseOtherRanks(role, rank)
  const now = ports.now()
  const token: Token = {
    name: null,
    accountId: null,
    madeWith: null,
    requestsPerMinute: null,
    ...kept,
    rank,
    scopes,
    id: ports.newId('token'),
    version: 1,
    expiresAt: new Date(Date.parse(now) + days * 86_400_000).toISOString(),
    revokedAt: null,
    createdAt: now,
    lastUsedOn: null,
  }
  const facts = { role, subjectId, ...(rank && { rank }), ...(scopes && { scopes }) }
  await ports.database.commit(
    insertToken(ports.database, token, await sha256(secret)),
    record(ports.database, { subjectId: token.id, subjectVersion: 1, kind: 'token.created', actorId, at: now, facts }),
  )
  return { token, secret }
}

/** 422 for a rank that members of the role do not have. */
export function refuseOtherRanks(role: Role, rank: Rank): void {
  if (!isRankOf(role, rank)) throw new Problem('invalid-input', { errors: [{ pointer: '/rank', code: 'not-for-this-role' }] })
}

/** The name of whom a role acts for: null for those who act for no subject; 422 for one that does not exist or does not fit. */
export async function findSubject(ports: Pick<Ports, 'database'>, role: Role, subjectId: string | null): Promise<string | null> {
  const refuse = (code: string) => new Problem('invalid-input', { errors: [{ pointer: '/subject', code }] })
  if (!actsForSubject(role)) {
    if (subjectId !== null) throw refuse('not-for-this-role')
    return null
  }
  if (subjectId === null) throw refuse('required')
  const subject = await subjectRows[role].find(ports.database, subjectId)
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

/**
 * Who holds a secret: 401 for one that is unknown, revoked or expired; no secret is a visitor. Whoever made a token over HTTP lends it what
 * he may himself, as long as he may.
 */
export async function actorOf(ports: Ports, secret: string | null): Promise<Actor> {
  if (secret === null) return visitor
  const token = await findTokenBySecretHash(ports.database, await sha256(secret))
  if (!token) throw new Problem('not-signed-in', { reason: 'unknown-token' })
  const rank = await rankNow(ports, token)
  await noteUse(ports, token)
  const { id, role, subjectId, accountId, scopes, requestsPerMinute } = token
  return knownActor(ports, role, subjectId ?? id, { accountId, rank, scopes, key: { id, requestsPerMinute } })
}

/** How far a token reaches today: no further than the member and the token that made it; 401 where one of them is gone. */
async function rankNow(ports: Pick<Ports, 'database' | 'now'>, token: Token): Promise<Rank> {
  const { role, subjectId, accountId, madeWith } = token
  if (token.revokedAt !== null) throw new Problem('not-signed-in', { reason: 'unknown-token' })
  if (token.expiresAt <= ports.now()) throw new Problem('token-expired', { expiredAt: token.expiresAt })
  let rank = token.rank ?? 'owner'
  if (accountId !== null) {
    const memberships = await membershipsOf(ports.database, accountId)
    const membership = memberships.find((each) => each.role === role && each.subjectId === subjectId)
    if (membership === undefined) throw new Problem('not-signed-in', { reason: 'unknown-token' })
    rank = lowerRank(role, rank, membership.rank)
  }
  const maker = madeWith === null ? undefined : await findToken(ports.database, madeWith)
  return maker === undefined ? rank : lowerRank(role, rank, await rankNow(ports, maker))
}

/** The day alone, so that nobody's work can be followed by it. Not being able to write it down is no reason to refuse. */
async function noteUse(ports: Ports, { id, lastUsedOn }: Token): Promise<void> {
  const day = today(ports)
  if (lastUsedOn === day) return
  try {
    await ports.database.commit(noteTokenUse(ports.database, id, day))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
}
