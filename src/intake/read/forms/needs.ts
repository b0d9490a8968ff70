import { plainLabel } from '../../fields.ts'
import type { ColumnCorrection, ReadColumn } from '../../line.ts'
import { assigned } from '../columns.ts'
import { type Entry, type Need, saysSomething } from '../entry.ts'
import type { Pairs } from './pairs.ts'

/** A form whose labels have their fields. */
export interface FormReading {
  columns: ReadColumn[]
  /** Those in which something stands. */
  entries: Entry[]
  notes: string[]
}

export function readForm({ pairs, notes }: Pairs, corrections: readonly ColumnCorrection[]): FormReading {
  const fields = assigned(
    pairs.map(({ label }) => ({ upper: null, own: label })),
    corrections,
  )
  return {
    columns: pairs.map(({ label, text }, at) => ({
      label,
      field: fields[at]!.field,
      certainty: fields[at]!.certainty,
      example: text.slice(0, 60).toWellFormed(),
    })),
    entries: pairs
      .map(({ label, text }, at) => ({ label, name: label, text, field: fields[at]!.field, also: fields[at]!.also }))
      .filter(({ text }) => saysSomething(text)),
    notes,
  }
}

/** Who it is and whom to call: said once for all needs of a firm. */
const identity = new Set<string | null>(['enterprise', 'creditCode', 'region', 'industry', 'contact', 'phone', 'email'])

export const says = (entries: readonly Entry[], ...fields: string[]): boolean =>
  entries.some(({ field }) => field !== null && fields.includes(field))
export const statesNeed = (entries: readonly Entry[]): boolean => says(entries, 'title', 'problem')
export const identityIn = (entries: readonly Entry[]): Entry[] => entries.filter(({ field }) => identity.has(field))

/** Entries of which none says again what the others say. */
export const without = (entries: readonly Entry[], others: readonly Entry[]): Entry[] =>
  entries.filter(({ field }) => field === null || field === 'note' || !says(others, field))

/** The needs of a form, as often as it names one; `common` is what other tables of the same form say. */
export function needsOfForm(entries: readonly Entry[], common: readonly Entry[]): Need[] {
  const segments = segmentsOf(entries)
  return segments.map((own) => ({
    line: 1,
    entries: [...without(common, own), ...own],
    isHidden: false,
    isForm: true,
    section: '',
  }))
}

function segmentsOf(entries: readonly Entry[]): Entry[][] {
  const opening = says(entries, 'title') ? 'title' : 'problem'
  const first = entries.find(({ field }) => field === opening)
  const starts = entries.flatMap(({ label, field }, at) =>
    field === opening && plainLabel(label) === plainLabel(first!.label) ? [at] : [],
  )
  if (starts.length < 2) return [[...entries]]
  const before = entries.slice(0, starts[0])
  const last = entries.slice(starts.at(-1))
  const signature = identityIn(last).filter(({ field }) => !says(entries.slice(starts[0], starts.at(-1)), field!))
  const common = [...before, ...signature]
  return starts.map((start, at) => {
    const own = entries.slice(start, starts[at + 1]).filter((entry) => !signature.includes(entry))
    return [...without(common, own), ...own]
  })
}
