/** A name is no sentence. */
const longestTitle = 60
const shortestTitle = 4

/** The name of a need that has none of its own: the first words of what it says, to a mark at which one may stop. */
export function titleOf(text: string): string {
  const line = text.trim().split('\n')[0]!.trim()
  const marks = [...line.matchAll(/[，。；;：:！？!?（(]|,(?!\d)|\.(?=\s|$)/g)].map(({ index }) => index)
  const end = marks.find((index) => [...line.slice(0, index)].length >= shortestTitle) ?? line.length
  return cutAt(line.slice(0, end).trim(), longestTitle)
}

/** At most so many characters, and no Latin word in half. */
export function cutAt(text: string, most: number): string {
  const characters = [...text]
  if (characters.length <= most) return text
  const cut = characters.slice(0, most).join('')
  const word = /[\p{L}\p{N}]$/u.test(cut) && /^[a-z0-9]/i.test(characters[most]!) ? /\s+\S*$/.exec(cut) : null
  return (word !== null && word.index > most / 2 ? cut.slice(0, word.index) : cut).trim()
}
