import type { Compilable } from 'kysely'
import type { Database } from '../../platform/database/database.ts'
import type { Tables } from '../../platform/database/tables.ts'
import { Rank } from '../account.ts'
import { Role } from '../actor.ts'
import { KeyScope, type Token } from '../token.ts'

export async function findTokenBySecretHash(database: Database, secretHash: string): Promise<Token | undefined> {
  const row = await database.query.selectFrom('token').selectAll().where('secret_hash', '=', secretHash).executeTakeFirst()
  return row && fromRow(row)
}

export async function findToken(database: Database, id: string): Promise<Token | undefined> {
  const row = await database.query.selectFrom('token').selectAll().where('id', '=', id).executeTakeFirst()
  return row && fromRow(row)
}

export async function listTokens(database: Database): Promise<Token[]> {
  return (await database.query.selectFrom('token').selectAll().orderBy('created_at').orderBy('id').execute()).map(fromRow)
}

export function insertToken(database: Database, token: Token, secretHash: string): Compilable {
  return database.query.insertInto('token').values({
    id: token.id,
    version: token.version,
    secret_hash: secretHash,
    role: token.role,
    subject_id: token.subjectId,
    expires_at: token.expiresAt,
    revoked_at: token.revokedAt,
    created_at: token.createdAt,
    name: token.name,
    account_id: token.accountId,
    made_with: token.madeWith,
    rank: token.rank,
    scopes: token.scopes && JSON.stringify(token.scopes),
    requests_per_minute: token.requestsPerMinute,
    last_used_on: token.lastUsedOn,
  })
}

/** Tokens that act for a subject, newest first. */
export async function tokensFor(database: Database, role: string, subjectId: string | null): Promise<Token[]> {
  const rows = database.query.selectFrom('token').selectAll().where('role', '=', role)
  const own = rows.where('subject_id', subjectId === null ? 'is' : '=', subjectId)
  return (await own.orderBy('created_at', 'desc').orderBy('id').execute()).map(fromRow)
}

/** That somebody came with it on that day: no change of the token itself. */
export function noteTokenUse(database: Database, id: string, day: string): Compilable {
  return database.query.updateTable('token').set({ last_used_on: day }).where('id', '=', id)
}

export function updateToken(database: Database, token: Token): Compilable {
  return database.query.updateTable('token').set({ version: token.version, revoked_at: token.revokedAt }).where('id', '=', token.id)
}

function fromRow(row: Tables['token']): Token {
  return {
    id: row.id,
    version: row.version,
    role: Role.parse(row.role),
    subjectId: row.subject_id,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    createdAt: row.created_at,
    name: row.name,
    accountId: row.account_id,
    madeWith: row.made_with,
    rank: row.rank === null ? null : Rank.parse(row.rank),
    scopes: row.scopes === null ? null : KeyScope.array().parse(JSON.parse(row.scopes)),
    requestsPerMinute: row.requests_per_minute,
    lastUsedOn: row.last_used_on,
  }
}
