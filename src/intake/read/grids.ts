import type { IntakeField } from '../fields.ts'
import { type Grid, type Laid, laid } from '../grid.ts'
import { assigned } from './columns.ts'
import { saysSomething } from './entry.ts'
import { pairsOfParagraphs } from './forms/inline.ts'
import { type Pairs, pairsOf } from './forms/pairs.ts'
import { notesIn } from './notes.ts'
import { type Header, headerOf } from './tables/header.ts'

/** What a grid is: a table of needs, a form for one, or only text. */
export type Understood =
  | { is: 'table'; grid: Laid; header: Header }
  | { is: 'form'; form: Pairs; fields: ReadonlySet<IntakeField> }
  | { is: 'text'; notes: string[] }

/** Decides by the labels: a table has them in a row, a form beside or above their texts. */
export function understood(grid: Grid): Understood {
  if (grid.kind === 'text') {
    const form = pairsOfParagraphs(grid)
    const fields = fieldsOf(form)
    return fields.size > 2 && namesNeed(fields) ? { is: 'form', form, fields } : { is: 'text', notes: textOf(grid) }
  }
  const own = laid(grid)
  const header = headerOf(own)
  if (header !== null && namesNeed(fieldsOfHeader(header))) return { is: 'table', grid: own, header }
  const form = pairsOf(own)
  const fields = fieldsOf(form)
  if (header !== null && !namesNeed(fields)) return { is: 'table', grid: own, header }
  return fields.size > 1 ? { is: 'form', form, fields } : { is: 'text', notes: textOf(grid) }
}

/** Whether a table within a cell is a form or a list of its own, and not a few values. */
export function holdsNeeds(grid: Grid): boolean {
  const read = understood(grid)
  if (read.is === 'text') return false
  const fields = read.is === 'form' ? read.fields : fieldsOfHeader(read.header)
  return fields.size > 2 && namesNeed(fields)
}

export const namesNeed = (fields: ReadonlySet<IntakeField | null>): boolean => fields.has('title') || fields.has('problem')

function fieldsOf({ pairs }: Pairs): ReadonlySet<IntakeField> {
  return chosen(pairs.map(({ label }) => ({ upper: null, own: label })))
}
const fieldsOfHeader = ({ labels }: Header) => chosen([...labels.values()])

function chosen(labels: Parameters<typeof assigned>[0]): ReadonlySet<IntakeField> {
  const fields = assigned(labels, []).map(({ field }) => field)
  return new Set(fields.filter((field) => field !== null && field !== 'note' && field !== 'number') as IntakeField[])
}

/** Of a sheet that is neither, such as a list to choose from, no more than its first lines. */
const linesAtMost = 40

function textOf({ cells, hiddenColumns, hiddenRows }: Grid): string[] {
  const shown = cells.filter(({ row, column, text }) => saysSomething(text) && !hiddenRows.includes(row) && !hiddenColumns.includes(column))
  return shown.slice(0, linesAtMost).flatMap(({ text }) => notesIn(text))
}
