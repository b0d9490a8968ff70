import type { Fields } from './texts.ts'

/**
 * A listing as it counts in the index: what it says over and over counts once. Where a clause stands four times, all that is repeated is
 * left out, and what is repeated in one row is said once; somebody who repeats a word gains nothing by it, and somebody who does not loses nothing.
 */
export function unstuffed({ title, body, keywords }: Fields): Fields {
  return { title: saidOnce(title), body: saidOnce(body), keywords: saidOnce(keywords) }
}

/** The shortest text in which anything can be repeated that often. */
const shortest = 12
/** What comes again is how people write; what comes a fourth time is stuffing. */
const stuffed = 4

function saidOnce(text: string): string {
  if (text.length < shortest || isVaried(text)) return text
  const row = inOneRow(text)
  const clauses = row.split(/(?<=[，,。；;！!？?\n])/)
  const counts = new Map<string, number>()
  for (const clause of clauses) counts.set(bare(clause), (counts.get(bare(clause)) ?? 0) + 1)
  const isStuffed = row !== text || [...counts].some(([clause, count]) => clause.length >= shortestClause && count >= stuffed)
  const seen = new Set<string>()
  return clauses
    .filter((clause) => {
      const isRepeated = isStuffed && seen.has(bare(clause)) && bare(clause).length >= shortestClause
      seen.add(bare(clause))
      return !isRepeated
    })
    .join('')
}

/** Whether nearly every run of four characters is another: nothing comes again often enough to look closer, which takes long. */
function isVaried(text: string): boolean {
  const runs = new Set<string>()
  for (let at = 0; at + 4 <= text.length; at++) runs.add(text.slice(at, at + 4))
  return runs.size >= varied * (text.length - 3)
}
const varied = 0.75

/** 见图1, and 是, may well come again. */
const shortestClause = 4
const bare = (clause: string) => clause.replaceAll(/[\s，,。.；;！!？?]/g, '')

/** 焊接焊接焊接 is 焊接; rows of figures and of dots stay. */
function inOneRow(text: string): string {
  return text.replaceAll(/(.{2,120}?)\1{2,}/gsu, (row, once: string) => (/\p{L}/u.test(once) ? once : row))
}
