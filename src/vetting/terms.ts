import { FlaggedKind } from '../market/flagged-terms.ts'

/** A change of the list of flagged terms, with the name of whoever made it, where he has one. */
export interface NamedTermsChange {
  actorId: string
  byName: string | null
  at: string
  added: string[]
  removed: string[]
}

/** The lists as they are written in a form: one term a line. */
export function termsFrom(posted: Record<string, string>): Record<FlaggedKind, string[]> {
  const lists = FlaggedKind.options.map((kind) => [kind, linesOf(posted[kind] ?? '')])
  // One list for every kind, by its name.
  return Object.fromEntries(lists) as Record<FlaggedKind, string[]>
}

function linesOf(text: string): string[] {
  return text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
