import type { IntakeField } from '../fields.ts'
import { type Grid, laid, type Source } from '../grid.ts'
import { linesOf, type Pair, pairsIn, pairsInText } from '../layout/form.ts'
import { headerIn } from '../layout/header.ts'
import { kindOf } from '../layout/kind.ts'
import { assigned, leafOf, shownHeader, shownLabel } from '../layout/labels.ts'
import { rowsUnder, type Said } from '../layout/rows.ts'
import type { ColumnCorrection, ReadColumn, ReadLine, ReadTable } from '../line.ts'
import { contentsOf } from './content.ts'

interface Wanted {
  /** The market's day. */
  today: string
  corrections: readonly ColumnCorrection[]
}

/** The needs that stand in a file, and how its tables were understood. What somebody says of a column counts before what is guessed. */
export function readSource({ grids }: Source, wanted: Wanted): { tables: ReadTable[]; lines: ReadLine[] } {
  const tables: ReadTable[] = []
  const lines: ReadLine[] = []
  const forms: { grid: Grid; at: number }[] = []
  const loose: string[] = []
  for (const [at, grid] of grids.entries()) {
    const kind = kindOf(grid)
    if (kind === 'form') forms.push({ grid, at })
    else if (kind === 'table') {
      const read = tableOf(grid, at, wanted)
      tables.push(read.table)
      lines.push(...read.lines)
    } else loose.push(...grid.cells.flatMap(({ text }) => linesOf(text)))
  }
  const form = forms.length > 0 ? formOf(forms, wanted) : tables.length === 0 ? textForm(grids, wanted) : null
  if (form !== null) {
    tables.push(form.table)
    lines.push(...form.lines)
  }
  // What stands around them belongs to the first.
  const [first] = tables
  if (first !== undefined && (form === null || forms.length > 0)) first.notes.unshift(...loose)
  return { tables, lines }
}

/** The guess, unless somebody has said otherwise. */
function columnsOf(labels: readonly string[], grid: number, corrections: readonly ColumnCorrection[]) {
  const said = new Map(corrections.filter((each) => each.grid === grid).map(({ at, field }) => [at, field]))
  // What is said of one column is no other's.
  const free = assigned(labels.map((label, at) => (said.has(at) ? '' : label)))
  const taken = new Set<IntakeField | null>(said.values())
  return labels.map((_, at): { field: IntakeField | null; certainty: number } => {
    if (said.has(at)) return { field: said.get(at)!, certainty: 1 }
    const guess = free[at]
    return guess === null || guess === undefined || (guess.field !== 'note' && taken.has(guess.field))
      ? { field: null, certainty: 0 }
      : guess
  })
}

function tableOf(grid: Grid, at: number, { today, corrections }: Wanted): { table: ReadTable; lines: ReadLine[] } {
  const whole = laid(grid)
  // Its kind says that it has one.
  const header = headerIn(whole)!
  const labels = header.columns.map(({ label }) => label)
  const found = columnsOf(labels, at, corrections)
  const { rows, notes } = rowsUnder(
    whole,
    header,
    found.map(({ field }) => field),
  )
  const hidden = new Set(grid.hiddenColumns)
  const columns = header.columns.map(({ column, label }, index): ReadColumn => {
    const example = rows.flatMap(({ said }) => said.find((each) => each.label === leafOf(label))?.text ?? [])[0] ?? ''
    return { label: shownHeader(label), ...found[index]!, example: hidden.has(column) ? '' : example }
  })
  const lines = rows.flatMap(({ line, said, isHidden }) =>
    contentsOf(said, { today, isHidden }).map((content, part, all) => ({ grid: at, line, part: all.length === 1 ? 0 : part + 1, content })),
  )
  return { table: { grid: at, kind: 'table', columns, notes }, lines }
}

/** What a firm says of itself holds for all that it needs. */
const aboutFirm: readonly (IntakeField | null)[] = ['enterprise', 'creditCode', 'region', 'industry', 'contact', 'phone', 'email']

function formOf(forms: readonly { grid: Grid; at: number }[], wanted: Wanted) {
  const read = forms.map(({ grid }) => pairsIn(laid(grid)))
  const notes = read.flatMap(({ rest }) => rest)
  return formFrom(
    read.flatMap(({ pairs }) => pairs),
    notes,
    forms[0]!.at,
    wanted,
  )
}

/** A document without any table, label by label. */
function textForm(grids: readonly Grid[], wanted: Wanted) {
  const { pairs, rest } = pairsInText(grids.flatMap(({ cells }) => cells.flatMap(({ text }) => linesOf(text))))
  const fields = assigned(pairs.map(({ label }) => label)).map((each) => each?.field)
  if (!fields.includes('title') && !fields.includes('problem')) return null
  return formFrom(pairs, rest, 0, wanted)
}

function formFrom(pairs: readonly Pair[], notes: string[], grid: number, { today, corrections }: Wanted) {
  // A label that comes once more begins another need.
  const parts: Pair[][] = [[]]
  for (const pair of pairs) {
    const isAgain =
      parts.at(-1)!.some(({ label }) => shownLabel(label) === shownLabel(pair.label)) && /需求|难题|名称|problem|title/i.test(pair.label)
    if (isAgain) parts.push([])
    parts.at(-1)!.push(pair)
  }
  const labels = pairs.map(({ label }) => shownLabel(label))
  const found = parts.flatMap((part, index) => {
    const from = parts.slice(0, index).reduce((sum, each) => sum + each.length, 0)
    const own = corrections.filter(({ grid: of, at }) => of === grid && at >= from && at < from + part.length)
    return columnsOf(
      part.map(({ label }) => shownLabel(label)),
      grid,
      own.map((each) => ({ ...each, at: each.at - from })),
    )
  })
  const said = pairs.map(
    ({ label, text }, at): Said => ({ field: found[at]!.field, label: leafOf(shownLabel(label)).replace(/:$/, ''), text }),
  )
  let from = 0
  const lines: ReadLine[] = []
  const shared = said.slice(0, parts[0]!.length).filter(({ field }) => aboutFirm.includes(field))
  for (const [index, part] of parts.entries()) {
    const own = said.slice(from, from + part.length)
    from += part.length
    const missing = index === 0 ? [] : shared.filter(({ field }) => !own.some((each) => each.field === field))
    for (const content of contentsOf([...missing, ...own], { today, isHidden: false })) lines.push({ grid, line: 1, part: 0, content })
  }
  const numbered = lines.length === 1 ? lines : lines.map((line, at) => ({ ...line, part: at + 1 }))
  const columns = labels.map((label, at): ReadColumn => ({ label, ...found[at]!, example: pairs[at]!.text }))
  return { table: { grid, kind: 'form' as const, columns, notes }, lines: numbered }
}
