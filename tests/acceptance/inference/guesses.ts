import { isLost, type Outward } from '../../../src/demands/anonymity.ts'
import type { DemandView } from '../../../src/demands/demand.ts'
import { lostAmong } from '../../../src/demands/likeness.ts'
import type { Profile } from '../../../src/demands/profile.ts'
import { isWithin } from '../../../src/platform/codes/codes.ts'
import type { random } from '../../../src/platform/random.ts'
import { type Likeness, likenesses } from './comparing.ts'
import type { Known } from './outsider.ts'

/** What somebody outside thinks of whose demand it is: a weight for each enterprise that it could be. */
export type Guess = Map<string, number>

/** Every way of guessing that we could think of, by its name; the likeliest is named. */
export function guessesOf(known: Known, demand: DemandView, compare: Comparing): Record<string, Guess> {
  const { profiles } = compare
  const fitting = profiles.filter((profile) => fits(demand, profile))
  const among = fitting.length > 0 ? fitting : profiles
  const texts = textsOf(demand)
  const lost = lostAmong(texts, profiles)
  // The rule is no secret: who would have been told something else is not the one, nor who could not have published this.
  const alike = among.filter(({ id, region, classification }) => {
    const { outward, telling } = lost({ enterpriseId: id, region, classification })
    return telling.size === 0 && same(outward, demand)
  })
  const left = alike.length > 0 ? alike : among
  const weighed = (those: readonly Profile[], weight: (profile: Profile) => number): Guess =>
    new Map(those.map((profile) => [profile.id, weight(profile)]))
  const question = texts.join('\n')
  const text = Object.fromEntries(Object.entries(compare.likenesses).map(([name, likeness]) => [name, likeness(question)]))
  const times = timesOf(known, demand)
  const matched = known.matched.get(demand.id) ?? []
  const found = rankFound(known, demand.id)
  const neighbours = compare.neighbours.get(demand.id) ?? []
  const byText = Object.fromEntries(
    Object.entries(text).flatMap(([name, of]) => [
      [`${name}, among whom the place fits`, weighed(among, ({ id }) => of.get(id)!)],
      [`${name}, among whom the rule leaves`, weighed(left, ({ id }) => of.get(id)!)],
      [`${name}, the second best`, second(weighed(among, ({ id }) => of.get(id)!))],
    ]),
  )
  const best = scaled(weighed(left, ({ id }) => text['words that are rare']!.get(id)!))
  return {
    chance: weighed(left, () => compare.pick.next()),
    ...byText,
    'when others of it were published': weighed(left, ({ id }) => times(id)),
    'what is proposed for it': weighed(left, ({ id }) => (matched.includes(id) ? 1 / (1 + matched.indexOf(id)) : 0)),
    'what is never proposed for it': weighed(left, ({ id }) =>
      compare.offers.has(id) && !matched.includes(id) ? 1 + best.get(id)! : best.get(id)!,
    ),
    'what finds it': weighed(left, ({ id }) => found(id)),
    'who stands beside it in lists': weighed(left, ({ id }) => (neighbours.includes(id) ? 1 : 0)),
    'all of it together': weighed(
      left,
      ({ id }) => best.get(id)! + times(id) + (matched[0] === id ? 0.5 : 0) + found(id) + (neighbours.includes(id) ? 0.2 : 0),
    ),
  }
}

/** What is worked out once for all demands. */
export interface Comparing {
  profiles: readonly Profile[]
  likenesses: Record<string, Likeness>
  /** Enterprises that offer something. */
  offers: ReadonlySet<string>
  /** Demand → enterprises whose public demands stand before and after it. */
  neighbours: Map<string, string[]>
  pick: ReturnType<typeof random>
}

export function comparing(known: Known, profiles: readonly Profile[], pick: Comparing['pick']): Comparing {
  const named = (from: number, step: number) => {
    for (let at = from + step; at >= 0 && at < known.demands.length; at += step) {
      const { enterpriseId } = known.demands[at]!
      if (enterpriseId !== null) return [enterpriseId]
    }
    return []
  }
  return {
    profiles,
    likenesses: likenesses(profiles),
    offers: new Set(known.offerings.flatMap(({ ownerId }) => ownerId ?? [])),
    neighbours: new Map(known.demands.map(({ id }, at) => [id, [...named(at, -1), ...named(at, 1)]])),
    pick,
  }
}

/** Whom the guess names: the likeliest, and of several the first by id. */
export function named(guess: Guess): string | null {
  const [best] = [...guess].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  return best?.[0] ?? null
}

export function textsOf({
  title,
  teaser,
  problem,
  currentState,
  tried,
  ownConditions,
  indicators,
  keywords,
  constraints,
}: DemandView): string[] {
  return [
    title,
    teaser,
    problem,
    currentState,
    tried,
    ownConditions,
    ...indicators.map(({ text }) => text),
    ...keywords,
    ...constraints,
  ].filter((text) => text !== null)
}

function fits({ region, classification }: Outward, enterprise: Outward): boolean {
  return isLost(
    { region, classification },
    Array.from({ length: 5 }, () => enterprise),
  )
}

function same(a: Outward, b: Outward): boolean {
  const codes = ({ classification }: Outward) =>
    classification
      .map(({ scheme, code }) => `${scheme} ${code}`)
      .sort()
      .join()
  const [one, other] = [a.region, b.region]
  return codes(a) === codes(b) && (one === null ? other === null : other !== null && isWithin(one, other) && isWithin(other, one))
}

/** Who published under his name on the same day, or was registered in the same month. */
function timesOf(known: Known, { publishedAt }: DemandView): (id: string) => number {
  const day = publishedAt?.slice(0, 10)
  const active = new Set([
    ...known.demands
      .filter((other) => other.enterpriseId !== null && other.publishedAt?.slice(0, 10) === day)
      .map(({ enterpriseId }) => enterpriseId!),
    ...known.offerings.filter((other) => other.publishedAt?.slice(0, 10) === day).map(({ ownerId }) => ownerId!),
  ])
  const close = new Set(
    [...known.demands, ...known.offerings]
      .filter(({ createdAt, updatedAt }) => [createdAt, updatedAt].some((at) => at.slice(0, 10) === day))
      .flatMap((row) => ('enterpriseId' in row ? row.enterpriseId : row.ownerId) ?? []),
  )
  const fresh = new Set(
    known.enterprises
      .filter(({ createdAt, updatedAt }) => [createdAt, updatedAt].some((at) => at.slice(0, 10) === day))
      .map(({ id }) => id),
  )
  const recent = new Set(known.enterprises.filter(({ createdAt }) => createdAt.slice(0, 7) === day?.slice(0, 7)).map(({ id }) => id))
  return (id) => (active.has(id) ? 1 : 0) + (close.has(id) ? 0.5 : 0) + (fresh.has(id) ? 1 : 0) + (recent.has(id) ? 0.3 : 0)
}

/** How high a demand stands among what an enterprise's own words find. */
function rankFound(known: Known, demandId: string): (enterpriseId: string) => number {
  const scores = new Map<string, number>()
  for (const { id, name, products } of known.enterprises) {
    let best = 0
    for (const word of [name, ...products]) {
      const at = known.found.get(word)?.indexOf(demandId) ?? -1
      if (at >= 0) best = Math.max(best, 1 / (1 + at))
    }
    scores.set(id, best)
  }
  return (id) => scores.get(id) ?? 0
}

/** The best let pass: who knows that the market lets nobody stand out looks behind the one who does. */
function second(guess: Guess): Guess {
  const best = named(guess)
  return guess.size < 2 ? guess : new Map([...guess].filter(([id]) => id !== best))
}

function scaled(guess: Guess): Guess {
  const most = Math.max(1e-9, ...guess.values())
  return new Map([...guess].map(([id, weight]) => [id, weight / most]))
}
