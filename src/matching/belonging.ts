import type { Actor } from '../accounts/actor.ts'
import type { Ports } from '../platform/ports.ts'
import { catchUp } from './catch-up.ts'
import { tierOf } from './reader.ts'
import { itemsOf, type SearchItem } from './search.ts'

const fieldNames = ['industry', 'discipline']

/** How many there are of each field: code → number. */
export type Fields = Record<'industry' | 'discipline', Record<string, number>>

/** Experts who work at one of these institutions, or offerings that one of them owns: as this reader may find them, newest first. */
export async function belongingTo(
  ports: Ports,
  actor: Actor,
  kind: 'expert' | 'offering',
  institutionIds: string[],
  limit: number,
): Promise<{ items: SearchItem[]; count: number; fields: Fields }> {
  await catchUp(ports)
  const { hits, count, facets } = await ports.search.search({
    kinds: [kind],
    tier: tierOf(actor),
    text: null,
    vector: null,
    filters: kind === 'expert' ? { institution: institutionIds } : { owner: institutionIds },
    recall: limit,
    facets: fieldNames,
  })
  return {
    items: await itemsOf(
      ports,
      actor,
      kind,
      hits.slice(0, limit).map(({ id }) => id),
    ),
    count,
    fields: { industry: facets.industry ?? {}, discipline: facets.discipline ?? {} },
  }
}
