import { fieldsNamed, type IntakeField, type Named, partsOf, plainLabel } from '../fields.ts'
import type { ColumnCorrection } from '../line.ts'

/** A label, and what stands above it where a header has two rows. */
export interface ColumnLabel {
  upper: string | null
  own: string
}

/** What a column is taken to say. */
export interface Assigned {
  field: IntakeField | null
  certainty: number
  also: readonly IntakeField[]
}

/** Below this a label only contains a word that elsewhere names a field. */
export const leastCertainty = 0.72

/** Fields of which a line has one; a second column of the kind is a note. */
const single = new Set<IntakeField>([
  ...(['number', 'enterprise', 'creditCode', 'region', 'title', 'budget', 'deadline', 'ipExpectation', 'contact', 'email'] as const),
])

/** The whole label as it is read and shown. */
export const wholeLabel = ({ upper, own }: ColumnLabel): string => (upper === null ? own : own === '' ? upper : `${upper}/${own}`)

/** Gives each label its field: what was corrected first, then the surest; of two that say the same one may take its second meaning. */
export function assigned(labels: readonly ColumnLabel[], corrections: readonly ColumnCorrection[]): Assigned[] {
  const found = new Map<number, Assigned>()
  for (const { at, field } of corrections) if (at < labels.length) found.set(at, { field, certainty: 1, also: [] })
  const taken = new Set([...found.values()].map(({ field }) => field))
  const candidates = labels
    .flatMap((label, at) => namesOf(label).map((named) => ({ ...named, at })))
    .filter(({ certainty }) => certainty >= leastCertainty)
    .toSorted((a, b) => b.certainty - a.certainty || a.at - b.at)
  const take = ({ at, field, certainty }: (typeof candidates)[number]) => {
    found.set(at, { field, certainty, also: alsoNamed(labels[at]!, field) })
    taken.add(field)
  }
  for (const candidate of candidates) if (!found.has(candidate.at) && !taken.has(candidate.field)) take(candidate)
  const byName = new Map([...found].map(([at, { field }]) => [plainLabel(wholeLabel(labels[at]!)), field]))
  for (const candidate of candidates)
    if (!found.has(candidate.at) && (!single.has(candidate.field) || isSameLabel(candidate, labels, byName))) take(candidate)
  return labels.map((_, at) => found.get(at) ?? { field: null, certainty: 0, also: [] })
}

/** A form for several problems has each label several times. */
const isSameLabel = (
  { at, field }: { at: number; field: IntakeField },
  labels: readonly ColumnLabel[],
  byName: Map<string, IntakeField | null>,
) => byName.get(plainLabel(wholeLabel(labels[at]!))) === field

/** 企业 above 名称 is 企业名称; where the two together name nothing exactly, the lower counts. */
export function namesOf({ upper, own }: ColumnLabel): Named[] {
  if (upper === null) return fieldsNamed(own)
  const best = new Map<IntakeField, number>()
  for (const [named, share] of [
    [fieldsNamed(own === '' ? upper : own), 0.98],
    [fieldsNamed(`${upper}${own}`).filter(({ certainty }) => certainty === 1), 1],
  ] as const)
    for (const { field, certainty } of named) best.set(field, Math.max(best.get(field) ?? 0, certainty * share))
  return [...best].map(([field, certainty]) => ({ field, certainty })).toSorted((a, b) => b.certainty - a.certainty)
}

function alsoNamed({ upper, own }: ColumnLabel, chosen: IntakeField): IntakeField[] {
  const parts = partsOf(plainLabel(own === '' ? (upper ?? '') : own))
  if (parts.length < 2) return []
  const named = parts.map((part) => fieldsNamed(part)[0]).filter((each) => each !== undefined && each.certainty >= 0.9)
  return [...new Set(named.map((each) => each!.field))].filter((field) => field !== chosen)
}
