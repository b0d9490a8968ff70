import type { DeclaredConflict, Expert } from '../directory/expert.ts'
import { plainName } from '../directory/names.ts'
import type { ConflictRules } from '../market/settings.ts'
import type { Offering } from '../offerings/offering.ts'
import { z } from '../platform/schema.ts'

/** What ties the two sides of a pairing to each other, or both to the broker between them. 利益冲突 */
export const ConflictKind = z.enum(['same-unit', 'equity', 'joint-work', 'other', 'broker-both-sides']).openapi('ConflictKind')
export type ConflictKind = z.infer<typeof ConflictKind>

export const Conflict = z
  .strictObject({
    kind: ConflictKind,
    /** Whether the person himself has said so; else it was found in the market's own rows. */
    isDeclared: z.boolean(),
    /** Of joint work the last day, month or year that is known. */
    on: z.string().nullable(),
  })
  .openapi('Conflict')
export type Conflict = z.infer<typeof Conflict>

/** What is known of a demand's enterprise and broker beyond their own rows. */
export interface Ties {
  rules: ConflictRules
  /** The enterprise's names, as `plainName` compares them; none of one that the reader may not know. */
  names: ReadonlySet<string>
  /** Whom somebody acts for who acts for the enterprise too. */
  people: ReadonlySet<string>
  /** Whom somebody acts for who acts for the assigned broker too, and the institution that he belongs to. */
  brokered: ReadonlySet<string>
  /** Who completed a result of the enterprise's, and when: null is not known. */
  joint: ReadonlyMap<string, string | null>
}

type Opposite = { kind: 'offering'; noun: Offering } | { kind: 'expert'; noun: Expert }

/** Every conflict between a demand's side and a supply, as far as it is known. */
export function conflictsOf(supply: Opposite, ties: Ties, today: string): Conflict[] {
  const found = supply.kind === 'expert' ? ofExpert(supply.noun, ties, today) : ofOffering(supply.noun, ties)
  // What was declared and found is told once, as declared.
  return found.filter(({ kind }, at) => found.findIndex((each) => each.kind === kind) === at)
}

function ofExpert({ id, affiliations, conflicts }: Expert, ties: Ties, today: string): Conflict[] {
  const employers = affiliations.map(({ institutionId }) => institutionId)
  const isNamed = ({ name }: DeclaredConflict) => ties.names.has(plainName(name))
  const declared = conflicts.filter(isNamed).map(({ kind }): Conflict => ({ kind, isDeclared: true, on: null }))
  const last = ties.joint.get(id)
  const isRecent = last === null || (last !== undefined && last >= yearsBefore(today, ties.rules.jointWorkYears).slice(0, last.length))
  return [
    ...declared,
    ...(ties.people.has(id) ? [seen('same-unit')] : []),
    ...(isRecent ? [{ ...seen('joint-work'), on: last }] : []),
    ...([id, ...employers].some((each) => ties.brokered.has(each)) ? [seen('broker-both-sides')] : []),
  ]
}

function ofOffering({ ownerId }: Offering, ties: Ties): Conflict[] {
  if (ownerId === null) return []
  return [...(ties.people.has(ownerId) ? [seen('same-unit')] : []), ...(ties.brokered.has(ownerId) ? [seen('broker-both-sides')] : [])]
}

const seen = (kind: ConflictKind): Conflict => ({ kind, isDeclared: false, on: null })
const yearsBefore = (day: string, years: number) => `${Number(day.slice(0, 4)) - years}${day.slice(4)}`

/** Those that keep a pairing from being proposed, and those that are said beside it: the market's rules decide. */
export const blocking = (conflicts: readonly Conflict[], { kinds }: ConflictRules) =>
  conflicts.filter(({ kind }) => kinds[kind] === 'block')
export const disclosed = (conflicts: readonly Conflict[], { kinds }: ConflictRules) =>
  conflicts.filter(({ kind }) => kinds[kind] === 'disclose')
