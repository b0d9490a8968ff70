import { plain } from '../feasibility/numerals.ts'
import { quantitiesIn } from '../feasibility/quantities.ts'
import { convert, type Unit, unity } from '../feasibility/units.ts'
import { judge, type Verdict } from '../feasibility/verdict.ts'
import type { IndicatorCase } from './benchmark.ts'

type Answer = IndicatorCase['expect']['verdict']
const answers: Answer[] = ['met', 'short', 'unknown']

/** How well indicators are read and judged; shares in 0…1, null over no case. Each figure as `tests/relevance/data/README.md` defines it. */
export interface IndicatorReport {
  n: number
  verdictAccuracy: number
  valueAccuracy: number | null
  parseAccuracy: number
  shortfallAccuracy: number | null
  falseClaimRate: number | null
  perVerdict: Record<Answer, { precision: number | null; recall: number | null }>
  /** confusion[expected][given] */
  confusion: Record<Answer, Record<Answer, number>>
  perCase: CaseResult[]
}

interface CaseResult {
  id: string
  skill: string | null
  expected: Answer
  verdict: Answer
  isParsed: boolean
  /** In the unit of the case. */
  measured: number | null
  isMeasured: boolean | null
  shortfallPct: number | null
}

export function measureIndicators(cases: readonly IndicatorCase[]): IndicatorReport {
  const perCase = cases.map(resultOf)
  const of = (holds: (each: CaseResult) => boolean) => perCase.filter(holds).length
  const share = (part: number, whole: number) => (whole === 0 ? null : part / whole)
  const counted = perCase.filter(({ expected }) => expected !== 'unknown')
  const short = perCase.filter(({ expected }) => expected === 'short')
  const right = (id: string, given: number | null) => {
    const expected = cases.find((each) => each.id === id)!.expect.shortfallPct
    return given !== null && expected !== null && Math.abs(given - expected) <= 0.1 + 1e-9
  }
  const cell = (expected: Answer, given: Answer) => of((each) => each.expected === expected && each.verdict === given)
  return {
    n: cases.length,
    verdictAccuracy: of((each) => each.expected === each.verdict) / Math.max(1, cases.length),
    valueAccuracy: share(counted.filter(({ isMeasured }) => isMeasured).length, counted.length),
    parseAccuracy: of(({ isParsed }) => isParsed) / Math.max(1, cases.length),
    shortfallAccuracy: share(short.filter(({ id, shortfallPct }) => right(id, shortfallPct)).length, short.length),
    falseClaimRate: share(
      of((each) => each.expected === 'unknown' && each.verdict !== 'unknown'),
      of((each) => each.expected === 'unknown'),
    ),
    perVerdict: table((answer) => ({
      precision: share(
        cell(answer, answer),
        of(({ verdict }) => verdict === answer),
      ),
      recall: share(
        cell(answer, answer),
        of(({ expected }) => expected === answer),
      ),
    })),
    confusion: table((expected) => table((given) => cell(expected, given))),
    perCase,
  }
}

const table = <Value>(of: (answer: Answer) => Value) =>
  Object.fromEntries(answers.map((answer) => [answer, of(answer)])) as Record<Answer, Value>

function resultOf({ id, skill, indicator, offer, expect }: IndicatorCase): CaseResult {
  const given = judge(indicator.text, offer)
  const unit = unitOf(expect.unit)
  const measured = given.verdict === 'unknown' || unit === null ? null : convert(given.found.measured, given.requirement.unit, unit)
  // Months and years are days only roughly.
  const slack = /[年月]|month|year/i.test(indicator.text + offer) ? 0.02 : 0.005
  return {
    id,
    skill: skill ?? null,
    expected: expect.verdict,
    verdict: given.verdict,
    isParsed: isParsed(given, expect, unit),
    measured,
    isMeasured: expect.measured === null ? null : isNear(measured, expect.measured, slack),
    shortfallPct: given.verdict === 'short' ? given.shortfallPct : null,
  }
}

function isParsed({ requirement }: Verdict, expect: IndicatorCase['expect'], unit: Unit | null): boolean {
  if (expect.operator === null || requirement === null) return expect.operator === null && requirement === null
  if (unit === null || requirement.operator !== expect.operator) return false
  const inUnit = (value: number | null) => (value === null ? null : convert(value, requirement.unit, unit))
  return isNear(inUnit(requirement.target), expect.target, 0.005) && isNear(inUnit(requirement.max), expect.targetMax, 0.005)
}

const unitOf = (text: string | null): Unit | null =>
  text === null || text === '' ? unity : (quantitiesIn(plain(`1 ${text}`))[0]?.unit ?? null)

const isNear = (value: number | null, expected: number | null, slack: number) =>
  value === expected || (value !== null && expected !== null && Math.abs(value - expected) <= Math.abs(expected) * slack + 1e-15)
