import { Converter } from 'opencc-js/t2cn'

/** The tokens of a text by class, in order, repeated as often as they occur. */
export interface Tokens {
  /** Single Han characters. */
  characters: string[]
  /** Two Han characters next to each other: 高温合金 has 高温, 温合, 合金. */
  pairs: string[]
  /** Latin, Greek and other letters and numbers: al2o3, tc4, 3.5. */
  words: string[]
}

/** A run of Han characters (first group), or a run of other letters and digits; a full stop counts only between two digits. */
const runs = /(\p{Script=Han}+)|(?:[[\p{L}\p{M}\p{N}]--\p{Script=Han}]|(?<=\d)\.(?=\d))+/gv

export function tokensOf(text: string): Tokens {
  const tokens: Tokens = { characters: [], pairs: [], words: [] }
  for (const [run, han] of normalise(text).matchAll(runs)) {
    if (han === undefined) {
      tokens.words.push(run)
      continue
    }
    let previous = ''
    for (const character of run) {
      tokens.characters.push(character)
      if (previous !== '') tokens.pairs.push(previous + character)
      previous = character
    }
  }
  return tokens
}

/** The one written form that is compared: compatibility forms folded (ＴＣ４, ₂), lower case, simplified characters and mainland terms. */
export function normalise(text: string): string {
  const folded = text.normalize('NFKC').toLowerCase()
  return hasTraditional(folded) ? folded.replace(hanRun, (run) => (hasTraditional(run) ? simplified(run) : run)) : folded
}

/**
 * Converted run by run, and only where a traditional character stands: the Taiwanese terms would otherwise change
 * mainland ones that are written alike (程序 is 进程 there, 智慧 is 智能).
 */
const hanRun = /\p{Script=Han}+/gv
const simplified = Converter({ from: 'twp', to: 'cn' })

/** Characters that change when converted alone but are good simplified writing too: 蚌埠, 乾坤, 著作, 奏摺, 象徵. */
const alsoSimplified = '埠幺乾著薹拚捱摺吒徵夥榘袷麴醣醯'

/** One flag for every UTF-16 unit from 㐀 to the end of the basic Han block. */
const traditional = new Uint8Array(0xa000)
for (let unit = 0x3400; unit < traditional.length; unit++) {
  const character = String.fromCharCode(unit)
  if (simplified(character) !== character && !alsoSimplified.includes(character)) traditional[unit] = 1
}

function hasTraditional(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (traditional[text.charCodeAt(i)] === 1) return true
  return false
}
