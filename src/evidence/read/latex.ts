/** The text that LaTeX stands for: accents and signs as characters, without braces and commands of layout. Plain text stays as it is. */
export function plainText(latex: string): string {
  const text = withoutMathMarks(latex)
  const pieces: string[] = []
  let at = 0
  while (at < text.length) {
    const character = text[at]!
    if (character === '\\') {
      const { piece, next } = command(text, at + 1)
      pieces.push(piece)
      at = next
      continue
    }
    if (character === '~') pieces.push(isRange(text, at) ? '~' : ' ')
    else if (character !== '{' && character !== '}') pieces.push(character)
    at++
  }
  return pieces
    .join('')
    .replaceAll('---', '—')
    .replaceAll('--', '–')
    .replaceAll('``', '“')
    .replaceAll("''", '”')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** Combining marks by the command that sets them on the next letter. */
const accents: Record<string, string> = {
  '`': '\u0300',
  "'": '\u0301',
  '^': '\u0302',
  '~': '\u0303',
  '=': '\u0304',
  u: '\u0306',
  '.': '\u0307',
  '"': '\u0308',
  r: '\u030A',
  H: '\u030B',
  v: '\u030C',
  d: '\u0323',
  c: '\u0327',
  k: '\u0328',
  b: '\u0331',
}

const signs: Record<string, string> = {
  ...{ ss: 'ß', ae: 'æ', AE: 'Æ', oe: 'œ', OE: 'Œ', o: 'ø', O: 'Ø', l: 'ł', L: 'Ł', aa: 'å', AA: 'Å', i: 'ı', j: 'ȷ' },
  ...{ dh: 'ð', DH: 'Ð', th: 'þ', TH: 'Þ', dj: 'đ', DJ: 'Đ', ng: 'ŋ', NG: 'Ŋ', S: '§', P: '¶' },
  ...{ textendash: '–', textemdash: '—', ldots: '…', dots: '…', textellipsis: '…', textquoteright: '’', textquoteleft: '‘' },
  ...{
    textdegree: '°',
    degree: '°',
    circ: '°',
    times: '×',
    pm: '±',
    cdot: '·',
    le: '≤',
    leq: '≤',
    ge: '≥',
    geq: '≥',
    approx: '≈',
    sim: '~',
  },
  ...{ textbackslash: '\\', textasciitilde: '~', textasciicircum: '^', textunderscore: '_', textbraceleft: '{', textbraceright: '}' },
  ...{ alpha: 'α', beta: 'β', gamma: 'γ', delta: 'δ', Delta: 'Δ', epsilon: 'ε', eta: 'η', theta: 'θ', lambda: 'λ', mu: 'μ', textmu: 'μ' },
  ...{ pi: 'π', rho: 'ρ', sigma: 'σ', tau: 'τ', phi: 'φ', omega: 'ω', Omega: 'Ω', textregistered: '®', texttrademark: '™' },
}

/** What a command stands for, and where the text goes on after it. */
function command(text: string, at: number): { piece: string; next: number } {
  const first = text[at] ?? ''
  if (!/[a-z]/i.test(first)) {
    if (Object.hasOwn(accents, first)) return accented(text, at + 1, accents[first]!)
    // An escaped sign stands for itself; a line end and thin spaces for a blank; a place to divide a word for nothing.
    return { piece: first === '\\' || first === ',' || first === ';' ? ' ' : first === '-' || first === '/' ? '' : first, next: at + 1 }
  }
  let end = at
  while (/[a-z]/i.test(text[end] ?? '')) end++
  const name = text.slice(at, end)
  if (Object.hasOwn(accents, name)) return accented(text, end, accents[name]!)
  // The blank after a command of letters belongs to it.
  const next = text[end] === ' ' ? end + 1 : end
  return { piece: Object.hasOwn(signs, name) ? signs[name]! : '', next }
}

/** The next letter with a mark on it; the brace that follows is dropped with all others. */
function accented(text: string, from: number, mark: string): { piece: string; next: number } {
  let at = from
  while (at < text.length && ' {'.includes(text[at]!)) at++
  // An i or a j loses its dot, which is written as a command.
  const dotless = /^\\[ij](?![a-z])/i.exec(text.slice(at, at + 3))
  const letter = dotless ? text[at + 1]! : String.fromCodePoint(text.codePointAt(at) ?? 0x20)
  if (!/^\p{Script=Latin}$/u.test(letter)) return { piece: '', next: at }
  return { piece: (letter + mark).normalize('NFC'), next: at + (dotless ? 2 : letter.length) }
}

/** `$H_2O$` without its marks; dollars between which nothing looks like a formula are money. */
function withoutMathMarks(text: string): string {
  const parts = text.split('$')
  if (parts.length < 3 || parts.length % 2 === 0) return text
  const isFormula = (part: string) => /[\\^_]/.test(part)
  return parts.reduce((whole, part, at) => {
    if (at % 2 === 0) return whole + part
    return whole + (isFormula(part) ? part.replaceAll(/[\^_](?=[\w{\\+-])/g, '') : `$${part}$`)
  })
}

/** 10~20 is a range, and no blank that keeps words together. */
function isRange(text: string, at: number): boolean {
  return /\d|[℃%]/.test(text[at - 1] ?? '') && /\d/.test(text[at + 1] ?? '')
}
