import { ancestorsOf, type Code, isWithin } from '../platform/codes/codes.ts'

/** Among how many enterprises one that is not named must be lost: the least size of an anonymity set. */
export const leastLost = 5

/** Place and codes, as far as outsiders are told of them. */
export interface Outward {
  region: Code | null
  classification: Code[]
}

/**
 * Enterprises of whom outsiders are told the same place and codes, five at least where so many are registered; `parent` is the cell
 * that tells less and holds more of them, null for the whole market, of which nothing is told.
 */
export interface Cell<Each extends Outward> {
  outward: Outward
  members: readonly Each[]
  parent: Cell<Each> | null
}

/**
 * The registered enterprises divided into cells, step by step: section, province, city, division, county, chain. The enterprises of a
 * step that are too few for a cell of their own stay together in what is told of the step before; where these would be too few in
 * their turn, one more group stays with them. So who is told little is as little alone as who is told much: it is not enough that five
 * would fit what is told, because whoever would have been told more is not one of them.
 */
export function cellsOf<Each extends Outward>(enterprises: readonly Each[]): Map<Each, Cell<Each>> {
  const whole: Cell<Each> = { outward: { region: null, classification: [] }, members: enterprises, parent: null }
  const cells = divided(whole, steps)
  return new Map(cells.flatMap((cell) => cell.members.map((member) => [member, cell])))
}

/** What is told of a demand whose enterprise stands in a cell: what both have in common. */
export function toldOf(own: Outward, { outward }: Pick<Cell<Outward>, 'outward'>): Outward {
  const common = (code: Code | null, told: Code) => (code === null ? null : commonOf(code, told))
  return {
    region: outward.region && common(own.region, outward.region),
    classification: outward.classification.flatMap(
      (told) => common(own.classification.find((code) => sameScheme(code, told)) ?? null, told) ?? [],
    ),
  }
}

/** Whether five enterprises or more fit what outsiders are told. */
export function isLost(outward: Outward, enterprises: readonly Outward[]): boolean {
  let fitting = 0
  for (const enterprise of enterprises) if (fits(outward, enterprise) && ++fitting === leastLost) return true
  return outward.region === null && outward.classification.length === 0
}

interface Step {
  keyOf(of: Outward): Code | undefined
  /** What is told after this step, where it could be taken. */
  told(before: Outward, key: Code): Outward
}

const steps: readonly Step[] = [industry(0), place(0), place(1), industry(1), place(2), chain()]

/** From the widest: province, city, county. */
function place(depth: number): Step {
  return {
    keyOf: ({ region }) => (region === null ? undefined : wideFirst(region)[depth]),
    told: (before, region) => ({ ...before, region }),
  }
}

/** From the widest: section, division. The first industry that an enterprise names is its main one. */
function industry(depth: number): Step {
  const own = ({ classification }: Outward) => classification.find(({ scheme }) => scheme === 'gbt4754')
  return {
    keyOf: (of) => wideFirst(own(of))[depth],
    told: (before, code) => ({ ...before, classification: [code] }),
  }
}

function chain(): Step {
  return {
    keyOf: ({ classification }) => classification.find(({ scheme }) => scheme === 'chain'),
    told: (before, code) => ({ ...before, classification: [...before.classification, code] }),
  }
}

function divided<Each extends Outward>(cell: Cell<Each>, [step, ...later]: readonly Step[]): Cell<Each>[] {
  if (step === undefined) return [cell]
  const groups = Map.groupBy(cell.members, (member) => step.keyOf(member)?.code)
  const bySize = [...groups].sort(([a, x], [b, y]) => y.length - x.length || ((a ?? '') < (b ?? '') ? -1 : 1))
  const large = bySize.filter(([code, members]) => code !== undefined && members.length >= leastLost)
  const rest = bySize.filter((group) => !large.includes(group)).flatMap(([, members]) => members)
  while (rest.length > 0 && rest.length < leastLost && large.length > 0) rest.push(...large.pop()![1])
  const cells = large.map(([, members]) => ({ outward: step.told(cell.outward, step.keyOf(members[0]!)!), members, parent: cell }))
  const stay = rest.length === 0 ? [] : large.length === 0 ? [cell] : [{ outward: cell.outward, members: rest, parent: cell }]
  return [...cells, ...stay].flatMap((each) => divided(each, later))
}

function fits({ region, classification }: Outward, enterprise: Outward): boolean {
  if (region !== null && (enterprise.region === null || !isWithin(enterprise.region, region))) return false
  return classification.every((code) => enterprise.classification.some((theirs) => sameScheme(theirs, code) && isWithin(theirs, code)))
}

const sameScheme = (a: Code, b: Code) => a.scheme === b.scheme
const wideFirst = (code: Code | undefined) => (code === undefined ? [] : [code, ...ancestorsOf(code)].reverse())

/** The narrowest place that holds both. */
function commonOf(a: Code, b: Code): Code | null {
  return [a, ...ancestorsOf(a)].find((each) => isWithin(b, each)) ?? null
}
