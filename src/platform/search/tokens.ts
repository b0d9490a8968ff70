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

/** What is told of each token of a text, in order. Han characters are given as code points: no string is made of them. */
export interface TokenVisitor {
  character(code: number): void
  pair(first: number, second: number): void
  word(word: string): void
}

export function tokensOf(text: string): Tokens {
  const tokens: Tokens = { characters: [], pairs: [], words: [] }
  eachToken(text, {
    character: (code) => tokens.characters.push(String.fromCodePoint(code)),
    pair: (first, second) => tokens.pairs.push(String.fromCodePoint(first) + String.fromCodePoint(second)),
    word: (word) => tokens.words.push(word),
  })
  return tokens
}

/** Reads a text without making strings of its characters and pairs: the index reads millions of them. */
export function eachToken(text: string, visitor: TokenVisitor): void {
  const written = normalise(text)
  /** The Han character just before, or 0. */
  let previous = 0
  /** Where the word began that we are in, or -1. */
  let begun = -1
  for (let at = 0, width = 1; at < written.length; at += width) {
    const unit = written.charCodeAt(at)
    const code = isSurrogate(unit) ? written.codePointAt(at)! : unit
    width = code > 0xffff ? 2 : 1
    const kind = code === fullStop && isBetweenDigits(written, at) ? letter : kindOf(code)
    if (kind === letter) {
      if (begun < 0) begun = at
    } else if (begun >= 0) {
      visitor.word(written.slice(begun, at))
      begun = -1
    }
    if (kind === han) {
      visitor.character(code)
      if (previous !== 0) visitor.pair(previous, code)
    }
    previous = kind === han ? code : 0
  }
  if (begun >= 0) visitor.word(written.slice(begun))
}

/** What a character is to us: nothing, a Han character, or part of a word (letters, marks and numbers). */
const nothing = 0
const han = 1
const letter = 2
const kindOf = (code: number): number => (code <= 0xffff ? kinds[code]! : kindByName(String.fromCodePoint(code)))
const kindByName = (character: string): number =>
  /\p{Script=Han}/v.test(character) ? han : /[\p{L}\p{M}\p{N}]/v.test(character) ? letter : nothing
const kinds = Uint8Array.from({ length: 0x10000 }, (_, code) => kindByName(String.fromCharCode(code)))

const isSurrogate = (unit: number): boolean => (unit & 0xf800) === 0xd800

/** A full stop is part of a word only here: 3.5. */
const fullStop = 0x2e
const isBetweenDigits = (text: string, at: number): boolean => isDigit(text.charCodeAt(at - 1)) && isDigit(text.charCodeAt(at + 1))
const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39

/** The one written form that is compared: compatibility forms folded (ＴＣ４, ₂), lower case, simplified characters and mainland terms. */
export function normalise(text: string): string {
  return inSimplified(text.normalize('NFKC').toLowerCase())
}

/** Simplified characters and mainland terms; everything else as it was written. */
export function inSimplified(text: string): string {
  return hasTraditional(text) ? text.replace(hanRun, (run) => (hasTraditional(run) ? simplified(run) : run)) : text
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
