import { type Code, codeIn, codeName, labelOf } from '../../codes/codes.ts'
import type { Mode } from '../../codes/enums.ts'
import { daysBetween } from '../../days.ts'
import type { Words } from '../../i18n/words.ts'
import type { View } from '../view.ts'

/** Values as a reader reads them. */

export function codeNames(codes: readonly Code[], { words, locale }: View): string {
  return words.units.list(codes.map((code) => codeName(code, locale)))
}

/** The one or two codes that say most on a card: chain, then industry. */
export function mainCodes(codes: readonly Code[], view: View): string {
  const chosen = ['chain', 'gbt4754'].flatMap((scheme) => codes.find((code) => code.scheme === scheme) ?? [])
  return codeNames(chosen, view)
}

export function modeNames(modes: readonly Mode[], { words, locale }: Pick<View, 'words' | 'locale'>): string {
  return words.units.list(modes.map((mode) => labelOf('mode', mode, locale)))
}

export function readinessName(level: number, { words, locale }: Pick<View, 'words' | 'locale'>): string {
  return words.offering.level(level, labelOf('trl', String(level), locale))
}

/** Null where neither bound is stated. */
export function amountBetween(minFen: number | null, maxFen: number | null, { units }: Words): string | null {
  if (minFen !== null && maxFen !== null) return minFen === maxFen ? units.amount(minFen) : units.amountRange(minFen, maxFen)
  if (maxFen !== null) return units.amountUpTo(maxFen)
  return minFen === null ? null : units.amountFrom(minFen)
}

/** A day, and how long until then. */
export function dayWithDistance(day: string, { words, today }: View): string {
  const distance = words.units.daysLeft(daysBetween(today, day))
  return words.units.withNote(words.units.day(day), distance)
}

/** The name of a code of which only the value is known, as in a facet: the first list that has it. */
export function nameIn(schemes: readonly Code['scheme'][], code: string, { locale }: View): string {
  for (const scheme of schemes) {
    const name = codeName(codeIn(scheme, code), locale)
    if (name !== code) return name
  }
  return code
}
