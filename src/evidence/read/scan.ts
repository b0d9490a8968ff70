/** A text that is read from its beginning to its end, a character at a time, and every character counted. */
export interface Scan {
  readonly text: string
  at: number
  steps: number
  /** The next character; empty at the end of what may be read. */
  peek(): string
  /** Whether the next character begins an entry on a line of its own. */
  isAtEntry(): boolean
  /** Called where an entry begins. */
  begin(): void
  /** Called where one has no end: goes back to the entry that was passed over, once. */
  recover(): void
}

/**
 * Braces may hold lines that look like entries; so an entry is read to its own end first. One that has none is given up at the first such
 * line, and from there on every such line ends what stands before it: nothing is read three times, whatever the file is.
 */
export function openScan(text: string): Scan {
  const entryLine = /^[ \t]{0,40}@[ \t]{0,9}[a-z]{1,30}[ \t]{0,9}[{(]/gim
  let end = text.length
  let isStrict = false
  /** The first line inside the present entry that looks like another. */
  let passed: number | null = null
  return {
    text,
    at: 0,
    steps: 0,
    peek() {
      return this.at < end ? text.charAt(this.at) : ''
    },
    isAtEntry() {
      const is = text.charAt(this.at) === '@' && looksLikeEntry(text, this.at)
      if (is) passed ??= this.at
      return is
    },
    begin() {
      passed = null
      if (!isStrict || end > this.at) return
      entryLine.lastIndex = this.at
      const next = entryLine.exec(text)
      end = next === null ? text.length : next.index + next[0].indexOf('@')
      this.steps += end - this.at
    },
    recover() {
      if (isStrict || passed === null) return
      isStrict = true
      this.at = passed
      end = passed
    },
  }
}

/** Goes past one character, and notes where an entry begins in the midst of another. */
export function step(scan: Scan): void {
  scan.steps++
  scan.at++
  scan.isAtEntry()
}

/** Goes past blanks, and past the `others` that are given. */
export function skipBlank(scan: Scan, others = ''): void {
  until(scan, (character) => !/[\s\uFEFF]/.test(character) && !others.includes(character))
}

/** What stands before the first character that ends it. */
export function until(scan: Scan, ends: (character: string) => boolean): string {
  const start = scan.at
  for (let character = scan.peek(); character !== '' && !ends(character); character = scan.peek()) step(scan)
  return scan.text.slice(start, scan.at)
}

/** The number of the line in which a position stands, from 1; positions are asked for in any order. */
export function lineCounter(text: string): (at: number) => number {
  const starts = [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map((found) => found.index + found[0].length)]
  return (at) => {
    let [low, high] = [0, starts.length]
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (starts[middle]! <= at) low = middle
      else high = middle
    }
    return low + 1
  }
}

/** Whether an entry begins there, with nothing but a few blanks before it on its line. */
function looksLikeEntry(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 41), at)
  const startsLine = /[\r\n][ \t]*$/.test(before) || (at <= 40 && /^[ \t]*$/.test(before))
  return startsLine && /^@[ \t]{0,9}[a-z]{1,30}[ \t]{0,9}[{(]/i.test(text.slice(at, at + 50))
}
