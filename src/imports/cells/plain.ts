import { codesOf, type Scheme } from '../../platform/codes/codes.ts'
import { CellFault, cell } from './cell.ts'

/** What the schema of the field will judge. */
export const text = cell((value) => value)

/** Half-width digits without separators: what people type as a number. */
const figures = (value: string) => value.normalize('NFKC').replaceAll(/[,\s]/g, '')

/** 5, TRL5, 5级. */
export const integer = cell((value) => {
  const [, digits] = /^(?:TRL)?([-+]?\d+)(?:级|公里|km|天|个|项)?$/i.exec(figures(value)) ?? []
  if (digits === undefined) throw new CellFault('not-a-number')
  return Number(digits)
})

const answers = new Map(
  Object.entries({
    是: true,
    有: true,
    同意: true,
    true: true,
    yes: true,
    y: true,
    1: true,
    否: false,
    无: false,
    不同意: false,
    false: false,
    no: false,
    n: false,
    0: false,
  }),
)

export const yesNo = cell(
  (value) => {
    const answer = answers.get(value.trim().toLowerCase())
    if (answer === undefined) throw new CellFault('not-yes-or-no')
    return answer
  },
  (value) => (value === true ? '是' : '否'),
)

/** 2026-11-22, 2026/11/22, 2026.11.22, 2026年11月22日; a date cell of Excel arrives as the first of these. */
export const day = cell((value) => {
  const [, year, month, date] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ].*)?$/.exec(figures(value)) ?? []
  const iso = `${year}-${month?.padStart(2, '0')}-${date?.padStart(2, '0')}`
  if (year === undefined || new Date(`${iso}T00:00:00Z`).toJSON()?.slice(0, 10) !== iso) throw new CellFault('not-a-day')
  return iso
})

/** A day, or as much of one as is known: 2021, 2021年6月, 2021-06. */
export const dayOrYear = cell((value) => {
  const [, year, month] = /^(\d{4})(?:年|[-/.年](\d{1,2})月?)?$/.exec(figures(value)) ?? []
  if (year === undefined) return day.read(value, null)
  if (month === undefined) return year
  if (Number(month) < 1 || Number(month) > 12) throw new CellFault('not-a-day')
  return `${year}-${month.padStart(2, '0')}`
})

/** Fen in one of each unit. */
const fenIn: Record<string, number> = {
  分: 1,
  元: 100,
  万: 1_000_000,
  万元: 1_000_000,
  百万元: 100_000_000,
  千万元: 1_000_000_000,
  亿: 10_000_000_000,
  亿元: 10_000_000_000,
}
export const units = Object.keys(fenIn)

/** An amount as fen; the unit in the cell goes before the header's. Yuan where neither says one. */
export function fenOf(value: string, unit: string | null): number {
  const [, amount, own] = /^[¥￥]?([-+]?\d+(?:\.\d+)?)(亿元?|[百千]?万元|万|元|分)?(?:人民币)?$/.exec(figures(value)) ?? []
  if (amount === undefined) throw new CellFault('not-an-amount')
  return Math.round(Number(amount) * fenIn[own ?? unit ?? '元']!)
}

export const money = cell(fenOf, (value) => String(Number(value) / 100))

/** One of few: its code, or one of its names; the first name is written. */
export function oneOf(names: Record<string, readonly [string, ...string[]]>) {
  const codes = new Map(Object.entries(names).flatMap(([code, own]) => [code, ...own].map((name) => [name, code] as const)))
  return cell(
    (value) => {
      const code = codes.get(value.trim()) ?? codes.get(value.trim().toLowerCase())
      if (code === undefined)
        throw new CellFault('unknown-choice', {
          choices: Object.values(names)
            .map(([name]) => name)
            .join('、'),
        })
      return code
    },
    (value) => names[String(value)]?.[0] ?? String(value),
  )
}

/** One of a code list of ours, such as a mode of cooperation. */
export const oneOfList = (scheme: Scheme) => oneOf(Object.fromEntries(codesOf(scheme).map(({ code, zh, en }) => [code, [zh, en]])))
