/** In Latin letters, of which a Chinese character takes two. */
const widest = 80
/** Shorter ones say too little alone. */
const shortest = 4

/** The first clause of a text: up to a mark, at most some forty characters, and never into a Latin word. */
export function clauseOf(text: string): string {
  const line = text.trim().split('\n')[0]!.replaceAll(/\s+/g, ' ').trim()
  for (const mark of line.matchAll(/[，。；：！？;!?]|[,:](?!\d)|\.(?=\s|$)/g)) {
    if (mark.index < shortest) continue
    return shortened(line.slice(0, mark.index))
  }
  return shortened(line)
}

function shortened(clause: string): string {
  const cut = clause.slice(0, lengthWithin(clause))
  if (cut.length === clause.length) return clause.trim()
  const isWithinWord = /[\w-]$/.test(cut) && /^[\w-]/.test(clause.slice(cut.length))
  const at = isWithinWord ? cut.search(/[^\w-][\w-]*$/) : -1
  return (at > shortest ? cut.slice(0, at + 1) : cut).replace(/[\s、（(]+$/, '')
}

/** How much of a text is no wider than a title; whole characters. */
function lengthWithin(text: string): number {
  let [length, width] = [0, 0]
  for (const character of text) {
    width += /[\u2E80-\uFFEF]|[^\0-\uFFFF]/u.test(character) ? 2 : 1
    if (width > widest) break
    length += character.length
  }
  return length
}
