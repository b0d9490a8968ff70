import { blankDemand, Demand } from '../src/demands/demand.ts'
import { withParsedForm } from '../src/demands/indicators.ts'
import { VettingCheck } from '../src/demands/vetting.ts'
import { blankOffering, Offering, publishedLead } from '../src/offerings/offering.ts'
import { idFromOrigin } from '../src/platform/ids.ts'
import {
  type Clock,
  classificationOf,
  dayIn,
  disciplineOf,
  fenOf,
  idOf,
  instantAgo,
  type Row,
  readRows,
  referenceOf,
  regionOf,
  storedOf,
  without,
} from './rows.ts'

export const offeringRows = () => [...readRows('offerings-equipment-materials'), ...readRows('offerings-food-energy')]

/** Results of the invented institutions. */
export function resultsOf(clock: Clock): Promise<Offering[]> {
  return Promise.all(
    offeringRows().map(async (row) => {
      const publishedAt = instantAgo(clock, row.publishedDaysAgo ?? 30)
      return Offering.parse({
        ...blankOffering,
        ...without(row, 'owner', 'price', 'publishedDaysAgo', 'confirmedDaysAgo', 'expiresInDays', 'availableInDays', 'completers', 'kind'),
        kind: 'result',
        ownerId: await idOf('institution', row.owner as string),
        classification: classificationOf(row),
        region: regionOf(row),
        price: priceOf(row.price),
        availableFrom: dayIn(clock, row.availableInDays),
        expiresOn: dayIn(clock, row.expiresInDays),
        state: row.state ?? 'published',
        vetting: [],
        returnReason: null,
        publishedAt,
        confirmedAt: instantAgo(clock, row.confirmedDaysAgo),
        ...(await storedOf('offering', row, clock, row.publishedDaysAgo ?? 30)),
      })
    }),
  )
}

/** Fields that a market of industry has no use for, or must not show: weapons, nuclear, aerospace, clinical work, pure science. */
const leftOut = new Set([
  '兵器科学与技术',
  '核科学与技术',
  '航空宇航科学与技术',
  '天文学',
  '数学',
  '物理学',
  '地球物理学',
  '基础医学/临床医学',
  '口腔医学',
  '公共卫生与预防医学',
  '中医学/中药学',
])

/** Published work as leads: the texts and nothing else. */
export function leadsOf(clock: Clock): Promise<Offering[]> {
  const papers = readRows('csl-pool') as unknown as {
    id: string
    title: string
    abstract: string
    keywords: string[]
    discipline: string
  }[]
  return Promise.all(
    papers
      .filter(({ discipline }) => !leftOut.has(discipline))
      .map(async ({ id, title, abstract, keywords, discipline }) => {
        const originId = `csl/${id}`
        const lead = {
          id: await idFromOrigin('offering', originId),
          originId,
          title,
          abstract,
          keywords: [...new Set(keywords)].slice(0, 20),
          classification: disciplineOf(discipline),
          citation: { source: `CSL（中文科学文献数据集）${id}`, licence: 'Apache-2.0' as const },
        }
        return Offering.parse(publishedLead(lead, instantAgo(clock, 365)!))
      }),
  )
}

/** Demands as they come: collected, hard ones that nothing here answers, and everyday ones. */
export function demandsOf(clock: Clock): Promise<Demand[]> {
  const rows = ['demands-collected', 'demands-hard', 'demands-everyday'].flatMap((file) => readRows(file))
  return Promise.all(rows.map((row) => demandOf(clock, row)))
}

async function demandOf(clock: Clock, row: Row): Promise<Demand> {
  const state = (row.state as Demand['state'] | undefined) ?? 'published'
  const daysAgo = row.publishedDaysAgo ?? 20
  const wasPublished = ['published', 'expired', 'solved', 'withdrawn'].includes(state)
  const publishedAt = wasPublished ? instantAgo(clock, daysAgo) : null
  const enterpriseId = await idOf('enterprise', row.enterprise as string)
  const isOwn = (row.channel ?? 'enterprise') === 'enterprise'
  const confirmedAt = instantAgo(clock, row.confirmedDaysAgo)
  return Demand.parse({
    ...blankDemand,
    ...without(
      row,
      'enterprise',
      'broker',
      'budgetMinYuan',
      'budgetMaxYuan',
      'deadlineInDays',
      'expiresInDays',
      'publishedDaysAgo',
      'confirmedDaysAgo',
    ),
    state,
    enterpriseId,
    outward: null,
    proposal: null,
    mergedIntoId: null,
    classification: classificationOf(row),
    region: regionOf(row),
    indicators: ((row.indicators as Demand['indicators'] | undefined) ?? []).map(withParsedForm),
    budgetMinFen: fenOf(row.budgetMinYuan),
    budgetMaxFen: fenOf(row.budgetMaxYuan),
    deadlineOn: dayIn(clock, row.deadlineInDays),
    expiresOn: dayIn(clock, row.expiresInDays),
    brokerId: await referenceOf('broker', row.broker),
    enteredBy: isOwn ? enterpriseId : 'demo',
    onBehalfOf: isOwn ? null : enterpriseId,
    confirmation: isOwn || confirmedAt === null ? null : { how: 'phone', by: '演示数据', at: confirmedAt },
    vetting:
      publishedAt === null
        ? []
        : VettingCheck.options.map((check) => ({ check, result: 'passed', reason: null, by: 'demo', at: publishedAt })),
    returnReason: row.returnReason ?? null,
    routing: row.routing ?? null,
    publishedAt,
    confirmedAt,
    ...(await storedOf('demand', row, clock, daysAgo)),
  })
}

function priceOf(price: unknown): Offering['price'] {
  if (price === 'negotiable') return { kind: 'negotiable' }
  const { fixedYuan, minYuan, maxYuan } = (price ?? {}) as { fixedYuan?: number; minYuan?: number; maxYuan?: number }
  const [fixed, min, max] = [fixedYuan, minYuan, maxYuan].map(fenOf)
  if (fixed != null) return { kind: 'fixed', amountFen: fixed }
  return min != null && max != null ? { kind: 'range', minFen: min, maxFen: max } : null
}
