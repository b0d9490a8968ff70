import { lineCounter, openScan, type Scan, skipBlank, step, until } from './scan.ts'

/** One entry as it stands in a file: values as they are written, without the delimiters around them. */
export interface BibEntry {
  line: number
  /** `article`, `patent` …, in small letters. */
  type: string
  key: string | null
  fields: ReadonlyMap<string, string>
}

/** What could not be read: where it begins, and why. */
export interface BibFault {
  line: number
  rule: 'unclosed-entry' | 'grows-too-long'
}

export interface Bibliography {
  entries: BibEntry[]
  faults: BibFault[]
  /** Characters that were looked at, each as often as it was: what shows that reading takes linear time. */
  steps: number
}

/** `@string` may make a file so much longer, all uses together. */
const expandedAtMost = 200_000

/**
 * Reads BibTeX as programs and people write it: braces and quotation marks nested, `@string` and `#`, and what BibTeX itself would refuse:
 * commas of full width or none at all, no key. What cannot be read is named with its line, and what follows is read on.
 */
export function readBibtex(text: string): Bibliography {
  const scan = openScan(text)
  const reading: Reading = { scan, strings: new Map(months), left: expandedAtMost, hasGrown: false }
  const lineOf = lineCounter(text)
  const found: Bibliography = { entries: [], faults: [], steps: 0 }
  for (let start = text.indexOf('@'); start !== -1; start = text.indexOf('@', scan.at)) {
    scan.steps += start - scan.at + 1
    scan.at = start + 1
    scan.begin()
    reading.hasGrown = false
    const entry = readEntry(reading)
    if (entry === 'unclosed') {
      found.faults.push({ line: lineOf(start), rule: 'unclosed-entry' })
      scan.recover()
    } else if (entry !== null && reading.hasGrown) found.faults.push({ line: lineOf(start), rule: 'grows-too-long' })
    else if (entry !== null) found.entries.push({ line: lineOf(start), ...entry })
  }
  return { ...found, steps: scan.steps }
}

interface Reading {
  scan: Scan
  /** Null for one that grew too long. */
  strings: Map<string, string | null>
  /** Characters that `@string` may still add. */
  left: number
  hasGrown: boolean
}

type Read = Omit<BibEntry, 'line'> | null | 'unclosed'

/** What BibTeX styles define: months, as numbers. */
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'].map(
  (name, at) => [name, String(at + 1)] as const,
)

/** Null for what is no entry: a comment, a definition, an address with an @ in a text. */
function readEntry(reading: Reading): Read {
  const { scan } = reading
  skipBlank(scan)
  const type = until(scan, (character) => !/[a-z]/i.test(character)).toLowerCase()
  skipBlank(scan)
  const open = scan.peek()
  if (type === '' || (open !== '{' && open !== '(')) return null
  if (type === 'comment' || type === 'preamble') return group(scan, open, open === '{' ? '}' : ')') === null ? 'unclosed' : null
  step(scan)
  const read = readFields(reading, open === '{' ? '}' : ')')
  if (read === 'unclosed') return read
  if (type !== 'string') return { type, ...read }
  for (const [name, value] of read.fields) reading.strings.set(name, reading.hasGrown ? null : value)
  return null
}

const separators = ',，;；'
const equals = '=＝'

/** Key and fields, up to the end of the entry. One whose last brace is missing may have lost it anywhere, and is not guessed at. */
function readFields(reading: Reading, close: string): Pick<BibEntry, 'key' | 'fields'> | 'unclosed' {
  const { scan } = reading
  const fields = new Map<string, string>()
  let key: string | null = null
  for (let isFirst = true; ; isFirst = false) {
    skipBlank(scan, separators)
    if (scan.peek() === '' || scan.isAtEntry()) return 'unclosed'
    const written = until(scan, (character) => `${separators}${equals}{}"${close}`.includes(character) || scan.isAtEntry())
    const next = scan.peek()
    const hasValue = next !== '' && `${equals}{"`.includes(next)
    // Where the comma after the key is missing, a blank divides it from the first name.
    const [, before, name] = /^(.*?)(\S*)$/s.exec(hasValue ? written.trim() : `${written.trim()} `)!
    if (isFirst) key = before!.trim() || null
    if (next === close) {
      step(scan)
      return { key, fields }
    }
    if (!hasValue) {
      // A brace or a bracket that nothing opened.
      if (next === '}' || next === ')') step(scan)
      continue
    }
    if (equals.includes(next)) step(scan)
    const value = readValue(reading, close)
    if (value === null) return 'unclosed'
    const field = name!.normalize('NFKC').toLowerCase()
    if (field !== '' && value.trim() !== '' && !fields.has(field)) fields.set(field, value.trim())
  }
}

/** Pieces that # joins; null for one without an end. */
function readValue(reading: Reading, close: string): string | null {
  const { scan } = reading
  const pieces: string[] = []
  for (;;) {
    skipBlank(scan)
    const open = scan.peek()
    const piece = open === '{' ? group(scan, '{', '}') : open === '"' ? quotation(scan) : bare(reading, close)
    if (piece === null) return null
    pieces.push(piece)
    skipBlank(scan)
    if (scan.peek() !== '#') return pieces.join('')
    step(scan)
  }
}

/** What stands between braces or brackets; braces inside them count. */
function group(scan: Scan, open: string, close: string): string | null {
  const start = scan.at + 1
  let depth = 0
  for (let character = scan.peek(); character !== ''; character = scan.peek()) {
    step(scan)
    if (character === open) depth++
    else if (character === close && --depth === 0) return scan.text.slice(start, scan.at - 1)
  }
  return null
}

/** What stands between quotation marks; one inside braces does not end it. */
function quotation(scan: Scan): string | null {
  step(scan)
  const start = scan.at
  let depth = 0
  for (let character = scan.peek(); character !== ''; character = scan.peek()) {
    step(scan)
    if (character === '{') depth++
    else if (character === '}' && --depth < 0) return null
    // An accent, as people write it who do not know that it needs braces.
    else if (character === '\\' && scan.peek() === '"') step(scan)
    else if (character === '"' && depth === 0) return scan.text.slice(start, scan.at - 1)
  }
  return null
}

/** A number, the name of a string, or a text that somebody wrote without braces. */
function bare(reading: Reading, close: string): string {
  const { scan, strings } = reading
  const written = until(scan, (character) => `,，#\n${close}`.includes(character) || scan.isAtEntry()).trim()
  const known = strings.get(written.toLowerCase())
  if (known === undefined) return written
  reading.left -= known?.length ?? 0
  if (known !== null && reading.left >= 0) return known
  reading.hasGrown = true
  return '…'
}
