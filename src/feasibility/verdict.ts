import { EvidenceLevel } from '../platform/codes/enums.ts'
import { evidenceLevelOf } from './level.ts'
import { isBetterLower, isSameProperty, propertyName, sharedLength } from './property.ts'
import { type Condition, parseRequirement, type Requirement } from './requirement.ts'
import { type Statement, statementsIn } from './statements.ts'
import { inFirstNames } from './synonyms.ts'
import { convert, type Unit } from './units.ts'

/** Whether an offer's own figures meet an indicator. Unknown is never no: the offer says nothing usable. */
export type Verdict =
  | { verdict: 'unknown'; requirement: Requirement | null }
  | { verdict: 'met' | 'short'; requirement: Requirement; found: Finding; shortfallPct: number | null }

/** What decided: the figure as it stands, in which sentence and which part of it, and its value in the indicator's unit. */
export interface Finding {
  figure: string
  sentence: string
  clause: string
  measured: number
  unit: Unit
}

/** Tests an offer's text against an indicator's. Rules: docs/matching.md, Indicators. */
export function judge(indicator: string, offer: string): Verdict {
  return judgeBy(indicator, parseRequirement(indicator), readOffer(offer))
}

/** An offer's text as it is judged by: its figures, and all that is said, in first names. */
export interface Offer {
  statements: Statement[]
  whole: string
}
export const readOffer = (text: string): Offer => ({ statements: statementsIn(text), whole: inFirstNames(text) })

/** The same for what was read before: one indicator is held against many offers, and one offer against many indicators. */
export function judgeBy(indicator: string, requirement: Requirement | null, offer: Offer): Verdict {
  if (requirement === null) return { verdict: 'unknown', requirement }
  const finding = findingOf(requirement, indicator, offer)
  if (finding === null) return { verdict: 'unknown', requirement }
  const missing = shortfall(requirement, finding)
  return missing === null
    ? { verdict: 'met', requirement, found: finding.found, shortfallPct: null }
    : { verdict: 'short', requirement, found: finding.found, shortfallPct: missing }
}

interface Candidate {
  found: Finding
  statement: Statement
  low: number
  high: number
}

function findingOf(requirement: Requirement, indicator: string, { statements, whole }: Offer): Candidate | null {
  // Most figures are of another kind, which is told sooner than whether their names are the same.
  const comparable = statements.filter((each) => each.standing === 'stated' && isComparable(each, requirement.unit))
  if (comparable.length === 0) return null
  const wanted = { name: propertyName(requirement.name), context: inFirstNames(indicator) }
  const fitting = comparable
    .filter((statement) => isNamed(wanted, statement, whole))
    .flatMap((statement) => inUnit(requirement, statement))
    .filter(({ statement }) => holdsUnder(requirement, indicator, statement, statements))
  const direct = fitting.filter(({ statement }) => !statement.isCarried)
  const near = direct.length > 0 ? direct : closest(wanted.name, fitting)
  const averages = near.filter(({ statement }) => statement.statistic === 'average')
  const usual = near.filter(({ statement }) => statement.statistic !== 'best')
  const best = averages.length > 0 ? averages : usual.length > 0 ? usual : near
  // Of the same figure in several places the one that says most of how it came about.
  const [decides] = best.toSorted((a, b) => worse(requirement, a, b) || levelOf(b) - levelOf(a))
  return decides === undefined || (decides.statement.isFloor && shortfall(requirement, decides) !== null) ? null : decides
}

const levelOf = ({ found }: Candidate) => EvidenceLevel.options.indexOf(evidenceLevelOf(found, ''))

/** A bare 0.93 is a share as 93 % is; a bare 11 is no eleven million ppm. */
function isComparable({ unit, low, high }: Statement, wanted: Unit): boolean {
  const isShare = wanted.text === '%' && Math.max(Math.abs(low), Math.abs(high)) <= 1
  const isOfKind = wanted.text === '' ? ['', '%', '‰'].includes(unit.text) : unit.text !== '' || isShare
  return isOfKind && convert(1, unit, wanted) !== null
}

/** Of several figures those whose names say most of the required one. */
function closest(wanted: string, candidates: Candidate[]): Candidate[] {
  const shared = ({ statement: { names } }: Candidate) => Math.max(...names.map((name) => sharedLength(wanted, propertyName(name))))
  const most = Math.max(...candidates.map(shared))
  return candidates.filter((each) => shared(each) === most)
}

/** Names nearest first: the first that is a property at all decides. */
function isNamed(wanted: { name: string; context: string }, { names, sentence, approach, beyond }: Statement, whole: string): boolean {
  const context = inFirstNames(sentence)
  return names.some((name) =>
    isSameProperty(wanted, { name: propertyName(name), context, approach: inFirstNames(approach), beyond: inFirstNames(beyond), whole }),
  )
}

const isDifference = ({ name }: Requirement) => /误差|偏差|温差|温升|波动|均匀性|精度|error|difference|rise|accuracy/i.test(name)

function inUnit(requirement: Requirement, statement: Statement): Candidate[] {
  const to = requirement.unit
  const turned = (value: number) => convert(value, statement.unit, to, { isDifference: isDifference(requirement) })
  const [low, high] = [turned(statement.low), turned(statement.high)]
  if (low === null || high === null) return []
  const { binding } = statement
  const bounds =
    binding === 'ge' || binding === 'gt'
      ? { low, high: Number.POSITIVE_INFINITY }
      : binding === 'le' || binding === 'lt'
        ? { low: Number.NEGATIVE_INFINITY, high }
        : { low, high }
  const measured = deciding(requirement, bounds)
  if (!Number.isFinite(measured)) return []
  return [{ statement, ...bounds, found: foundIn(statement, exact(measured), to) }]
}

const foundIn = ({ figure, sentence, clause }: Statement, measured: number, unit: Unit): Finding => ({
  figure,
  sentence: sentence.trim(),
  clause: clause.trim(),
  measured,
  unit,
})
const exact = (value: number) => Number(value.toPrecision(12))

/** The worst guaranteed end. */
function deciding({ operator, target, max, unit, name }: Requirement, { low, high }: { low: number; high: number }): number {
  if (operator === 'ge' || operator === 'gt') return low
  if (operator === 'le' || operator === 'lt') return high
  if (operator === 'range') return high > max! ? high : low
  if (!Number.isFinite(low)) return high
  if (!Number.isFinite(high)) return low
  return Math.abs(low - target) > Math.abs(high - target) ? low : isBetterLower(name, unit.text === '%') ? high : low
}

const worse = ({ operator, target }: Requirement, a: Candidate, b: Candidate) => {
  if (operator === 'le' || operator === 'lt') return b.found.measured - a.found.measured
  if (operator === 'ge' || operator === 'gt') return a.found.measured - b.found.measured
  return Math.abs(b.found.measured - target) - Math.abs(a.found.measured - target)
}

const room = { low: 15, high: 35 }
const isRoom = (text: string) => /室温|常温|room[- ]temperature|ambient/i.test(text)

/** An indicator's conditions must be the figure's; a figure without any holds at room conditions. */
function holdsUnder(
  requirement: Requirement,
  indicator: string,
  { conditions, clause, approach, sentence }: Statement,
  all: readonly Statement[],
): boolean {
  const wantsRoom = isRoom(indicator)
  const temperatures = conditions.filter(isTemperature)
  if (wantsRoom && temperatures.some((each) => !isRoomly(each)) && !isRoom(clause)) return false
  return requirement.conditions.every((wanted) => {
    const labelled = all.filter(
      (each) => wanted.label !== '' && each.sentence === sentence && each.names.some((name) => name.endsWith(wanted.label)),
    )
    const given = [...labelled, ...conditions].filter((each) => convert(1, each.unit, wanted.unit) !== null)
    if (given.length === 0 && (approach + clause).includes(wanted.text)) return true
    if (given.length === 0) return isTemperature(wanted) ? isRoomly(wanted) : false
    return given.some((each) => isClose(wanted, each))
  })
}

const isTemperature = ({ unit }: Condition) => Object.keys(unit.dims).join() === '<kelvin>'
const celsius = ({ unit, text: _, ...value }: Condition, end: 'low' | 'high') => (unit.offset === 0 ? value[end] - 273.15 : value[end])
const isRoomly = (each: Condition) => celsius(each, 'low') >= room.low && celsius(each, 'high') <= room.high

function isClose(wanted: Condition, given: Pick<Condition, 'low' | 'high' | 'unit'>): boolean {
  const [low, high] = [convert(given.low, given.unit, wanted.unit)!, convert(given.high, given.unit, wanted.unit)!]
  const slack = isTemperature(wanted) ? 3 : Math.abs(wanted.high) * 0.05
  return low <= wanted.high + slack && high >= wanted.low - slack
}

/** How far short, in percent of the target (the nearer bound of a range), one decimal; null when met. */
function shortfall({ operator, target, max }: Requirement, { low, high, found: { measured } }: Candidate): number | null {
  const dust = Math.abs(target) * 1e-9
  const isMet = {
    ge: measured >= target - dust,
    le: measured <= target + dust,
    gt: measured > target,
    lt: measured < target,
    eq: Math.abs(measured - target) <= Math.abs(target) * 1e-3,
    range: low >= target - dust && high <= (max ?? target) + Math.abs(max ?? target) * 1e-9,
  }[operator]
  if (isMet) return null
  const bound = operator === 'range' && measured > max! ? max! : target
  return bound === 0 ? null : Math.round((Math.abs(bound - measured) / Math.abs(bound)) * 1000) / 10
}
