import type { Profile } from '../../../src/demands/profile.ts'
import { normalise } from '../../../src/platform/search/tokens.ts'

/** Text → enterprise → how much alike. */
export type Likeness = (text: string) => Map<string, number>

/** Several ways of comparing a text with what enterprises publish; none is the one by which the market itself compares. */
export function likenesses(profiles: readonly Profile[]): Record<string, Likeness> {
  return {
    'BM25 over pairs': bm25(profiles, (text) => grams(text, 2)),
    'BM25 over runs of three': bm25(profiles, (text) => grams(text, 3)),
    'BM25 over single characters': bm25(profiles, (text) => grams(text, 1)),
    'cosine over pairs': cosine(profiles, (text) => grams(text, 2)),
    'words that are rare': rare(profiles),
    'the longest run in common': longest(profiles),
  }
}

type Cut = (text: string) => string[]

function grams(text: string, length: number): string[] {
  return normalise(text)
    .split(/[^\p{L}\p{N}]+/u)
    .flatMap((run) => {
      if (/^[\p{ASCII}]+$/u.test(run)) return [run]
      const letters = [...run]
      return Array.from({ length: Math.max(0, letters.length - length + 1) }, (_, at) => letters.slice(at, at + length).join(''))
    })
}

function counted(profiles: readonly Profile[], cut: Cut) {
  const documents = profiles.map(({ id, texts }) => {
    const terms = texts.flatMap(cut)
    const counts = new Map<string, number>()
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
    return { id, counts, length: terms.length }
  })
  const holders = new Map<string, number>()
  for (const { counts } of documents) for (const term of counts.keys()) holders.set(term, (holders.get(term) ?? 0) + 1)
  const idf = (term: string) => Math.log(1 + (documents.length - (holders.get(term) ?? 0) + 0.5) / ((holders.get(term) ?? 0) + 0.5))
  return { documents, holders, idf }
}

function bm25(profiles: readonly Profile[], cut: Cut): Likeness {
  const { documents, idf } = counted(profiles, cut)
  const mean = documents.reduce((sum, { length }) => sum + length, 0) / documents.length
  return (text) => {
    const asked = new Set(cut(text))
    return new Map(
      documents.map(({ id, counts, length }) => {
        let score = 0
        for (const term of asked) {
          const count = counts.get(term)
          if (count !== undefined) score += (idf(term) * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * length) / mean))
        }
        return [id, score]
      }),
    )
  }
}

function cosine(profiles: readonly Profile[], cut: Cut): Likeness {
  const { documents, idf } = counted(profiles, cut)
  const lengths = new Map(
    documents.map(({ id, counts }) => [
      id,
      Math.sqrt([...counts].reduce((sum, [term, count]) => sum + ((1 + Math.log(count)) * idf(term)) ** 2, 0)),
    ]),
  )
  return (text) => {
    const asked = new Set(cut(text))
    return new Map(
      documents.map(({ id, counts }) => {
        let score = 0
        for (const term of asked) if (counts.has(term)) score += (1 + Math.log(counts.get(term)!)) * idf(term) ** 2
        return [id, score / Math.max(1e-9, lengths.get(id)!)]
      }),
    )
  }
}

/** What hardly anybody else writes counts, and nothing else. */
function rare(profiles: readonly Profile[]): Likeness {
  const { documents, holders } = counted(profiles, (text) => [...grams(text, 2), ...grams(text, 3)])
  return (text) => {
    const asked = [...new Set([...grams(text, 2), ...grams(text, 3)])].filter((term) => holders.has(term))
    return new Map(
      documents.map(({ id, counts }) => [id, asked.reduce((sum, term) => sum + (counts.has(term) ? 1 / holders.get(term)! ** 2 : 0), 0)]),
    )
  }
}

function longest(profiles: readonly Profile[]): Likeness {
  const written = profiles.map(({ id, texts }) => ({ id, text: normalise(texts.join('\n')) }))
  return (text) => {
    const asked = normalise(text).split(/[^\p{L}\p{N}]+/u)
    return new Map(
      written.map(({ id, text: own }) => {
        let best = 1
        for (const run of asked)
          for (let at = 0; at + best < run.length; )
            if (own.includes(run.slice(at, at + best + 1))) best++
            else at++
        return [id, best]
      }),
    )
  }
}
