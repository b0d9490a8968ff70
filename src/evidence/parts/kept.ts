import { institutionActions } from '../../directory/actions.ts'
import type { Evidence } from '../../directory/evidence.ts'
import { readOffering } from '../../offerings/actions.ts'
import type { Page } from '../../platform/database/listings.ts'
import type { AppContext } from '../../platform/web/context.ts'
import { readable } from '../../platform/web/parts/readable.ts'
import { viewOf } from '../../platform/web/view.ts'
import { listEvidence } from '../actions.ts'
import { enteredBy } from '../store.ts'

/** A row as those see it who look after it. */
export interface KeptWork {
  row: Evidence
  title: string
  enteredBy: { name: string; at: string; isImported: boolean } | null
}

/** A page of what is registered for an expert, with who entered it. */
export async function keptWorks(c: AppContext, expertId: string, page: Page): Promise<{ works: KeptWork[]; next: Page['after'] }> {
  const { ports, actor } = c.var
  const { works: words } = viewOf(c).words
  const { items, next } = await listEvidence(ports, actor, expertId, page)
  const entered = await enteredBy(
    ports.database,
    items.map(({ id }) => id),
  )
  const offerings = await readable(
    items.flatMap(({ offeringId }) => offeringId ?? []),
    (id) => readOffering(ports, actor, id),
  )
  const houses = await readable(
    [...entered.values()].flatMap(({ actorId }) => (actorId.startsWith('itn_') ? [actorId] : [])),
    (id) => institutionActions.read(ports, actor, id),
  )
  const nameOf = (actorId: string) => (actorId === expertId ? words.self : (houses.get(actorId)?.name ?? words.market))
  const works = items.map((row): KeptWork => {
    const by = entered.get(row.id)
    const isImported = by?.kind === 'evidence.imported'
    return {
      row,
      title: row.title ?? offerings.get(row.offeringId ?? '')?.title ?? words.review.untitled,
      enteredBy: by === undefined ? null : { name: nameOf(by.actorId), at: by.at, isImported },
    }
  })
  return { works, next }
}
