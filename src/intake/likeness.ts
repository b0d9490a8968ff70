/** Half of the pairs of characters in common: the same problem in other words, by one firm. */
export const alike = 0.5

export interface Likened {
  title: string
  text: string
}

/** Whether two needs of one firm seem to be the same: by their names, of which one may be part of the other, or by all that they say. */
export function areAlike(a: Likened, b: Likened): boolean {
  const { title, text } = likeness(a, b)
  return title >= alike || text >= alike
}

/** How much two needs have in common, 0 to 1: of the shorter name, and of all that they say. */
export function likeness(a: Likened, b: Likened): { title: number; text: number } {
  return { title: shared(a.title, b.title, Math.min), text: shared(a.text, b.text, (x, y) => (x + y) / 2) }
}

/** The share of pairs of characters that two texts have in common, 0 to 1, of what `of` makes of their counts. */
function shared(a: string, b: string, of: (a: number, b: number) => number): number {
  const [first, second] = [pairsOf(a), pairsOf(b)]
  const whole = of(first.size, second.size)
  if (whole < 3) return 0
  return first.intersection(second).size / whole
}

function pairsOf(text: string): Set<string> {
  const characters = [
    ...text
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/[\p{P}\p{S}\s]+/gu, ''),
  ]
  return new Set(characters.slice(1).map((character, at) => `${characters[at]}${character}`))
}
