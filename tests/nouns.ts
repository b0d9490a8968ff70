import { blankDemand, type Demand } from '../src/demands/demand.ts'
import { type Broker, blankBroker } from '../src/directory/broker.ts'
import { blankEnterprise, type Enterprise } from '../src/directory/enterprise.ts'
import { blankEvidence, type Evidence } from '../src/directory/evidence.ts'
import { blankExpert, type Expert } from '../src/directory/expert.ts'
import { blankInstitution, type Institution } from '../src/directory/institution.ts'
import { blankPark, type Park } from '../src/directory/park.ts'
import { blankOffering, type Offering } from '../src/offerings/offering.ts'
import { codeIn } from '../src/platform/codes/codes.ts'
import type { StoredNoun } from '../src/platform/database/listings.ts'
import type { Kind } from '../src/platform/ids.ts'
import { commitNew, type WritableRows } from '../src/platform/journal/change.ts'
import type { Ports } from '../src/platform/ports.ts'

/** Believable nouns, each new: who takes part in a market of heat-resistant coatings. */

type Making = Pick<Ports, 'now' | 'newId'>

export function anEnterprise(making: Making, changes: Partial<Enterprise> = {}): Enterprise {
  return {
    ...blankEnterprise,
    name: '砺州恒砺机械有限公司',
    size: 'medium',
    region: codeIn('region', '990102'),
    classification: [codeIn('gbt4754', '34'), codeIn('chain', 'equipment')],
    summary: '制造燃气轮机叶片与高温部件。',
    products: ['涡轮叶片', '燃烧室衬套'],
    ...storedAs(making, 'enterprise'),
    ...changes,
  }
}

export function aPark(making: Making, changes: Partial<Park> = {}): Park {
  return { ...blankPark, name: '砺州高端装备产业园', region: codeIn('region', '990102'), ...storedAs(making, 'park'), ...changes }
}

export function anInstitution(making: Making, changes: Partial<Institution> = {}): Institution {
  return {
    ...blankInstitution,
    name: '岭江理工大学',
    kind: 'university',
    region: codeIn('region', '990103'),
    summary: '材料科学与表面工程见长。',
    hasStandingTrust: false,
    ...storedAs(making, 'institution'),
    ...changes,
  }
}

export function anExpert(making: Making, institutionId: string, changes: Partial<Expert> = {}): Expert {
  return {
    ...blankExpert,
    name: '沈砚秋',
    source: 'institution',
    affiliations: [{ institutionId, department: '材料学院', post: '教授' }],
    titleLevel: 'senior',
    field: '高温合金热障涂层',
    summary: '二十年来研究等离子喷涂热障涂层的失效机理与寿命预测。',
    methods: ['等离子喷涂', '热循环试验'],
    materials: ['镍基高温合金', '氧化钇稳定氧化锆'],
    keywords: ['热障涂层', '抗氧化'],
    modes: ['advisory', 'joint-development'],
    claimed: true,
    confirmedAt: null,
    enrolled: null,
    ...storedAs(making, 'expert'),
    ...changes,
  }
}

export function aBroker(making: Making, changes: Partial<Broker> = {}): Broker {
  return { ...blankBroker, name: '顾明远', organisation: '砺州技术转移中心', grade: 'senior', ...storedAs(making, 'broker'), ...changes }
}

/** A row with a text of its own; with `offeringId` give `title: null, abstract: null` too. */
export function anEvidence(making: Making, expertId: string, changes: Partial<Evidence> = {}): Evidence {
  return {
    ...blankEvidence,
    expertId,
    kind: 'paper',
    role: 'corresponding-author',
    title: '热障涂层在 1100 ℃ 燃气中的剥落行为',
    abstract: '比较三种粘结层的氧化膜增厚速率，给出剥落寿命的经验式。',
    on: '2024-06-30',
    position: 1,
    verifiedBy: null,
    ...storedAs(making, 'evidence'),
    ...changes,
  }
}

export function anOffering(making: Making, ownerId: string, changes: Partial<Offering> = {}): Offering {
  const stored = storedAs(making, 'offering')
  return {
    ...blankOffering,
    title: '高温合金叶片长寿命热障涂层',
    kind: 'result',
    ownerId,
    teaser: '叶片涂层寿命提高一倍的喷涂工艺',
    problemSolved: '燃气轮机叶片涂层在高温燃气中过早剥落。',
    abstract: '采用等离子喷涂制备双层陶瓷热障涂层，在 1100 ℃ 燃气中热循环 1500 次未见剥落。',
    keywords: ['热障涂层', '高温合金', '等离子喷涂'],
    classification: [codeIn('gbt4754', '34'), codeIn('chain', 'materials')],
    region: codeIn('region', '990103'),
    stage: 'pilot',
    readiness: { scale: 'trl', level: 6 },
    modes: ['licence', 'joint-development'],
    price: { kind: 'fixed', amountFen: 80_000_000 },
    state: 'published',
    vetting: [],
    returnReason: null,
    publishedAt: stored.createdAt,
    confirmedAt: stored.createdAt,
    ...stored,
    ...changes,
  }
}

export function aDemand(making: Making, enterpriseId: string, changes: Partial<Demand> = {}): Demand {
  const stored = storedAs(making, 'demand')
  return {
    ...blankDemand,
    title: '高温合金涂层抗氧化寿命不足',
    teaser: '求高温涂层长寿命方案',
    problem: '叶片涂层在 1100 ℃ 燃气中 600 小时即剥落，需要延长到 1000 小时以上。',
    indicators: [{ text: '抗氧化寿命不低于 1000 小时', need: 'must', parsed: null }],
    classification: [codeIn('gbt4754', '34'), codeIn('chain', 'equipment')],
    keywords: ['热障涂层', '抗氧化'],
    region: codeIn('region', '990102'),
    readinessFrom: 5,
    modes: ['joint-development', 'licence'],
    budgetMinFen: 50_000_000,
    budgetMaxFen: 120_000_000,
    enterpriseId,
    outward: null,
    proposal: null,
    state: 'published',
    brokerId: null,
    enteredBy: enterpriseId,
    onBehalfOf: null,
    confirmation: null,
    vetting: [],
    returnReason: null,
    routing: null,
    mergedIntoId: null,
    publishedAt: stored.createdAt,
    confirmedAt: stored.createdAt,
    ...stored,
    ...changes,
  }
}

/** Stores a noun as an action does: row, revision and journal entry in one commit. */
export function keep<Noun extends StoredNoun>(ports: Ports, rows: WritableRows<Noun> & { table: string }, noun: Noun): Promise<Noun> {
  return commitNew(ports, rows, noun, { kind: `${rows.table}.registered`, actorId: 'tok_operator' })
}

function storedAs({ now, newId }: Making, kind: Kind) {
  const at = now()
  return { id: newId(kind), originId: null, version: 1, createdAt: at, updatedAt: at }
}
