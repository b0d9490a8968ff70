import { tokensOf } from '../platform/search/tokens.ts'
import { type Cell, cellsOf, leastLost, type Outward, toldOf } from './anonymity.ts'
import type { Profile } from './profile.ts'

/** How a demand's enterprise is lost among the others, to those who compare what they read of it with what enterprises publish. */
export interface Loss {
  outward: Outward
  /** The tokens by which its own enterprise still stands out among all; none where it does not. */
  telling: ReadonlySet<string>
}

/**
 * The most that may be told of place and codes so that a guess by the texts names the demand's own enterprise no better than one in
 * five. Who knows this rule guesses no better either: five enterprises or more, had they written it, would have been told the same.
 * Where even nothing told is too much, the words are named that give it away.
 */
export function lossOf(own: Written, texts: readonly string[], profiles: readonly Profile[]): Loss {
  return lostAmong(texts, profiles)(own)
}

/** The same for the same texts by whoever they may be. */
export function lostAmong(texts: readonly string[], profiles: readonly Profile[]): (own: Written) => Loss {
  const byId = new Map(profiles.map((profile) => [profile.id, profile]))
  const cells = cellsOf(profiles)
  const evidence = evidenceOf(texts, profiles)
  const likeness = new Map(profiles.map((profile) => [profile, sum(evidence.get(profile)!.values())]))
  const chances = memoised((cell: Cell<Profile>) => chancesIn(cell, likeness))
  const lostIn = memoised((profile: Profile) => ancestry(cells.get(profile)!).find((cell) => chances(cell).get(profile)! <= 1 / leastLost))
  const isCrowded = memoised((cell: Cell<Profile>) => cell.members.filter((member) => lostIn(member) === cell).length >= leastLost)
  return (own) => {
    const owner = byId.get(own.enterpriseId)
    // Where hardly anybody is registered yet nobody is lost, whatever he writes.
    if (owner === undefined || profiles.length < leastLost) return { outward: nothingTold, telling: new Set() }
    const lost = lostIn(owner)
    if (lost === undefined) return { outward: nothingTold, telling: tellingTokens(owner, evidence) }
    const cell = ancestry(lost).find((each) => each.parent === null || isCrowded(each))!
    return { outward: toldOf(own, cell), telling: new Set() }
  }
}

type Written = Outward & { enterpriseId: string }
const nothingTold: Outward = { region: null, classification: [] }

type Evidence = Map<Profile, Map<string, number>>

/**
 * What each token of the text says for each enterprise: the logarithm of how much likelier it is where half of what an enterprise writes
 * is in its own words, and half in everybody's. Pairs overlap, each character stands in two, and count half.
 */
function evidenceOf(texts: readonly string[], profiles: readonly Profile[]): Evidence {
  const asked = new Set(texts.flatMap(unitsOf))
  const counted = profiles.map((profile) => {
    const counts = new Map<string, number>()
    const units = profile.texts.flatMap(unitsOf)
    for (const unit of units) if (asked.has(unit)) counts.set(unit, (counts.get(unit) ?? 0) + 1)
    return { profile, counts, length: units.length }
  })
  const length = sum(counted.map((each) => each.length))
  const all = new Map<string, number>()
  for (const { counts } of counted) for (const [unit, count] of counts) all.set(unit, (all.get(unit) ?? 0) + count)
  return new Map(
    counted.map(({ profile, counts, length: own }) => [
      profile,
      new Map([...counts].map(([unit, count]) => [unit, weightOf(unit) * Math.log(1 + count / own / (all.get(unit)! / length))])),
    ]),
  )
}

/** The chance of each member of a cell to be the one who wrote it, as far as the text tells. */
function chancesIn(cell: Cell<Profile>, likeness: ReadonlyMap<Profile, number>): Map<Profile, number> {
  const highest = Math.max(...cell.members.map((member) => likeness.get(member)!))
  const odds = cell.members.map((member) => Math.exp(likeness.get(member)! - highest))
  const total = sum(odds)
  return new Map(cell.members.map((member, at) => [member, odds[at]! / total]))
}

/** The strongest tokens first, until the owner is one of many. */
function tellingTokens(owner: Profile, evidence: Evidence): Set<string> {
  const telling = new Set<string>()
  const strongest = [...evidence.get(owner)!].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  const left = new Map([...evidence].map(([profile, tokens]) => [profile, sum(tokens.values())]))
  const whole = { outward: nothingTold, members: [...evidence.keys()], parent: null }
  for (const [token] of strongest) {
    if (chancesIn(whole, left).get(owner)! <= 1 / leastLost) break
    telling.add(token)
    for (const [profile, tokens] of evidence) left.set(profile, left.get(profile)! - (tokens.get(token) ?? 0))
  }
  return telling
}

const isPair = (unit: string) => /^\p{Script=Han}{2}$/u.test(unit)
const weightOf = (unit: string) => (isPair(unit) ? 0.5 : 1)

function unitsOf(text: string): string[] {
  const { pairs, words } = tokensOf(text)
  return [...pairs, ...words.filter((word) => word.length > 1)]
}

function ancestry(cell: Cell<Profile>): Cell<Profile>[] {
  return cell.parent === null ? [cell] : [cell, ...ancestry(cell.parent)]
}

function memoised<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>()
  return (key) => {
    if (!known.has(key)) known.set(key, compute(key))
    return known.get(key)!
  }
}

function sum(numbers: Iterable<number>): number {
  let total = 0
  for (const number of numbers) total += number
  return total
}
