import type { Words } from '../../platform/i18n/words.ts'
import type { FieldError } from '../../platform/problem.ts'
import type { Met } from '../visit.ts'

export const visitFields = ['needs', 'seen', 'met', 'place', 'result', 'on', 'next', 'nextOn'] as const

/** The sheet as its form gives it, for the door to parse. */
export function visitIn(fields: Record<string, string>, today: string): object {
  const { subjectId, result, next, nextOn } = fields
  return {
    subjectId,
    channel: 'visit',
    result,
    withWhom: null,
    note: null,
    on: written(fields.on) ?? today,
    next: nextIn(next, nextOn),
    visit: { place: written(fields.place), met: lines(fields.met).map(metIn), seen: written(fields.seen), needs: lines(fields.needs) },
  }
}

/** Which field of the form says what a fault is about, by how its pointer begins. */
export const sheetFieldOf = [
  ['/visit/needs', 'needs'],
  ['/visit/seen', 'seen'],
  ['/visit/met', 'met'],
  ['/visit/place', 'place'],
  ['/result', 'result'],
  ['/on', 'on'],
  ['/next/on', 'nextOn'],
  ['/next', 'next'],
] as const

export const written = (value: string | undefined) => (value?.trim() ? value.replaceAll('\r\n', '\n') : null)
export const nextIn = (what: string | undefined, on: string | undefined) =>
  written(what) === null && written(on) === null ? null : { what, on }
export const lines = (value: string | undefined) =>
  (value ?? '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** A person to a line: the name, then in any order what he is and his number. */
export function metIn(line: string): Met {
  const marked = line.split(/[,，、;；\t]+/)
  // Chinese names have no space inside.
  const parts = (marked.length === 1 && /\p{Script=Han}/u.test(line) ? line.split(/\s+/) : marked).map((part) => part.trim())
  const [name = '', ...rest] = parts.filter((part) => part !== '')
  const isPhone = (part: string) => /^\+?[\d\s()-]{6,}$/.test(part.normalize('NFKC'))
  return { name, role: rest.filter((part) => !isPhone(part)).join(' ') || null, phone: rest.find(isPhone) ?? null }
}

/** The first message of each field of a form, of faults whose pointers `fieldOf` knows by their beginning. */
export function messagesBy(
  errors: readonly FieldError[],
  { fault }: Pick<Words, 'fault'>,
  fieldOf: readonly (readonly [string, string])[],
): Record<string, string> {
  const messages: Record<string, string> = {}
  for (const { pointer, code, facts } of errors) {
    const [, field] = fieldOf.find(([beginning]) => pointer.startsWith(beginning)) ?? ['', fieldOf[0]![1]]
    messages[field] ??= fault(code, facts ?? {})
  }
  return messages
}
