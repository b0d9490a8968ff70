import type { Compilable } from 'kysely'
import type { Database } from '../platform/database/database.ts'
import type { Tables } from '../platform/database/tables.ts'
import { Role } from './actor.ts'
import type { Token } from './token.ts'

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
  })
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
  }
}
