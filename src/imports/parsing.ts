import type { ImportKind } from '../platform/database/tables.ts'
import type { Locale } from '../platform/i18n/words.ts'
import { inputErrors, pointer } from '../platform/input.ts'
import type { FieldError } from '../platform/problem.ts'
import { filled, type z } from '../platform/schema.ts'
import { placeOf, type ReadRow, type RowFault } from './drafting.ts'
import { labelOf } from './headers.ts'
import { importables } from './nouns.ts'
import { pathOf, setAt, valueAt } from './paths.ts'
import { shown } from './read/row.ts'
import type { Reference, Resolver } from './references.ts'

/** The whole draft that a row states, if it is one. */
export interface ParsedRow {
  draft: object | null
  faults: RowFault[]
  /** What looks wrong and stops nothing. */
  doubts: RowFault[]
}

/** Makes the draft of a row: its references as ids, what it leaves out as blank, checked against schema and rules. */
export function parseRow(
  row: ReadRow,
  references: readonly Reference[],
  resolve: Resolver,
  { kind, today, labels }: { kind: ImportKind; today: string; labels: Locale | null },
): ParsedRow {
  // Of a row that cannot be read as a whole nothing more can be said.
  if (row.faults.some(({ column }) => column === '')) return { draft: null, faults: row.faults, doubts: [] }
  const noun = importables[kind]
  const unknown = resolveAll(row, references, resolve)
  const parsed = parse(noun.schema, filled<object>(noun.blank, row.draft))
  const shape = parsed.errors.filter((error) => !unknown.some((each) => each.pointer === error.pointer))
  const across = parsed.draft ? noun.faults(parsed.draft, today) : []
  // A day that has passed since something was posted elsewhere is not the importer's fault.
  const past = (row.draft.state ?? null) === null ? [] : across.filter(({ code }) => code === 'past-day')
  const place = (error: FieldError) => faultAt(row, error, kind, labels)
  // A cell that could not be read leaves its field blank: saying so twice helps nobody.
  const unread = new Set(row.faults.map(({ column }) => column))
  const found = [...unknown, ...shape, ...across.filter((error) => !past.includes(error))]
    .map(place)
    .filter(({ column }) => !unread.has(column))
  const faults = [...row.faults, ...found]
  const doubts = [...past, ...(parsed.draft ? noun.doubts(parsed.draft) : [])].map(place)
  return { draft: faults.length === 0 ? parsed.draft : null, faults, doubts }
}

/** Puts ids in the place of references; what names nothing stays as it is and is reported. */
function resolveAll(row: ReadRow, references: readonly Reference[], resolve: Resolver): FieldError[] {
  return references.flatMap((reference) => {
    const id = resolve(reference)
    if (id === undefined) return [{ pointer: pointer(reference.path), code: 'unknown-reference' }]
    setAt(row.draft, reference.path, id)
    return []
  })
}

/** Members that are left out inside an object are blank: a contact needs no phone. */
function parse(schema: z.ZodObject, draft: object): { draft: object | null; errors: FieldError[] } {
  let result = schema.safeParse(draft)
  const left = result.error?.issues.filter(({ path }) => path.length > 1 && valueAt(draft, path) === undefined) ?? []
  if (left.length > 0) {
    for (const { path } of left) setAt(draft, path.map(String), null)
    result = schema.safeParse(draft)
  }
  if (result.success) return { draft: result.data, errors: [] }
  const errors = inputErrors(result.error).map((error) => {
    const isBlank = (valueAt(draft, pathOf(error.pointer)) ?? null) === null
    return isBlank && error.code.startsWith('invalid') ? { pointer: error.pointer, code: 'required' } : error
  })
  return { draft: null, errors }
}

/** Where the file has the member, else what its column would be called: in jsonl, where `labels` is null, as the member itself. */
function faultAt(row: ReadRow, { pointer, code, facts = {} }: FieldError, kind: ImportKind, labels: Locale | null): RowFault {
  const path = pathOf(pointer)
  const place = placeOf(row, path) ?? {
    column: labels === null ? path.join('.') : labelOf(kind, path, labels),
    value: shown(valueAt(row.draft, path)),
  }
  return { ...place, rule: code, facts }
}
