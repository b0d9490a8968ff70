import { demands } from '../demands/store.ts'
import { enterprises, evidence, experts, institutions } from '../directory/store.ts'
import { isPublishedOffering } from '../offerings/offering.ts'
import { offerings } from '../offerings/store.ts'
import type { Database } from '../platform/database/database.ts'
import { type Conditions, idsOfBatch, type StoredNoun } from '../platform/database/listings.ts'
import type { ListingTable } from '../platform/database/tables.ts'
import { textHash } from '../platform/embedding/text-hash.ts'
import { removeVectors, textHashesAfter } from '../platform/embedding/vector-rows.ts'
import { kindOfId } from '../platform/ids.ts'
import { entriesAfter, journalHead } from '../platform/journal/journal.ts'
import type { Ports } from '../platform/ports.ts'
import type { IndexChange } from '../platform/search/search-index.ts'
import { titlesBehind } from './actions/match-demands.ts'
import { demandDocument, enterpriseDocument, expertDocument, institutionDocument, offeringDocument } from './documents.ts'
import { keepsQuestion, questionHash } from './query-vector.ts'
import { demandQuestion, embeddedText, evidenceFields, expertQuestion, offeringQuestion } from './texts.ts'

/** As many as one statement may name. */
const atOnce = 90

/**
 * Deletes the vectors of texts by which no listing is found and with which none asks any more, of whatever model; run nightly. What
 * is written meanwhile keeps its vectors: each commit deletes only if the journal stands where the texts were last looked at, and
 * what it leaves the next night takes.
 */
export async function removeStaleVectors({ database }: Pick<Ports, 'database'>): Promise<void> {
  // Without a model there are no vectors, and no reason to read the whole market.
  if ((await textHashesAfter(database, '', 1)).length === 0) return
  const live = await liveTexts(database)
  for (let after = ''; ; ) {
    const page = await textHashesAfter(database, after, atOnce)
    if (page.some((hash) => !live.hashes.has(hash))) await follow(database, live)
    const stale = page.filter((hash) => !live.hashes.has(hash))
    if (stale.length > 0) await database.commit(removeVectors(database, stale, live.position))
    if (page.length < atOnce) return
    after = page.at(-1)!
  }
}

interface LiveTexts {
  hashes: Set<string>
  /** The journal number up to which they are known. */
  position: number
}

async function liveTexts(database: Database): Promise<LiveTexts> {
  const live: LiveTexts = { hashes: new Set(), position: await journalHead(database) }
  for (const source of sources) for await (const hashes of source.all(database)) for (const hash of hashes) live.hashes.add(hash)
  return live
}

/**
 * Adds the texts of what was written since. An expert's question changes with his evidence too; where that was written meanwhile, its
 * vector may go, and is made again when the expert next asks.
 */
async function follow(database: Database, live: LiveTexts): Promise<void> {
  for (;;) {
    const entries = await entriesAfter(database, live.position, 500)
    if (entries.length === 0) return
    const ids = new Set<string>()
    for (const { subjectId } of entries)
      for (const id of kindOfId(subjectId) === 'import' ? await idsOfBatch(database, subjectId) : [subjectId]) ids.add(id)
    for (const source of sources) for (const hash of await source.some(database, [...ids])) live.hashes.add(hash)
    live.position = entries.at(-1)!.seq
  }
}

interface Rows<Noun> {
  table: ListingTable
  page(database: Database, conditions: Conditions, page: { after: string; limit: number }): Promise<Noun[]>
  findMany(database: Database, ids: readonly string[]): Promise<Noun[]>
}

/** Where live texts come from: the listings of a kind, and how they are read. */
function source<Noun extends StoredNoun>(rows: Rows<Noun>, hashesOf: (nouns: Noun[], database: Database) => Promise<string[]>) {
  return {
    async *all(database: Database): AsyncGenerator<string[]> {
      for (let after = ''; ; ) {
        const page = await rows.page(database, {}, { after, limit: atOnce })
        yield await hashesOf(page, database)
        if (page.length < atOnce) return
        after = page.at(-1)!.id
      }
    },
    async some(database: Database, ids: readonly string[]): Promise<string[]> {
      const own = ids.filter((id) => kindOfId(id) === rows.table)
      return hashesOf(await rows.findMany(database, own), database)
    },
  }
}

const sources = [
  source(enterprises, (nouns) => found(nouns.map(enterpriseDocument))),
  source(institutions, (nouns) => found(nouns.map(institutionDocument))),
  source(experts, async (nouns, database) => {
    const titles = await titlesBehind(database, nouns)
    const questions = nouns.map((expert) => expertQuestion(expert, titles.get(expert.id)!))
    return [...(await found(nouns.map(expertDocument))), ...(await asked(questions))]
  }),
  // Of somebody who is shown to nobody for now, too: his consent brings the rows back.
  source(evidence, (nouns) => Promise.all(nouns.map((row) => textHash(embeddedText(evidenceFields(row)))))),
  source(offerings, async (nouns) => [
    ...(await found(nouns.map(offeringDocument))),
    ...(await asked(nouns.filter(isPublishedOffering).map(offeringQuestion))),
  ]),
  source(demands, async (nouns) => [
    ...(await found(nouns.map(demandDocument))),
    ...(await asked(nouns.filter(keepsQuestion).map(demandQuestion))),
  ]),
]

async function found(documents: Promise<IndexChange>[]): Promise<string[]> {
  return (await Promise.all(documents)).flatMap((change) => (change.type === 'put' ? change.texts.map(({ text }) => text.textHash) : []))
}

function asked(questions: string[]): Promise<string[]> {
  return Promise.all(questions.map(questionHash))
}
