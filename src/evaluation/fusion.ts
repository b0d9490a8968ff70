import { demands } from '../demands/store.ts'
import { rankRecalledOfferings, recallOfferings } from '../matching/actions/match-offerings.ts'
import { type Fusion, fusions, weights } from '../matching/weights.ts'
import type { Ports } from '../platform/ports.ts'
import type { Progress } from './relevance.ts'

const shown = 10

/** What another way of fusing both sides would change in this market: of its open demands' first ten, the share that stays, and of the firsts. */
export interface FusionReport {
  demands: number
  standard: Fusion
  fusions: Record<Fusion, { sameTen: number; sameFirst: number }>
}

export async function measureFusion(ports: Ports, progress: Progress): Promise<FusionReport> {
  const all = await Array.fromAsync(demands.each(ports.database, { state: 'published' }))
  const sums = Object.fromEntries(fusions.map((fusion) => [fusion, { sameTen: 0, sameFirst: 0 }])) as FusionReport['fusions']
  let counted = 0
  for (const [at, demand] of all.entries()) {
    const recalled = await recallOfferings(ports, demand)
    const firstOf = (fusion: Fusion) =>
      rankRecalledOfferings(ports, demand, recalled, { ...weights, fusion })
        .ranking.slice(0, shown)
        .map(({ offering }) => offering.id)
    const standard = firstOf(weights.fusion)
    progress('demands', at + 1, all.length)
    if (standard.length === 0) continue
    counted++
    for (const fusion of fusions) {
      const other = firstOf(fusion)
      sums[fusion].sameTen += standard.filter((id) => other.includes(id)).length / standard.length
      sums[fusion].sameFirst += Number(other[0] === standard[0])
    }
  }
  const share = (sum: number) => (counted === 0 ? 1 : sum / counted)
  return {
    demands: counted,
    standard: weights.fusion,
    fusions: Object.fromEntries(
      fusions.map((fusion) => [fusion, { sameTen: share(sums[fusion].sameTen), sameFirst: share(sums[fusion].sameFirst) }]),
    ) as FusionReport['fusions'],
  }
}
