import { tokensOf } from '../platform/search/tokens.ts'
import type { MatchEvidence } from './match.ts'

/** A text that may be quoted to the reader, with where it stands. */
export interface Quotable {
  source: MatchEvidence['source']
  text: string
}

/**
 * The sentence of the supply that answers the demand best, beside the need that it answers: the pair of sentences that shares
 * most, where rarer things (character pairs, words) count more than single characters. At most `count` pairs, of different
 * sentences, best first. Without any shared token the first sentence stands for the text.
 */
export function evidencePairs(needs: readonly string[], quotables: readonly Quotable[], count: number): MatchEvidence[] {
  const wanted = needs.flatMap(sentences).map((text) => ({ text, tokens: weighted(text) }))
  const everyNeed = merged(wanted.map(({ tokens }) => tokens))
  const offered = quotables.flatMap(({ source, text }, rank) =>
    sentences(text).map((sentence) => ({ source, sentence, tokens: weighted(sentence), rank })),
  )
  const best = offered
    .map((each) => ({ ...each, value: likeness(everyNeed, each.tokens) }))
    .sort((a, b) => b.value - a.value || a.rank - b.rank)
  const chosen = best.filter(({ value }, at) => at === 0 || value > 0).slice(0, count)
  return chosen.map(({ source, sentence, tokens }) => ({ source, sentence, need: nearestNeed(wanted, tokens) }))
}

function nearestNeed(wanted: { text: string; tokens: Map<string, number> }[], tokens: Map<string, number>): string {
  const scores = wanted.map(({ tokens: need }) => likeness(need, tokens))
  const at = scores.indexOf(Math.max(...scores))
  return wanted[at]?.text ?? ''
}

/** Terms of two characters or more that both share, longest first: what a reason names. */
export function sharedTerms(one: string, other: string, count: number): string[] {
  const theirs = new Set(terms(other))
  const shared = [...new Set(terms(one))].filter((term) => theirs.has(term))
  return grown(one, other, shared)
    .sort((a, b) => b.length - a.length)
    .slice(0, count)
}

/** Characters of grammar: a pair with one of them names no subject. Only what is shown depends on it, never the ranking. */
const grammar =
  /[的了和是在为与及其等于把被将也都就还而且或但我你他她它们这那哪个些各每很更最不没有要想用可能会使让给从到对向由之以所着过得地吗呢]/

const terms = (text: string) => {
  const { pairs, words } = tokensOf(text)
  return [...pairs.filter((pair) => !grammar.test(pair)), ...words.filter((word) => word.length > 1 && !/^\d+$/.test(word))]
}

/** Pairs that overlap in both texts are one longer term: 焊接 and 接变 and 变形 are 焊接变形. */
function grown(one: string, other: string, pairs: string[]): string[] {
  const found = new Set<string>()
  for (const pair of pairs) {
    let term = pair
    for (let grew = true; grew && term.length < 12; ) {
      grew = false
      for (const next of pairs) {
        const longer = term + next.slice(1)
        if (term.endsWith(next[0]!) && one.includes(longer) && other.includes(longer)) {
          term = longer
          grew = true
          break
        }
      }
    }
    found.add(term)
  }
  return [...found].filter((term) => ![...found].some((longer) => longer !== term && longer.includes(term)))
}

/** Sentences as a reader quotes them: to the full stop or semicolon; over-long ones are cut at a comma. */
export function sentences(text: string): string[] {
  return text
    .split(/(?<=[。！？!?；;])|\n/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length > 3)
    .map((sentence) =>
      sentence.length <= 160
        ? sentence
        : `${sentence.slice(0, Math.max(sentence.lastIndexOf('，', 159), sentence.lastIndexOf(',', 159), 100))}……`,
    )
}

/** Single characters weigh little: nearly every sentence shares some. */
function weighted(text: string): Map<string, number> {
  const { characters, pairs, words } = tokensOf(text)
  return new Map([
    ...characters.map((token) => [token, 0.2] as const),
    ...pairs.map((token) => [token, 1] as const),
    ...words.map((token) => [token, 1] as const),
  ])
}

function merged(maps: Map<string, number>[]): Map<string, number> {
  return new Map(maps.flatMap((each) => [...each]))
}

/** Shared weight over the geometric mean of both weights: long sentences do not win by length alone. */
function likeness(one: Map<string, number>, other: Map<string, number>): number {
  let shared = 0
  for (const [token, weight] of other) if (one.has(token)) shared += weight
  const size = (map: Map<string, number>) => Math.sqrt([...map.values()].reduce((sum, weight) => sum + weight, 0))
  return shared === 0 ? 0 : shared / (size(other) * Math.sqrt(size(one)))
}
