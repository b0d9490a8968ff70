import type { Compilable } from 'kysely'
import type { Database } from '../platform/database/database.ts'
import type { Tables } from '../platform/database/tables.ts'
import { record } from '../platform/journal/journal.ts'
import type { Ports } from '../platform/ports.ts'
import { Consent, type ConsentHow, currentTexts, isActive, isToBeAsked, type Purpose } from './consent.ts'
import { defaultPrivacy, PrivacySettings } from './settings.ts'

/** Whose consent it is. */
export type ConsentOf = { accountId: string } | { expertId: string }

/** All that was said, oldest first. */
export async function consentsOf(database: Database, of: ConsentOf): Promise<Consent[]> {
  const query = database.query.selectFrom('consent').selectAll().orderBy('created_at').orderBy('id')
  const rows = await ('accountId' in of
    ? query.where('account_id', '=', of.accountId)
    : query.where('expert_id', '=', of.expertId)
  ).execute()
  return rows.map(fromRow)
}

/** The last word to a purpose; of an account only what it said for itself. */
export async function latestConsent(database: Database, of: ConsentOf, purpose: Purpose): Promise<Consent | undefined> {
  return (await consentsOf(database, of)).findLast((consent) => consent.purpose === purpose)
}

/** An answer to be kept. */
export interface Answer {
  accountId: string | null
  expertId: string | null
  purpose: Purpose
  isGiven: boolean
  how: ConsentHow
  /** The actor who records it. */
  by: string
  /** By which he was asked; today's unless it is another. */
  textVersion?: string
}

/**
 * The statements that keep an answer with its journal entry: a yes is a row of its own, a no ends the yes before it, or is a row where
 * there was none. None where nothing changes.
 */
export async function answered(ports: Pick<Ports, 'database' | 'newId' | 'now'>, answer: Answer): Promise<Compilable[]> {
  const { database } = ports
  const { accountId, expertId, purpose, isGiven, how, by, textVersion = currentTexts[purpose] } = answer
  const of = expertId !== null ? { expertId } : { accountId: accountId! }
  const latest = await latestConsent(database, of, purpose)
  const at = ports.now()
  const about = { purpose, textVersion, how, accountId, expertId }
  const wasGiven = latest !== undefined && isActive(latest)
  // What the person says himself is worth keeping even where somebody had recorded it for him.
  const isKept = wasGiven && latest.textVersion === textVersion && (how !== 'self' || latest.how === 'self')
  if (isGiven ? isKept : latest !== undefined && !wasGiven) return []
  if (!isGiven && wasGiven) {
    const version = latest.version + 1
    const entry = { subjectId: latest.id, subjectVersion: version, kind: 'consent.withdrawn', actorId: by, at } as const
    return [
      record(database, { ...entry, facts: { ...about, textVersion: latest.textVersion } }),
      database.query.updateTable('consent').set({ version, withdrawn_at: at }).where('id', '=', latest.id),
    ]
  }
  const id = ports.newId('consent')
  const kind = isGiven ? 'consent.given' : 'consent.refused'
  return [
    record(database, { subjectId: id, subjectVersion: 1, kind, actorId: by, at, facts: about }),
    database.query.insertInto('consent').values({
      id,
      version: 1,
      account_id: accountId,
      expert_id: expertId,
      purpose,
      text_version: textVersion,
      how,
      recorded_by: by,
      given_at: isGiven ? at : null,
      withdrawn_at: isGiven ? null : at,
      created_at: at,
    }),
  ]
}

/** An expert as far as his consents go. */
interface Consenting {
  id: string
  claimed: boolean
  consent: boolean | null
}

/** The statements that keep what a change of an expert's profile says about his consents, so that row and profile never differ. */
export async function expertAnswers(
  ports: Pick<Ports, 'database' | 'newId' | 'now'>,
  { by, accountId }: { by: string; accountId: string | null },
  before: Consenting | null,
  after: Consenting,
): Promise<Compilable[]> {
  const isSelf = by === after.id
  const common = { accountId: isSelf ? accountId : null, expertId: after.id, how: isSelf ? 'self' : 'on-paper', by } as const
  const [was, is] = [before?.consent ?? null, after.consent]
  return [
    ...(after.claimed && before?.claimed !== true ? await answered(ports, { ...common, purpose: 'profile', isGiven: true }) : []),
    ...(was !== is ? await answered(ports, { ...common, purpose: 'proposal', isGiven: is === true }) : []),
  ]
}

function fromRow(row: Tables['consent']): Consent {
  return Consent.parse({
    id: row.id,
    version: row.version,
    accountId: row.account_id,
    expertId: row.expert_id,
    purpose: row.purpose,
    textVersion: row.text_version,
    how: row.how,
    recordedBy: row.recorded_by,
    givenAt: row.given_at,
    withdrawnAt: row.withdrawn_at,
  })
}

const key = 'privacy'

/** What the operator said about personal data, and its version; 0 while nobody has. */
export async function findPrivacy(database: Database): Promise<{ settings: PrivacySettings; version: number }> {
  const row = await database.query.selectFrom('setting').selectAll().where('key', '=', key).executeTakeFirst()
  return row ? { settings: PrivacySettings.parse(JSON.parse(row.value)), version: row.version } : { settings: defaultPrivacy, version: 0 }
}

export function putPrivacy(database: Database, settings: PrivacySettings, version: number, at: string): Compilable {
  const row = { key, version, value: JSON.stringify(settings), updated_at: at }
  return database.query
    .insertInto('setting')
    .values(row)
    .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
}

/** Whether an account is yet to agree to the rules, of which there are none before somebody is responsible for them. */
export async function needsAgreement(database: Database, accountId: string): Promise<boolean> {
  const { settings } = await findPrivacy(database)
  return settings.responsible !== null && isToBeAsked('account', await latestConsent(database, { accountId }, 'account'))
}

/** Which of these were erased with the person whom they were about: they do not come back. */
export async function erasedAmong(database: Database, ids: readonly string[]): Promise<Set<string>> {
  const erased = new Set<string>()
  for (let start = 0; start < ids.length; start += 90) {
    const some = ids.slice(start, start + 90)
    const rows = await database.query.selectFrom('erased_subject').select('subject_id').where('subject_id', 'in', some).execute()
    for (const { subject_id } of rows) erased.add(subject_id)
  }
  return erased
}

/** The statement that forgets what was said about experts; goes with their rows. */
export function removeConsents(database: Database, expertIds: readonly string[]): Compilable {
  return database.query.deleteFrom('consent').where('expert_id', 'in', [...expertIds])
}
