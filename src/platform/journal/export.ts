import type { Database } from '../database/database.ts'
import { readJson } from '../json.ts'
import type { RecordedEntry } from './journal.ts'

/** An entry with its seal: all that is needed to check both without the market. */
export interface ExportedEntry extends Omit<RecordedEntry, 'kind' | 'facts'> {
  kind: string
  /** As text where it is no JSON, which happens only to what was changed by hand. */
  facts: unknown
  /** Null for what waits for the sealer. */
  seal: { hash: string; keyId: string | null } | null
}

const entriesAtOnce = 500

/** Entries after a number with their seals, the oldest first. */
export async function* exportedEntries(database: Database, since: number): AsyncGenerator<ExportedEntry> {
  for (let after = since; ; ) {
    const rows = await database.query
      .selectFrom('journal')
      .leftJoin('seal', 'seal.seq', 'journal.seq')
      .selectAll('journal')
      .select(['seal.hash', 'seal.key_id'])
      .where('journal.seq', '>', after)
      .orderBy('journal.seq')
      .limit(entriesAtOnce)
      .execute()
    for (const row of rows) {
      yield {
        seq: row.seq,
        subjectId: row.subject_id,
        subjectVersion: row.subject_version,
        kind: row.kind,
        actorId: row.actor_id,
        at: row.at,
        facts: readJson(row.facts) ?? row.facts,
        accountId: row.account_id,
        revisionHash: row.revision_hash,
        digest: row.digest,
        seal: row.hash === null ? null : { hash: row.hash, keyId: row.key_id },
      }
    }
    if (rows.length < entriesAtOnce) return
    after = rows.at(-1)!.seq
  }
}
