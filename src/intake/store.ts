import type { Compilable } from 'kysely'
import type { Database } from '../platform/database/database.ts'
import { listings, type Page } from '../platform/database/listings.ts'
import type { Tables } from '../platform/database/tables.ts'
import { z } from '../platform/schema.ts'
import { Source } from './grid.ts'
import { Intake, IntakeLine, IntakeTable, type LineCounts, type LineState, LineStates } from './intake.ts'
import { ColumnCorrection, type LineContent } from './line.ts'

export const intakes = listings('intake', Intake, {
  title: ({ name }) => name,
  columns: ({ receivedBy, fileSha256 }) => ({ received_by: receivedBy, file_sha256: fileSha256 }),
})

/** What stands in a file, while it is kept. */
export interface Kept {
  source: Source
  tables: IntakeTable[]
  corrections: ColumnCorrection[]
}

export async function findKept(database: Database, intakeId: string): Promise<Kept | undefined> {
  const row = await database.query.selectFrom('intake_source').selectAll().where('intake_id', '=', intakeId).executeTakeFirst()
  return (
    row && {
      source: Source.parse(JSON.parse(row.source)),
      tables: z.array(IntakeTable).parse(JSON.parse(row.tables)),
      corrections: z.array(ColumnCorrection).parse(JSON.parse(row.corrections)),
    }
  )
}

export async function findTables(database: Database, intakeId: string): Promise<IntakeTable[]> {
  const row = await database.query.selectFrom('intake_source').select('tables').where('intake_id', '=', intakeId).executeTakeFirst()
  return row === undefined ? [] : z.array(IntakeTable).parse(JSON.parse(row.tables))
}

const written = ({ source, tables, corrections }: Kept) => ({
  source: JSON.stringify(source),
  tables: JSON.stringify(tables),
  corrections: JSON.stringify(corrections),
})

export function insertKept(database: Database, intakeId: string, kept: Kept): Compilable {
  return database.query.insertInto('intake_source').values({ intake_id: intakeId, ...written(kept) })
}

export function updateKept(database: Database, intakeId: string, kept: Kept): Compilable {
  return database.query.updateTable('intake_source').set(written(kept)).where('intake_id', '=', intakeId)
}

export function deleteKept(database: Database, intakeId: string): Compilable {
  return database.query.deleteFrom('intake_source').where('intake_id', '=', intakeId)
}

export async function findLine(database: Database, id: string): Promise<IntakeLine | undefined> {
  const row = await database.query.selectFrom('intake_line').selectAll().where('id', '=', id).executeTakeFirst()
  return row && lineOf(row)
}

/** Lines of an intake in their order, from a position on. */
export async function linesOf(
  database: Database,
  intakeId: string,
  { states = LineStates, after = 0, limit }: { states?: readonly LineState[]; after?: number; limit: number },
): Promise<IntakeLine[]> {
  const rows = await database.query
    .selectFrom('intake_line')
    .selectAll()
    .where('intake_id', '=', intakeId)
    .where('state', 'in', states)
    .where('position', '>', after)
    .orderBy('position')
    .limit(limit)
    .execute()
  return rows.map(lineOf)
}

/** Open lines of what somebody received, newest files first; of everybody for null. */
export async function openLines(database: Database, receivedBy: string | null, limit: number): Promise<IntakeLine[]> {
  const query = database.query
    .selectFrom('intake_line')
    .innerJoin('intake', 'intake.id', 'intake_line.intake_id')
    .selectAll('intake_line')
    .where('intake_line.state', '=', 'open')
    .orderBy('intake.created_at', 'desc')
    .orderBy('intake_line.id')
    .limit(limit)
  const rows = await (receivedBy === null ? query : query.where('intake.received_by', '=', receivedBy)).execute()
  return rows.map(lineOf)
}

export async function countLines(database: Database, intakeIds: readonly string[]): Promise<Map<string, LineCounts>> {
  const counts = new Map(intakeIds.map((id) => [id, { ...noLines }]))
  if (intakeIds.length === 0) return counts
  const rows = await database.query
    .selectFrom('intake_line')
    .select(['intake_id', 'state', ({ fn }) => fn.countAll<number>().as('count')])
    .where('intake_id', 'in', intakeIds)
    .groupBy(['intake_id', 'state'])
    .execute()
  // A stored state is one of them.
  for (const { intake_id, state, count } of rows) counts.get(intake_id)![state as LineState] = Number(count)
  return counts
}
const noLines = Object.fromEntries(LineStates.map((state) => [state, 0])) as LineCounts

/** The intake of a file that somebody has received before. */
export async function findSameFile(database: Database, receivedBy: string, fileSha256: string): Promise<string | undefined> {
  const query = database.query.selectFrom('intake').select('id').where('received_by', '=', receivedBy).where('file_sha256', '=', fileSha256)
  return (await query.orderBy('id').executeTakeFirst())?.id
}

/** Rows that fit into one statement: D1 takes at most 100 parameters. */
const linesAtOnce = 9

export function insertLines(database: Database, lines: readonly IntakeLine[]): Compilable[] {
  const rows = lines.map(rowOf)
  return Array.from({ length: Math.ceil(rows.length / linesAtOnce) }, (_, at) =>
    database.query.insertInto('intake_line').values(rows.slice(at * linesAtOnce, (at + 1) * linesAtOnce)),
  )
}

export function updateLine(database: Database, line: IntakeLine): Compilable {
  return database.query.updateTable('intake_line').set(rowOf(line)).where('id', '=', line.id)
}

export function deleteLines(database: Database, intakeId: string, states: readonly LineState[] = LineStates): Compilable {
  return database.query.deleteFrom('intake_line').where('intake_id', '=', intakeId).where('state', 'in', states)
}

/** Intakes of a page, newest first. */
export function listIntakeRows(database: Database, receivedBy: string | null, page: Page) {
  return intakes.newestPage(database, receivedBy === null ? {} : { received_by: receivedBy }, page)
}

function rowOf(line: IntakeLine): Tables['intake_line'] {
  const { id, intakeId, position, grid, line: at, part, state, content, demandId, reason, decidedAt } = line
  return {
    ...{ id, position, grid, line: at, part, state, reason },
    intake_id: intakeId,
    demand_id: demandId,
    decided_at: decidedAt,
    content: content && JSON.stringify(content),
  }
}

function lineOf(row: Tables['intake_line']): IntakeLine {
  const { id, position, grid, line, part, state, reason } = row
  return IntakeLine.parse({
    ...{ id, position, grid, line, part, state, reason },
    intakeId: row.intake_id,
    demandId: row.demand_id,
    decidedAt: row.decided_at,
    content: row.content === null ? null : JSON.parse(row.content),
  })
}

/** What is kept of a file that may name people: its lines, and the whole of it as text while that is there. */
export async function contentsOf(
  database: Database,
  intakeId: string,
): Promise<{ lines: { id: string; demandId: string | null; content: LineContent }[]; source: string | null }> {
  const rows = await database.query
    .selectFrom('intake_line')
    .selectAll()
    .where('intake_id', '=', intakeId)
    .where('content', 'is not', null)
    .execute()
  const kept = await database.query.selectFrom('intake_source').selectAll().where('intake_id', '=', intakeId).executeTakeFirst()
  const lines = rows.map(lineOf).map(({ id, demandId, content }) => ({ id, demandId, content: content! }))
  return { lines, source: kept === undefined ? null : `${kept.source}\n${kept.tables}` }
}

export function setContent(database: Database, lineId: string, content: LineContent): Compilable {
  return database.query
    .updateTable('intake_line')
    .set({ content: JSON.stringify(content) })
    .where('id', '=', lineId)
}

/** Files on which nobody has worked since then, and of which something is kept. */
export async function intakesUntouchedSince(database: Database, before: string, limit: number): Promise<Intake[]> {
  const rows = await database.query
    .selectFrom('intake')
    .select('id')
    .where('updated_at', '<', before)
    .where(({ exists, or, selectFrom }) =>
      or([
        exists(selectFrom('intake_source').select('intake_id').whereRef('intake_source.intake_id', '=', 'intake.id')),
        exists(
          selectFrom('intake_line')
            .select('id')
            .whereRef('intake_line.intake_id', '=', 'intake.id')
            .where('intake_line.content', 'is not', null),
        ),
      ]),
    )
    .orderBy('id')
    .limit(limit)
    .execute()
  return intakes.findMany(
    database,
    rows.map(({ id }) => id),
  )
}

/** Lines without what stood in them; one that nobody decided on is left out. */
export function emptyLines(database: Database, intakeId: string): Compilable[] {
  const of = () => database.query.updateTable('intake_line').where('intake_id', '=', intakeId)
  return [of().where('state', '=', 'open').set({ state: 'left' }), of().set({ content: null })]
}
