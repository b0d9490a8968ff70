import { normalise } from './tokens.ts'

/** How the Han characters of a text are read, one syllable a character, with a space between; of each run of them by itself. */
export interface Spoken {
  characters: string
  syllables: string
}

/** Loaded when somebody first writes pinyin: its dictionary takes half a second and 15 MB. */
export async function speaker(): Promise<(text: string) => Spoken[]> {
  const { pinyin } = await import('pinyin-pro')
  return (text) =>
    (normalise(text).match(hanRuns) ?? []).map((characters) => ({
      characters,
      syllables: pinyin(characters, { toneType: 'none', v: true }),
    }))
}
/** Two characters at least, of the basic block: one alone is meant by too many syllables, and rare ones have none. */
const hanRuns = /[\u3400-\u9fff]{2,}/g

/** Letters as somebody writes pinyin, without what stands between syllables; null for what is none: one letter, digits, two words of English. */
export function pinyinWritten(text: string): string | null {
  const letters = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s'’]+/g, '')
    .replaceAll('ü', 'v')
  return /^[a-z]{2,40}$/.test(letters) ? letters : null
}

/** Finds where texts are read, or begin, as somebody wrote. */
export interface PinyinIndex {
  /** The characters so read, those first that stand in the most texts; at most so many. */
  find(letters: string, most: number): string[]
}

/** Whole syllables and initials, each as one long text that is searched at once; a flag marks where a character begins. */
export function pinyinIndex(spoken: readonly Spoken[]): PinyinIndex {
  const sides = [written(spoken, (syllable) => syllable), written(spoken, (syllable) => syllable.slice(0, 1))]
  return {
    find(letters, most) {
      const counts = new Map<string, number>()
      for (const side of sides) for (const found of occurrences(side, spoken, letters)) counts.set(found, (counts.get(found) ?? 0) + 1)
      return [...counts]
        .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
        .slice(0, most)
        .map(([characters]) => characters)
    },
  }
}

interface Side {
  letters: string
  /** 1 where a character begins. */
  begins: Uint8Array
  /** Where each run begins, in order. */
  runs: Uint32Array
}

function written(spoken: readonly Spoken[], read: (syllable: string) => string): Side {
  const parts: string[] = []
  const runs = new Uint32Array(spoken.length)
  const starts: number[] = []
  let at = 0
  for (const [index, { syllables }] of spoken.entries()) {
    runs[index] = at
    for (const syllable of syllables.split(' ')) {
      starts.push(at)
      const part = read(syllable)
      parts.push(part)
      at += part.length
    }
    parts.push('\n')
    starts.push(at++)
  }
  const begins = new Uint8Array(at + 1)
  for (const start of starts) begins[start] = 1
  return { letters: parts.join(''), begins, runs }
}

/** As often as a word that stands everywhere need be counted. */
const countedAtMost = 2_000

function* occurrences({ letters, begins, runs }: Side, spoken: readonly Spoken[], sought: string): Generator<string> {
  let counted = 0
  for (let at = letters.indexOf(sought); at >= 0 && counted < countedAtMost; at = letters.indexOf(sought, at + 1)) {
    if (begins[at] !== 1 || begins[at + sought.length] !== 1) continue
    const run = lastAtOrBefore(runs, at)
    const count = (from: number, to: number) => begins.subarray(from, to).reduce((sum, each) => sum + each, 0)
    const first = count(runs[run]!, at)
    const length = count(at, at + sought.length)
    if (length < 2) continue
    counted++
    yield spoken[run]!.characters.slice(first, first + length)
  }
}

function lastAtOrBefore(sorted: Uint32Array, value: number): number {
  let [low, high] = [0, sorted.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (sorted[middle]! <= value) low = middle
    else high = middle - 1
  }
  return low
}
