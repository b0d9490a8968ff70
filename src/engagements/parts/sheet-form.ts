import type { Contact } from '../contact.ts'
import type { Met, Visit } from '../visit.ts'
import { lines, metIn, nextIn, visitFields, written } from './visit-fields.ts'

/** A sheet that is there, as its form holds it. */
export type SheetForm = Record<(typeof visitFields)[number], string>
export type Sheet = Contact & { visit: Visit }

/** What is corrected, and chosen, as one. */
export const sheetParts = ['needs', 'seen', 'met', 'place', 'result', 'on', 'next'] as const
export type SheetPart = (typeof sheetParts)[number]
export const fieldsOf = (part: SheetPart): readonly (keyof SheetForm)[] => (part === 'next' ? ['next', 'nextOn'] : [part])

export function sheetOf({ visit, result, on, next }: Sheet): SheetForm {
  return {
    needs: visit.needs.join('\n'),
    seen: visit.seen ?? '',
    met: visit.met.map(lineOf).join('\n'),
    place: visit.place ?? '',
    result,
    on,
    next: next?.what ?? '',
    nextOn: next?.on ?? '',
  }
}

/** A sheet as it was posted; a result that no button stands for stays. */
export function postedSheet(posted: Record<string, string>, stored: SheetForm): SheetForm {
  const values = Object.fromEntries(visitFields.map((name) => [name, (posted[name] ?? '').replaceAll('\r\n', '\n').trim()])) as SheetForm
  return { ...values, result: values.result || stored.result }
}

export const isSamePart = (part: SheetPart, a: SheetForm, b: SheetForm) => fieldsOf(part).every((name) => a[name].trim() === b[name].trim())

/** What was changed, as a patch: what was not touched stays as it is stored, also each person who was met. */
export function correctionsOf(form: SheetForm, stored: Sheet): object {
  const before = sheetOf(stored)
  const known = new Map(stored.visit.met.map((each) => [lineOf(each), each]))
  const patches: Record<SheetPart, () => object> = {
    needs: () => ({ visit: { needs: lines(form.needs) } }),
    seen: () => ({ visit: { seen: written(form.seen) } }),
    met: () => ({ visit: { met: lines(form.met).map((line) => known.get(line) ?? metIn(line)) } }),
    place: () => ({ visit: { place: written(form.place) } }),
    result: () => ({ result: form.result }),
    on: () => ({ on: form.on }),
    next: () => ({ next: nextIn(form.next, form.nextOn) }),
  }
  const changed = sheetParts.filter((part) => !isSamePart(part, form, before)).map((part) => patches[part]() as { visit?: object })
  const visit = Object.assign({}, ...changed.map((each) => each.visit))
  return { ...Object.assign({}, ...changed), ...(Object.keys(visit).length > 0 && { visit }) }
}

const lineOf = ({ name, role, phone }: Met) => [name, role, phone].filter((part) => part !== null).join('，')
