import { sql } from 'kysely'
import { listingRows } from '../../src/imports/tables.ts'
import type { Database } from '../../src/platform/database/database.ts'
import { listingOf, listingTables, type StoredNoun } from '../../src/platform/database/listings.ts'
import type { ListingTable, Tables } from '../../src/platform/database/tables.ts'
import { digestOf, keepsNoun, revisionHashOf } from '../../src/platform/journal/journal.ts'
import { plainly } from '../../src/platform/journal/seal.ts'
import type { random } from '../../src/platform/random.ts'

type Table = 'journal' | 'seal' | 'revision' | ListingTable
type Value = string | number | null
/** A row of any of them, with its place in the file. */
type Row = Record<string, Value> & { place: number }
type Rows = Map<Table, Row[]>
type Chance = ReturnType<typeof random>

/** What was done; of these rows one at least must be named. */
interface Done {
  what: string
  rows: string[]
}

const own = ['journal', 'seal', 'revision'] as const

/** What a market holds, read once: each change is made in a copy. */
export async function rowsIn(database: Database): Promise<Rows> {
  const rows: Rows = new Map()
  for (const table of [...own, ...listingTables]) {
    const found = await sql<Row>`select rowid as place, * from ${sql.table(table)} order by rowid`.execute(database.query)
    rows.set(table, found.rows)
  }
  return rows
}

/** Does something past the program. What the database refuses, or what would change nothing, was not done: then another thing is. */
export async function tamper(database: Database, rows: Rows, chance: Chance): Promise<Done> {
  for (;;) {
    const what = chance.from(deeds)
    const named = await ways[what]({ database, rows, chance })
    if (named !== null) return { what, rows: named }
  }
}

interface Market {
  database: Database
  rows: Rows
  chance: Chance
}

/** Tables that hold something. */
const filled = ({ rows }: Market) => listingTables.filter((table) => rows.get(table)!.length > 0)

/** Each gives the rows of which one must be named; null where it could not be done. */
const ways = {
  'a column of an entry': (market: Market) => changeColumn(market, 'journal'),
  'a column of a seal': (market: Market) => changeColumn(market, 'seal'),
  'a column of a revision': (market: Market) => changeColumn(market, 'revision'),
  'a column of a listing': (market: Market) => changeColumn(market, market.chance.from(filled(market))),
  'the body, version or state of a listing': (market: Market) =>
    changeColumn(market, market.chance.from(filled(market)), ['body', 'version', 'state']),
  'an entry deleted': (market: Market) => deleteRow(market, 'journal'),
  'a seal deleted': (market: Market) => deleteRow(market, 'seal'),
  'a revision deleted': (market: Market) => deleteRow(market, 'revision'),
  'a listing deleted': (market: Market) => deleteRow(market, market.chance.from(filled(market))),
  'two entries swapped': (market: Market) => swap(market, 'journal', 'seq'),
  'two neighbouring entries swapped': (market: Market) => swap(market, 'journal', 'seq', 1),
  'two seals swapped': (market: Market) => swap(market, 'seal', 'hash'),
  'two revisions swapped': (market: Market) => swap(market, 'revision', market.chance.from(['version', 'subject_id', 'body', 'salt'])),
  'two listings swapped': (market: Market) => swap(market, market.chance.from(filled(market)), market.chance.from(['id', 'body', 'title'])),
  'an entry moved, and those between': moveEntry,
  'the end cut off, listings and all': cutOff,
  'an entry changed with its digest': forgeEntry,
  'an entry changed, and the chain made anew without the key': forgeChain,
  'a listing changed with its revision and entry': forgeListing,
}
const deeds = Object.keys(ways) as (keyof typeof ways)[]

/** All rows of that table were read, with all their columns. */
const entriesIn = (rows: Rows) => rows.get('journal')! as unknown as Tables['journal'][]

const nameOf = (table: Table, row: Row): string => {
  if (table === 'journal' || table === 'seal') return `${table} ${row.seq}`
  return table === 'revision' ? `revision ${row.subject_id} ${row.version}` : `${table} ${row.id}`
}

async function changeColumn({ database, rows, chance }: Market, table: Table, columns?: string[]): Promise<string[] | null> {
  const row = chance.from(rows.get(table)!)
  const column = chance.from(columns ?? Object.keys(row).filter((name) => name !== 'place'))
  const was = row[column]
  if (was === undefined) return null
  const value = another(
    was,
    rows.get(table)!.map((each) => each[column]!),
    chance,
  )
  if (!(await done(database, set(table, row, column, value)))) return null
  const { rows: read } = await sql<{ value: Value }>`
    select ${sql.ref(column)} as value from ${sql.table(table)} where rowid = ${row.place}`.execute(database.query)
  if (read[0]!.value === was) return null
  // Of a last seal that does not fit its entry nobody can tell which of the two is the right one.
  return table === 'seal' ? [nameOf('seal', row), nameOf('journal', row)] : [nameOf(table, row)]
}

async function deleteRow({ database, rows, chance }: Market, table: Table): Promise<string[] | null> {
  const row = chance.from(rows.get(table)!)
  await done(database, sql`delete from ${sql.table(table)} where rowid = ${row.place}`)
  return [nameOf(table, row)]
}

async function swap({ database, rows, chance }: Market, table: Table, column: string, distance?: number): Promise<string[] | null> {
  const all = rows.get(table)!
  const at = Math.floor(chance.next() * all.length)
  const [one, other] = [all[at]!, distance === undefined ? chance.from(all) : all[at + distance]]
  if (other === undefined || one[column] === other[column]) return null
  const meanwhile = typeof one[column] === 'number' ? -1 : '-'
  const isDone = await done(
    database,
    set(table, one, column, meanwhile),
    set(table, other, column, one[column]!),
    set(table, one, column, other[column]!),
  )
  return isDone ? [nameOf(table, one), nameOf(table, other)] : null
}

/** One entry goes to an earlier number, and those from there on move up: no gap. */
async function moveEntry({ database, rows, chance }: Market): Promise<string[] | null> {
  const [to = 0, from = 0] = [chance.from(entriesIn(rows)), chance.from(entriesIn(rows))].map(({ seq }) => seq).sort((a, b) => a - b)
  if (from === to) return null
  await done(
    database,
    sql`update journal set seq = -${to} where seq = ${from}`,
    sql`update journal set seq = -(seq + 1) where seq >= ${to} and seq < ${from}`,
    sql`update journal set seq = -seq where seq < 0`,
  )
  return [`journal ${to}`]
}

/** The last entries with their seals and revisions, and the listings as they were before: a market in which all that never happened. */
async function cutOff({ database, rows, chance }: Market): Promise<string[] | null> {
  const entries = entriesIn(rows).slice(-1 - Math.floor(chance.next() * 200))
  for (const entry of entries.toReversed()) {
    const { seq, subject_id: id, subject_version: version } = entry
    const table = listingOf(id)
    await done(database, sql`delete from journal where seq = ${seq}`, sql`delete from seal where seq = ${seq}`)
    if (table !== undefined) await done(database, ...(await undone(database, table, entry)))
    await done(database, sql`delete from revision where subject_id = ${id} and version = ${version}`)
  }
  return [`seal ${rows.get('seal')!.length}`]
}

async function undone(database: Database, table: ListingTable, entry: Tables['journal']): Promise<Statement[]> {
  const { subject_id: id, subject_version: version } = entry
  const revision = await database.query
    .selectFrom('revision')
    .select('body')
    .where('subject_id', '=', id)
    .where('version', '=', version - 1)
    .executeTakeFirst()
  if (revision === undefined) return listingRows[table].remove(database, id)
  // The revision is of this table's kind, which a type that joins all kinds cannot say.
  const { update, insert } = listingRows[table] as unknown as {
    update(database: Database, noun: StoredNoun): Statement[]
    insert(database: Database, noun: StoredNoun, batchId: string | null): Statement[]
  }
  const noun = JSON.parse(revision.body)
  if (keepsNoun(entry)) return update(database, noun)
  const { rows } = await sql<{ facts: string }>`
    select facts from journal where subject_id = ${id} and kind like '%.imported' order by seq desc limit 1`.execute(database.query)
  return insert(database, noun, rows[0] === undefined ? null : JSON.parse(rows[0].facts).batchId)
}

async function forgeEntry({ database, rows, chance }: Market): Promise<string[] | null> {
  const entry = chance.from(entriesIn(rows))
  const actor_id = `tok_${'a'.repeat(20)}`
  const digest = digestOf({ ...entry, actor_id })
  await done(database, sql`update journal set actor_id = ${actor_id}, digest = ${digest} where seq = ${entry.seq}`)
  return [`journal ${entry.seq}`]
}

/** With the name of the key, or of none; from the first seal or from the entry on. */
async function forgeChain(market: Market): Promise<string[] | null> {
  const { database, rows, chance } = market
  const [name] = (await forgeEntry(market))!
  const from = Number(name!.split(' ')[1])
  const entries = await database.query.selectFrom('journal').select(['seq', 'digest']).where('seq', '>=', from).orderBy('seq').execute()
  const seals = rows.get('seal')!
  const isNamed = chance.next() < 0.5
  const statements: Statement[] = []
  let before = String(seals[from - 2]?.hash ?? '')
  for (const { seq, digest } of entries) {
    before = plainly.hash(before, digest)
    const keyId = isNamed ? seals[seq - 1]!.key_id : null
    statements.push(sql`update seal set hash = ${before}, key_id = ${keyId} where seq = ${seq}`)
  }
  await done(database, ...statements)
  return [name!, ...entries.map(({ seq }) => `seal ${seq}`)]
}

async function forgeListing({ database, rows, chance }: Market): Promise<string[] | null> {
  const table = chance.from(['offering', 'enterprise', 'demand'] as const)
  const row = chance.from(rows.get(table)!)
  const noun = { ...JSON.parse(String(row.body)), keywords: ['别的'], summary: '别的说法' }
  const body = JSON.stringify(noun)
  const where = { subject_id: String(row.id), version: Number(row.version) }
  const entry = await database.query
    .selectFrom('journal')
    .selectAll()
    .where('subject_id', '=', where.subject_id)
    .where('subject_version', '=', where.version)
    .executeTakeFirstOrThrow()
  const revision_hash = revisionHashOf('slt_forged', body)
  await done(
    database,
    sql`update ${sql.table(table)} set body = ${body} where id = ${where.subject_id}`,
    sql`update revision set body = ${body}, salt = 'slt_forged' where subject_id = ${where.subject_id} and version = ${where.version}`,
    sql`update journal set revision_hash = ${revision_hash}, digest = ${digestOf({ ...entry, revision_hash })} where seq = ${entry.seq}`,
  )
  return [`journal ${entry.seq}`]
}

type Statement = Parameters<Database['commit']>[0] | ReturnType<typeof sql>

const set = (table: Table, { place }: Row, column: string, value: Value) =>
  sql`update ${sql.table(table)} set ${sql.ref(column)} = ${value} where rowid = ${place}`

/** Whether the database took it. */
async function done(database: Database, ...statements: Statement[]): Promise<boolean> {
  const compilable = statements.map((statement) => ({ compile: () => statement.compile(database.query) }))
  return database.commit(...compilable).then(
    () => true,
    () => false,
  )
}

/** Another value: of another row, none, or a little different. */
function another(was: Value, others: Value[], chance: Chance): Value {
  const way = chance.next()
  if (way < 0.35) return chance.from(others)
  if (way < 0.4) return null
  if (typeof was === 'number') return was + chance.from([1, -1, 7, 1000])
  if (was === null) return chance.from(['x', '2027-01-01', 'imp_aaaaaaaaaaaaaaaaaaaa'])
  if (was.startsWith('{') && way < 0.7) {
    const members = JSON.parse(was)
    const names = Object.keys(members)
    if (names.length > 0) return JSON.stringify({ ...members, [chance.from(names)]: chance.from([null, 0, '别的', []]) })
  }
  if (was === '') return 'x'
  const characters = [...was]
  const at = Math.floor(chance.next() * (characters.length + 1))
  return chance
    .from([
      [...characters.slice(0, at), '一', ...characters.slice(at)],
      characters.toSpliced(at, 1),
      characters.with(Math.min(at, characters.length - 1), characters[at] === '0' ? '1' : '0'),
    ])
    .join('')
}
