import Qty from 'js-quantities'
import { counted, written } from './unit-names.ts'

/** A unit as it is written, and what it is: powers of base kinds, how many of the base unit it holds, and where its zero lies (℃). */
export interface Unit {
  text: string
  dims: Readonly<Record<string, number>>
  scale: number
  offset: number
}

/** What may stand before a name: 万元, 千件, MFLOPS. */
const prefixes: Record<string, number> = { 万: 1e4, 亿: 1e8, 千: 1e3, 百万: 1e6, M: 1e6, k: 1e3, G: 1e9, T: 1e12 }
/** What js-quantities may be asked for: an SI unit, with or without a prefix. Anything else in Latin letters is a word. */
const si =
  /^(?:[yzafpnμumcdhkMGTP]?(?:m|g|s|N|Pa|J|W|V|A|F|S|T|H|Wb|Hz|mol|cd|lm|Bq|Gy|Sv|eV|bar|Wh|Ah|VA|cal|kat|rad|bit|B|bps|Bps|St|P|M|Da)|min|h|d|atm|mmHg|psi|ppm|ppb|inch|ft|ppt|Torr|torr)$/

const known = new Map<string, Unit | null>()

/** One factor of a unit without its power: kPa, 万元, 亩. Null where it is none. */
function factor(text: string): Unit | null {
  if (!known.has(text)) known.set(text, factorOf(text))
  return known.get(text)!
}

function factorOf(text: string): Unit | null {
  const multiple = written.get(text)
  if (multiple) {
    const { dims, scale } = multiple.unit === '' ? unity : fromLibrary(multiple.unit)
    return { text, dims, scale: scale * multiple.times, offset: multiple.unit === 'degC' ? 273.15 : 0 }
  }
  const kind = counted.get(text)
  if (kind !== undefined) return { text, dims: kind === '' ? {} : { [kind]: 1 }, scale: 1, offset: 0 }
  // js-quantities writes u for μ, and knows no VA.
  if (si.test(text)) return { text, ...fromLibrary(text.replace('μ', 'u').replace(/VA$/, 'W')), offset: 0 }
  const [prefix, times] = Object.entries(prefixes).find(([each]) => text.startsWith(each) && text.length > each.length) ?? []
  if (prefix === undefined) return null
  const rest = text.slice(prefix.length)
  const isTaken = /\p{Script=Han}/u.test(prefix) || (counted.has(rest) && /^[A-Z]{2,}$/.test(rest))
  const base = isTaken ? factor(rest) : null
  return base && { ...base, text, scale: base.scale * times! }
}

function fromLibrary(unit: string): Pick<Unit, 'dims' | 'scale'> {
  const base = Qty(1, unit).toBase()
  const dims: Record<string, number> = {}
  for (const each of base.numerator) if (each !== '<1>') dims[each] = (dims[each] ?? 0) + 1
  for (const each of base.denominator) if (each !== '<1>') dims[each] = (dims[each] ?? 0) - 1
  return { dims: cleaned(dims), scale: base.scalar }
}

const cleaned = (dims: Record<string, number>) => Object.fromEntries(Object.entries(dims).filter(([, power]) => Math.abs(power) > 1e-9))

/** `a` times `b` to the power. A product has no zero of its own: W/(m·℃) is W/(m·K). */
export function times(a: Unit, b: Unit, power: number, text: string): Unit {
  const dims: Record<string, number> = { ...a.dims }
  for (const [kind, each] of Object.entries(b.dims)) dims[kind] = (dims[kind] ?? 0) + each * power
  return { text, dims: cleaned(dims), scale: a.scale * b.scale ** power, offset: 0 }
}

/** No unit at all: a share, a coefficient. */
export const unity: Unit = { text: '', dims: {}, scale: 1, offset: 0 }

const latin = /^(?:[a-zA-ZμΩ]+|[%‰℃°])/
const han = [...written.keys(), ...counted.keys()]
  .filter((each) => /\p{Script=Han}/u.test(each))
  .flatMap((each) => [each, `万${each}`, `亿${each}`, `千${each}`])
  .toSorted((a, b) => b.length - a.length)
/** Words that begin like a unit. */
const notUnits =
  /^(?:年(?:产|度|均|限)|月(?:产|均)|日(?:产|均|照)|时(?:间|延|效|刻)|天(?:然|线|花)|人(?:工|员|体)|分(?:布|别|子|散|析|类|辨|级|层|为)|次(?:品|要|生)|件(?:数|均)|台(?:阶|架|州|试|车)|条(?:件|带)|片(?:状|材|区)|点(?:胶|焊|位|云)|级(?:别|联|配)|度(?:电)?(?:以及)|方(?:法|面|案|式|向|阻)|节(?:能|拍|约|点|水)|道(?:路|闸)|头(?:部|孢)|页(?:岩|面)|块(?:状|体|茎)|包(?:装|括|覆|裹)|单(?:位|体|次|个|元|机|台)|丝(?:材|杠|网|印)|字(?:符|段)|目(?:标|前|的|录)|批(?:次|量|处)|样(?:品|本|机|件|车)|口(?:径|服|感)|模(?:型|具|块|组|量|式)|回(?:收|路|流|用)|圈(?:定|养)|转(?:速|化|换|动|矩|子|炉|运|移)|安(?:全|装)|米(?:粉|饭)|升(?:高|至|到|温|级)|克(?:服|隆)|时(?=，)|周(?:期|围|边)|牛(?:肉|奶|羊|只)|方(?=案|法))/

/** The unit that begins the text, and how long it is; null where none does. */
export function unitAt(text: string): { unit: Unit; length: number } | null {
  const found = product(text, 0) ?? reciprocal(text)
  return found && { unit: { ...found.unit, text: text.slice(0, found.at).trim() }, length: found.at }
}

/** /K, as expansion is written. */
function reciprocal(text: string): Found | null {
  const under = text.startsWith('/') ? product(text, 1) : null
  return under && { unit: times(unity, under.unit, -1, ''), at: under.at }
}

interface Found {
  unit: Unit
  at: number
}

/** factor (· factor | / factor)*; a quotient's parentheses hold a product. */
function product(text: string, from: number): Found | null {
  const first = power(text, from)
  if (!first) return null
  let { unit, at } = first
  const isAlone = first.unit.dims !== unity.dims
  for (;;) {
    const sign =
      /^(?:\s?([/·*.]|per(?=\s))\s?|(每))/.exec(text.slice(at)) ??
      (isAlone ? /^( )(?=(?:K|kg|m|s|h|g|L|cm|mm|mol|KOH)(?:\^|-\d|\b))/.exec(text.slice(at)) : null)
    if (!sign) break
    const isQuotient = sign[1] === '/' || sign[1] === 'per' || sign[2] === '每'
    // g/100mL, L/100 km
    const [figure, count] = (isQuotient && /^(\d+)\s?(?=[a-zA-Z\p{Script=Han}])/u.exec(text.slice(at + sign[0].length))) || ['']
    const from = at + sign[0].length + figure.length
    const next = text[from] === '(' ? bracket(text, from) : power(text, from)
    if (!next) break
    // Electricity is sold by 度; an angle or a temperature is not divided by a mass.
    if (isQuotient && unit.text === '度') unit = factor('千瓦时')!
    unit = times(unit, count === undefined ? next.unit : { ...next.unit, scale: next.unit.scale * Number(count) }, isQuotient ? -1 : 1, '')
    at = next.at
  }
  return { unit, at }
}

function bracket(text: string, from: number): Found | null {
  const inner = product(text, from + 1)
  if (!inner || text[inner.at] !== ')') return null
  return raisedTo(text, inner.unit, inner.at + 1)
}

function power(text: string, from: number): Found | null {
  const rest = text.slice(from)
  if (rest.startsWith('(')) return null
  const letters = latin.exec(rest)?.[0]
  // The longest beginning that is a unit: kg of kgCO2 is one, m of mode is none.
  if (letters !== undefined) {
    const unit = factor(letters)
    if (!unit) return null
    const weighted = /^dB\(A\)/.exec(rest)
    if (weighted) return { unit, at: from + weighted[0].length }
    return raisedTo(text, unit, from + letters.length)
  }
  if (notUnits.test(rest)) return null
  const name = han.find((each) => rest.startsWith(each))
  const unit = name === undefined ? null : factor(name)
  return unit && { unit, at: from + name!.length }
}

function raisedTo(text: string, unit: Unit, at: number): Found {
  const exponent = /^(?:\^\(?([-+]?\d+(?:\.\d+)?)\)?|([23])(?![\d.])|(-[1-4])(?![\d.]))/.exec(text.slice(at))
  if (!exponent) return { unit, at }
  return { unit: times(unity, unit, Number(exponent[1] ?? exponent[2] ?? exponent[3]), ''), at: at + exponent[0].length }
}

const keyOf = ({ dims }: Pick<Unit, 'dims'>) =>
  Object.entries(dims)
    .map(([kind, power]) => `${kind}${power}`)
    .toSorted()
    .join()

export const areComparable = (a: Unit, b: Unit): boolean => keyOf(a) === keyOf(b)

/** Of a mass in a volume of water: 1 ppm is 1 mg/L. */
const massPerVolume = keyOf({ dims: { '<kilogram>': 1, '<meter>': -3 } })
const inWater = (unit: Unit): Unit =>
  /^pp[mb]$/.test(unit.text) ? { ...unit, dims: { '<kilogram>': 1, '<meter>': -3 }, scale: unit.scale * 1000 } : unit

/** The value in another unit; null where the two are no measures of one thing. Differences of temperature have no zero. */
export function convert(value: number, from: Unit, to: Unit, { isDifference = false } = {}): number | null {
  const source = keyOf(to) === massPerVolume ? inWater(from) : from
  const target = keyOf(from) === massPerVolume ? inWater(to) : to
  if (!areComparable(source, target)) return null
  if (source.text === target.text) return value
  const zero = isDifference ? 0 : 1
  return (value * source.scale + source.offset * zero - target.offset * zero) / target.scale
}
