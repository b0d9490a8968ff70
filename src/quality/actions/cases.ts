import type { Demand } from '../../demands/demand.ts'
import { rankExperts } from '../../matching/actions/match-experts.ts'
import { rankOfferings } from '../../matching/actions/match-offerings.ts'
import type { Pairing, Ranked } from '../../matching/ranking.ts'
import type { Ports } from '../../platform/ports.ts'
import type { Case } from '../compared.ts'

/** The answers of all rankers to one demand. `ids` are all that might be proposed, the newest first. */
export async function caseOf(
  ports: Ports,
  kind: 'offering' | 'expert',
  demand: Demand,
  { ids, next, idOf }: { ids: readonly string[]; next: () => number; idOf: (item: { id: string; originId: string | null }) => string },
): Promise<Pick<Case, 'strength' | 'lists'>> {
  const ranking = async (with_: Ports) =>
    kind === 'offering'
      ? (await rankOfferings(with_, demand, { considered: 400 })).ranking.map((item) => ({ ...item, noun: item.offering }))
      : (await rankExperts(with_, demand)).ranking.map((item) => ({ ...item, noun: item.expert }))
  const [ours, text] = [await ranking(ports), await ranking({ ...ports, embedder: null })]
  const idsOf = (some: typeof ours) => some.map(({ noun }) => idOf(noun))
  const bySide = ours.toSorted((a, b) => b.scored.demandSide - a.scored.demandSide)
  return {
    strength: ours.length === 0 ? null : strongest(ours),
    lists: {
      ours: { ranking: idsOf(ours), confidence: strongest(ours) },
      random: { ranking: shuffled(ids, next), confidence: next() },
      // The last that were registered, for every demand the same.
      newest: { ranking: ids, confidence: 0 },
      bm25: { ranking: idsOf(text.toSorted((a, b) => b.topic.text - a.topic.text)), confidence: strongest(text) },
      'one-sided': { ranking: idsOf(bySide), confidence: bySide[0]?.scored.demandSide ?? 0 },
    },
  }
}

const strongest = (ranking: readonly Ranked<Pairing>[]) => Math.max(0, ...ranking.map(({ strength }) => strength ?? 0))

/** Fisher and Yates. */
function shuffled<Item>(items: readonly Item[], next: () => number): Item[] {
  const order = [...items]
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(next() * (at + 1))
    ;[order[at], order[other]] = [order[other]!, order[at]!]
  }
  return order
}
