import Qty from 'js-quantities'

/** A unit as it is written, and what it is: powers of base kinds, how many of the base unit it holds, and where its zero lies (℃). */
export interface Unit {
  text: string
  dims: Readonly<Record<string, number>>
  scale: number
  offset: number
}

/** Symbols that js-quantities takes for something else, or does not know; in terms of what it knows. */
const written: Record<string, [scale: number, unit: string]> = {
  K: [1, 'degK'], '℃': [1, 'degC'], C: [1, 'C'], '%': [0.01, ''], '‰': [0.001, ''], Ω: [1, 'ohm'], kΩ: [1e3, 'ohm'], MΩ: [1e6, 'ohm'], GΩ: [1e9, 'ohm'], mΩ: [1e-3, 'ohm'], μΩ: [1e-6, 'ohm'],
  ha: [10_000, 'm^2'], hm2: [10_000, 'm^2'], 公顷: [10_000, 'm^2'], 亩: [10_000 / 15, 'm^2'], kgf: [9.80665, 'N'], dB: [1, 'dB'], lx: [1, 'lux'],
  l: [1e-3, 'm^3'], L: [1e-3, 'm^3'], mL: [1e-6, 'm^3'], ml: [1e-6, 'm^3'], μL: [1e-9, 'm^3'], uL: [1e-9, 'm^3'], Nm3: [1, 'm^3'], Nm: [1, 'J'], cc: [1e-6, 'm^3'], hL: [0.1, 'm^3'], dL: [1e-4, 'm^3'],
  a: [365, 'd'], y: [365, 'd'], yr: [365, 'd'], year: [365, 'd'], years: [365, 'd'], month: [365 / 12, 'd'], months: [365 / 12, 'd'], week: [7, 'd'], weeks: [7, 'd'], day: [1, 'd'], days: [1, 'd'],
  hr: [1, 'h'], hrs: [1, 'h'], hour: [1, 'h'], hours: [1, 'h'], minute: [1, 'min'], minutes: [1, 'min'], mins: [1, 'min'], sec: [1, 's'], second: [1, 's'], seconds: [1, 's'], milliseconds: [1e-3, 's'],
  年: [365, 'd'], 月: [365 / 12, 'd'], 个月: [365 / 12, 'd'], 周: [7, 'd'], 星期: [7, 'd'], 天: [1, 'd'], 日: [1, 'd'], 小时: [1, 'h'], 时: [1, 'h'], 分钟: [1, 'min'], 分: [1, 'min'], 秒: [1, 's'], 秒钟: [1, 's'], 毫秒: [1e-3, 's'], 微秒: [1e-6, 's'], 纳秒: [1e-9, 's'],
  千米: [1e3, 'm'], 公里: [1e3, 'm'], 米: [1, 'm'], 分米: [0.1, 'm'], 厘米: [0.01, 'm'], 毫米: [1e-3, 'm'], 微米: [1e-6, 'm'], 纳米: [1e-9, 'm'], 丝: [1e-5, 'm'], 道: [1e-5, 'm'], 海里: [1852, 'm'], 节: [1852 / 3600, 'm/s'], kn: [1852 / 3600, 'm/s'],
  平方米: [1, 'm^2'], 平方公里: [1e6, 'm^2'], 平方厘米: [1e-4, 'm^2'], 平方毫米: [1e-6, 'm^2'], 立方米: [1, 'm^3'], 方: [1, 'm^3'], 标方: [1, 'm^3'], 标立方米: [1, 'm^3'], 立方厘米: [1e-6, 'm^3'], 升: [1e-3, 'm^3'], 毫升: [1e-6, 'm^3'], 微升: [1e-9, 'm^3'],
  吨: [1e3, 'kg'], 公斤: [1, 'kg'], 千克: [1, 'kg'], 斤: [0.5, 'kg'], 克: [1e-3, 'kg'], 毫克: [1e-6, 'kg'], 微克: [1e-9, 'kg'], t: [1e3, 'kg'], kt: [1e6, 'kg'], tonne: [1e3, 'kg'], tonnes: [1e3, 'kg'], ton: [1e3, 'kg'], tons: [1e3, 'kg'], gram: [1e-3, 'kg'], grams: [1e-3, 'kg'],
  兆帕: [1e6, 'Pa'], 千帕: [1e3, 'Pa'], 帕: [1, 'Pa'], 吉帕: [1e9, 'Pa'], 牛: [1, 'N'], 千牛: [1e3, 'N'], 牛顿: [1, 'N'], 焦: [1, 'J'], 焦耳: [1, 'J'], 千焦: [1e3, 'J'], 兆焦: [1e6, 'J'], 大卡: [4184, 'J'], 千卡: [4184, 'J'],
  瓦: [1, 'W'], 千瓦: [1e3, 'W'], 兆瓦: [1e6, 'W'], 千瓦时: [3.6e6, 'J'], 千瓦小时: [3.6e6, 'J'], 度电: [3.6e6, 'J'], kWh: [3.6e6, 'J'], MWh: [3.6e9, 'J'], Wh: [3600, 'J'], GWh: [3.6e12, 'J'], 伏: [1, 'V'], 千伏: [1e3, 'V'], 毫伏: [1e-3, 'V'], 安: [1, 'A'], 毫安: [1e-3, 'A'], 欧: [1, 'ohm'], 赫兹: [1, 'Hz'], 赫: [1, 'Hz'], 千赫: [1e3, 'Hz'], 兆赫: [1e6, 'Hz'],
  摄氏度: [1, 'degC'], 摩尔: [1, 'mol'], 分贝: [1, 'dB'], 巴: [1e5, 'Pa'], sccm: [1e-6 / 60, 'm^3/s'], kgce: [1, 'kg'], tce: [1e3, 'kg'], gce: [1e-3, 'kg'], in: [0.0254, 'm'], rpm: [1 / 60, 'Hz'], RPM: [1 / 60, 'Hz'],
}
/** Counts and scales of their own: compared with themselves alone. Written alike, they are alike. */
const own: Record<string, string> = {
  件: 'piece', 只: 'piece', 支: 'piece', 个: 'piece', 台: 'piece', 套: 'piece', 条: 'piece', 片: 'piece', 块: 'piece', 张: 'piece', 根: 'piece', 颗: 'piece', 枚: 'piece', 粒: 'piece', 包: 'piece', 袋: 'piece', 瓶: 'piece', 箱: 'piece', 盒: 'piece', 辆: 'piece', 株: 'piece', 棵: 'piece', 头: 'piece', 单: 'piece', pcs: 'piece', pieces: 'piece', piece: 'piece', units: 'piece', unit: 'piece', parts: 'piece', samples: 'piece', 样: 'piece',
  次: 'time', 模次: 'time', 循环: 'time', 周次: 'time', cycles: 'time', cycle: 'time', times: 'time', 回: 'time', 炉次: 'time', 遍: 'time', 道次: 'time', 人: 'person', 名: 'person', 人次: 'person', 户: 'household', 批: 'batch', 炉: 'batch', 帧: 'frame', 幅: 'frame', fps: 'frame', frames: 'frame',
  元: 'yuan', CNY: 'yuan', RMB: 'yuan', yuan: 'yuan', 美元: 'dollar', USD: 'dollar', 拷贝: 'copy', copies: 'copy', CFU: 'CFU', cfu: 'CFU', PFU: 'PFU', IU: 'IU', U: 'U', NTU: 'NTU', HRC: 'HRC', HRB: 'HRB', HRA: 'HRA', HV: 'HV', HB: 'HB', HBW: 'HB', HA: 'HA', HD: 'HD', TOPS: 'TOPS', FLOPS: 'FLOPS', KOH: 'KOH', 级: 'grade', 倍: '', x: '', pH: '', 度: 'degree', '°': 'degree', deg: 'degree', 像素: 'pixel', px: 'pixel', pixel: 'pixel', pixels: 'pixel', 车次: 'time', 词: 'word', 字: 'word', 页: 'page', 条目: 'piece', dBm: 'dBm', dBμV: 'dBμV', dBA: 'dB(A)', dBi: 'dBi', 目: 'mesh', 转: '', r: '', rev: '', 圈: '', 株数: 'piece', 分度: 'division', TPS: 'time/s', QPS: 'time/s', 例: 'piece', 点: 'point', 模: 'time', 牛米: 'J', 口: 'piece', 座: 'piece', 羽: 'piece', 尾: 'piece', 穴: 'piece', 斗: 'piece',
}
/** Multiples that stand before a unit of its own: 万元, 千件. */
const multiples: Record<string, number> = { 万: 1e4, 亿: 1e8, 千: 1e3, 百万: 1e6, M: 1e6, k: 1e3, G: 1e9, T: 1e12 }
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
  const { [text]: pair } = written
  if (pair) {
    const [times, unit] = pair
    const base = unit === '' ? { dims: {}, scale: 1 } : fromLibrary(unit)
    return { text, dims: base.dims, scale: base.scale * times, offset: unit === 'degC' ? 273.15 : 0 }
  }
  if (text in own) return { text, ...ownOf(own[text]!), offset: 0 }
  if (si.test(text)) return { text, ...fromLibrary(text.replace('μ', 'u').replace(/^VA$|(?<=^.)VA$/, 'W')), offset: 0 }
  const [multiple, times] = Object.entries(multiples).find(([each]) => text.startsWith(each) && text.length > each.length) ?? []
  if (multiple === undefined) return null
  const rest = text.slice(multiple.length)
  const base = /[万亿千]/.test(multiple) ? factor(rest) : rest in own && /^[A-Z]{2,}$/.test(rest) ? factor(rest) : null
  return base && { ...base, text, scale: base.scale * times! }
}

const ownOf = (kind: string): Pick<Unit, 'dims' | 'scale'> => {
  if (kind === 'time/s') return { dims: { time: 1, '<second>': -1 }, scale: 1 }
  if (kind === 'J') return fromLibrary('J')
  return { dims: kind === '' ? {} : { [kind]: 1 }, scale: 1 }
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
const han = Object.keys({ ...written, ...own })
  .filter((each) => /\p{Script=Han}/u.test(each))
  .flatMap((each) => [each, `万${each}`, `亿${each}`, `千${each}`])
  .toSorted((a, b) => b.length - a.length)
/** Words that begin like a unit. */
const notUnits = /^(?:年(?:产|度|均|限)|月(?:产|均)|日(?:产|均|照)|时(?:间|延|效|刻)|天(?:然|线|花)|人(?:工|员|体)|分(?:布|别|子|散|析|类|辨|级|层|为)|次(?:品|要|生)|件(?:数|均)|台(?:阶|架|州|试|车)|条(?:件|带)|片(?:状|材|区)|点(?:胶|焊|位|云)|级(?:别|联|配)|度(?:电)?(?:以及)|方(?:法|面|案|式|向|阻)|节(?:能|拍|约|点|水)|道(?:路|闸)|头(?:部|孢)|页(?:岩|面)|块(?:状|体|茎)|包(?:装|括|覆|裹)|单(?:位|体|次|个|元|机|台)|丝(?:材|杠|网|印)|字(?:符|段)|目(?:标|前|的|录)|批(?:次|量|处)|样(?:品|本|机|件|车)|口(?:径|服|感)|模(?:型|具|块|组|量|式)|回(?:收|路|流|用)|圈(?:定|养)|转(?:速|化|换|动|矩|子|炉|运|移)|安(?:全|装)|米(?:粉|饭)|升(?:高|至|到|温|级)|克(?:服|隆)|时(?=，)|周(?:期|围|边)|牛(?:肉|奶|羊|只)|方(?=案|法))/

/** The unit that begins the text, and how long it is; null where none does. */
export function unitAt(text: string): { unit: Unit; length: number } | null {
  const found = product(text, 0)
  return found && { unit: { ...found.unit, text: text.slice(0, found.at).trim() }, length: found.at }
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
    const sign = /^(?:\s?([/·*.])\s?|(每))/.exec(text.slice(at)) ?? (isAlone ? /^( )(?=(?:K|kg|m|s|h|g|L|cm|mm|mol|KOH)(?:\^|-\d|\b))/.exec(text.slice(at)) : null)
    if (!sign) break
    const isQuotient = sign[1] === '/' || sign[2] === '每'
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
const inWater = (unit: Unit): Unit => (/^pp[mb]$/.test(unit.text) ? { ...unit, dims: { '<kilogram>': 1, '<meter>': -3 }, scale: unit.scale * 1000 } : unit)

/** The value in another unit; null where the two are no measures of one thing. Differences of temperature have no zero. */
export function convert(value: number, from: Unit, to: Unit, { isDifference = false } = {}): number | null {
  const source = keyOf(to) === massPerVolume ? inWater(from) : from
  const target = keyOf(from) === massPerVolume ? inWater(to) : to
  if (!areComparable(source, target)) return null
  if (source.text === target.text) return value
  const zero = isDifference ? 0 : 1
  return (value * source.scale + source.offset * zero - target.offset * zero) / target.scale
}
