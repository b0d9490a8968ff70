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
  const crowds = memoised((cell: Cell<Profile>) => crowdOf(cell.members, evidence))
  const isLostIn = (profile: Profile, cell: Cell<Profile>) =>
    crowds(cell).chance(profile) <= 1 / leastLost && crowds(cell).standingOut(profile).length === 0
  const lostIn = memoised((profile: Profile) => ancestry(cells.get(profile)!).find((cell) => isLostIn(profile, cell)))
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

/** What the tokens of a text say for each enterprise that publishes them too: how much likelier they are where it wrote it. */
type Evidence = Map<Profile, Map<string, { ratio: number; isEveryday: boolean }>>

/** Half of what an enterprise writes is taken to be in its own words, and half in everybody's. */
function evidenceOf(texts: readonly string[], profiles: readonly Profile[]): Evidence {
  const asked = new Set(texts.flatMap(unitsOf))
  const counted = profiles.map((profile) => {
    const counts = new Map<string, number>()
    const units = profile.texts.flatMap(unitsOf)
    for (const unit of units) if (asked.has(unit)) counts.set(unit, (counts.get(unit) ?? 0) + 1)
    return { profile, counts, length: units.length }
  })
  const length = sum(counted.map((each) => each.length))
  const all = new Map<string, { count: number; trades: Set<string> }>()
  for (const { profile, counts } of counted) {
    for (const [unit, count] of counts) {
      const known = all.get(unit) ?? { count: 0, trades: new Set() }
      all.set(unit, { count: known.count + count, trades: known.trades.add(tradeOf(profile)) })
    }
  }
  return new Map(
    counted.map(({ profile, counts, length: own }) => {
      const said = [...counts].map(([unit, count]) => {
        const { count: total, trades } = all.get(unit)!
        // What five trades publish is language, and no trade's word.
        return [unit, { ratio: 1 + count / own / (total / length), isEveryday: trades.size >= leastLost }] as const
      })
      return [profile, new Map(said)]
    }),
  )
}

/** Some enterprises, to those who guess by a text which of them wrote it. */
function crowdOf(members: readonly Profile[], evidence: Evidence, without: ReadonlySet<string> = new Set()) {
  const likeness = new Map(members.map((member) => [member, likenessOf(evidence.get(member)!, without)]))
  const highest = Math.max(...likeness.values())
  const odds = sum([...likeness.values()].map((each) => Math.exp(each - highest)))
  const byToken = new Map<string, number>()
  for (const member of members)
    for (const [token, { ratio }] of evidence.get(member)!) byToken.set(token, (byToken.get(token) ?? members.length) + ratio - 1)
  return {
    /** The chance that it was this one, by all of the text. */
    chance: (member: Profile) => Math.exp(likeness.get(member)! - highest) / odds,
    /** The tokens of which one alone would name it better than one in five. */
    standingOut: (member: Profile) =>
      [...evidence.get(member)!].flatMap(([token, { ratio, isEveryday }]) =>
        isEveryday || ratio / byToken.get(token)! <= 1 / leastLost ? [] : token,
      ),
  }
}

/** What stands out by itself, and then the strongest tokens, until the owner is one of many. */
function tellingTokens(owner: Profile, evidence: Evidence): Set<string> {
  const everybody = [...evidence.keys()]
  const telling = new Set(crowdOf(everybody, evidence).standingOut(owner))
  const own = evidence.get(owner)!
  const strongest = [...own.keys()].sort((a, b) => own.get(b)!.ratio - own.get(a)!.ratio || (a < b ? -1 : 1))
  for (const token of strongest) {
    if (crowdOf(everybody, evidence, telling).chance(owner) <= 1 / leastLost) break
    telling.add(token)
  }
  return telling
}

/** Pairs overlap, each character stands in two: taken together each counts half. */
function likenessOf(tokens: ReadonlyMap<string, { ratio: number }>, without: ReadonlySet<string>): number {
  let likeness = 0
  for (const [token, { ratio }] of tokens) if (!without.has(token)) likeness += Math.log(ratio) / (isHan(token) ? 2 : 1)
  return likeness
}

const isHan = (token: string) => /^\p{Script=Han}/u.test(token)
const tradeOf = ({ classification }: Outward) => classification.find(({ scheme }) => scheme === 'gbt4754')?.code ?? ''

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
