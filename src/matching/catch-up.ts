import { demands } from '../demands/store.ts'
import { enterprises, evidence, evidenceOf, experts, institutions } from '../directory/store.ts'
import { offerings } from '../offerings/store.ts'
import type { Database } from '../platform/database/database.ts'
import { idsOfBatch } from '../platform/database/listings.ts'
import { findVectors, keepVectors } from '../platform/embedding/vector-rows.ts'
import { kindOfId } from '../platform/ids.ts'
import { entriesAfter, journalHead, type RecordedEntry } from '../platform/journal/journal.ts'
import type { Ports } from '../platform/ports.ts'
import type { IndexChange } from '../platform/search/search-index.ts'
import { demandDocument, enterpriseDocument, evidenceDocument, expertDocument, institutionDocument, offeringDocument } from './documents.ts'
import { embeddedText } from './texts.ts'

/** What of the ports the index follows with. */
type Following = Pick<Ports, 'database' | 'search' | 'embedder'>

const entriesAtOnce = 500
const changesAtOnce = 200

/**
 * The only writer of the index. Applies what the journal has recorded since the index's position; an index without a position
 * is built from the tables. Returns the position reached, which includes everything committed before the call.
 */
export function catchUp(ports: Following): Promise<number> {
  return inTurn(ports.search, () => follow(ports))
}

/** Empties the index and builds it from the tables. */
export function rebuild(ports: Following): Promise<number> {
  return inTurn(ports.search, async () => {
    await ports.search.reset('empty')
    reached.set(ports.search, await build(ports))
    return follow(ports)
  })
}

/** Keeps the index as it stands for the next start. Throws what the disk says. */
export function keepSnapshot({ database, embedder, search }: Following): Promise<void> {
  return inTurn(search, async () => {
    const { position } = await search.status(0)
    if (position > 0) await search.keep(await markAt(database, embedder, position))
  })
}

/**
 * Takes up the snapshot and returns its position; null where there is none, or none of this database: another one's journal has
 * another entry at the same number.
 */
async function resume({ database, embedder, search }: Following): Promise<number | null> {
  const mark = await search.reset('kept')
  if (mark === null) return null
  const { position } = await search.status(0)
  if (mark === (await markAt(database, embedder, position))) return position
  await search.reset('empty')
  return null
}

async function markAt(database: Database, embedder: Following['embedder'], position: number): Promise<string> {
  const [entry] = await entriesAfter(database, position - 1, 1)
  return `${embedder?.model ?? 'text'} ${entry?.seq === position ? entry.digest : 'unknown'}`
}

/** Two at once could put an older row over a newer one; so whoever comes later waits for his own turn. */
const turns = new WeakMap<Following['search'], Promise<unknown>>()
function inTurn<Result>(search: Following['search'], run: () => Promise<Result>): Promise<Result> {
  const turn = (turns.get(search) ?? Promise.resolve()).then(run, run)
  turns.set(search, turn)
  return turn
}

/** How far each index has come. Nobody else moves them, and to ask a thread takes longer than to look into the journal. */
const reached = new WeakMap<Following['search'], number>()

async function follow(ports: Following): Promise<number> {
  let position = reached.get(ports.search) ?? (await ports.search.status(0)).position
  if (position === 0) position = (await resume(ports)) ?? (await build(ports))
  for (;;) {
    reached.set(ports.search, position)
    const entries = await entriesAfter(ports.database, position, entriesAtOnce)
    if (entries.length === 0) return position
    const ids = await subjectsOf(ports.database, entries)
    position = entries.at(-1)!.seq
    await apply(ports, await changesFor(ports.database, ids), position)
  }
}

/** Gives up to `limit` texts that wait for a vector theirs; returns how many. Vectors are kept, so that no text is embedded twice. */
export async function embedPending(ports: Following, limit = 32): Promise<number> {
  const { database, embedder, search } = ports
  if (embedder === null) return 0
  const { texts, position } = await search.status(limit)
  if (texts.length === 0) return 0
  const hashes = texts.map(({ textHash }) => textHash)
  // Another process may have made them, or this one before it stopped.
  const known = await findVectors(database, embedder.model, hashes)
  const unknown = texts.filter(({ textHash }) => !known.has(textHash))
  const made = unknown.length === 0 ? [] : await embedder.embed(unknown.map(embeddedText), 'document')
  const kept = unknown.map(({ textHash }, at) => ({ textHash, vector: made[at]! }))
  if (kept.length > 0) await database.commit(...keepVectors(database, embedder.model, kept))
  // As they are stored, which rounds them: an index that is built from the tables must rank the same.
  const vectors = [...(await findVectors(database, embedder.model, hashes))].map(([textHash, vector]) => ({ textHash, vector }))
  await search.apply([{ type: 'vectors', vectors }], position)
  return texts.length
}

/**
 * All rows, in pages; the next page is read and projected while the index takes in the one before. The head is read first: what is
 * written meanwhile is applied again from the journal, which changes nothing that is applied twice.
 */
async function build(ports: Following): Promise<number> {
  const { database } = ports
  const head = await journalHead(database)
  let applied: Promise<void> = Promise.resolve()
  for (const { rows, document } of builders) {
    for (let after = ''; ; ) {
      const page = await rows.page(database, {}, { after, limit: changesAtOnce })
      const changes = await document(database, page as never)
      await applied
      applied = apply(ports, changes, 0)
      if (page.length < changesAtOnce) break
      after = page.at(-1)!.id
    }
  }
  await applied
  await apply(ports, [], head)
  return head
}

const each =
  <Noun>(document: (noun: Noun) => Promise<IndexChange>) =>
  (_: Database, nouns: Noun[]) =>
    Promise.all(nouns.map(document))

const builders = [
  { rows: enterprises, document: each(enterpriseDocument) },
  { rows: institutions, document: each(institutionDocument) },
  { rows: experts, document: each(expertDocument) },
  {
    rows: evidence,
    document: async (database: Database, rows: Parameters<typeof evidenceDocument>[0][]) => {
      const people = new Map(
        (await experts.findMany(database, [...new Set(rows.map(({ expertId }) => expertId))])).map((expert) => [expert.id, expert]),
      )
      return Promise.all(rows.map((row) => evidenceDocument(row, people.get(row.expertId))))
    },
  },
  { rows: offerings, document: each(offeringDocument) },
  { rows: demands, document: each(demandDocument) },
]

/** The ids that entries are about; an import brings or takes all its rows at once. */
async function subjectsOf(database: Database, entries: RecordedEntry[]): Promise<string[]> {
  const ids = new Set<string>()
  for (const { kind, subjectId } of entries) {
    if (kind === 'import.completed' || kind === 'import.undone') for (const id of await idsOfBatch(database, subjectId)) ids.add(id)
    else ids.add(subjectId)
  }
  return [...ids]
}

/** The changes that bring these listings up to date; ids of other subjects (tokens, settings) have no document. */
async function changesFor(database: Database, ids: string[]): Promise<IndexChange[]> {
  const changes: IndexChange[] = []
  const remaining = new Set(ids)
  const byKind = Map.groupBy(ids, kindOfId)
  for (const { rows, document } of builders) {
    const wanted = byKind.get(rows.table) ?? []
    const found = await rows.findMany(database, wanted)
    for (const { id } of found) remaining.delete(id)
    changes.push(...(await document(database, found as never)))
  }
  // What an expert shows of himself decides what is shown of his evidence.
  for (const id of byKind.get('expert') ?? []) {
    const expert = await experts.find(database, id)
    for (const row of await evidenceOf(database, { expertId: id })) changes.push(await evidenceDocument(row, expert))
  }
  for (const id of remaining) if (builders.some(({ rows }) => rows.table === kindOfId(id))) changes.push({ type: 'remove', id })
  return changes
}

/** Applies changes in messages of at most 200, with the vectors that are stored already; the last one moves the position. */
async function apply({ database, embedder, search }: Following, changes: IndexChange[], position: number): Promise<void> {
  const { position: before } = await search.status(0)
  for (let start = 0; start < Math.max(changes.length, 1); start += changesAtOnce) {
    const part = changes.slice(start, start + changesAtOnce)
    const isLast = start + changesAtOnce >= changes.length
    const hashes = part.flatMap((change) => (change.type === 'put' ? change.texts.map(({ text }) => text.textHash) : []))
    const stored = embedder === null ? new Map<string, Float32Array>() : await findVectors(database, embedder.model, [...new Set(hashes)])
    const vectors = [...stored].map(([textHash, vector]) => ({ textHash, vector }))
    await search.apply(part, isLast && vectors.length === 0 ? Math.max(position, before) : before)
    if (vectors.length > 0) await search.apply([{ type: 'vectors', vectors }], isLast ? Math.max(position, before) : before)
  }
}
