import type { Actor } from '../accounts/actor.ts'
import { may } from '../accounts/permissions.ts'
import { demandRelations, demandView } from '../demands/actions.ts'
import { brokerActions, enterpriseActions, expertActions, institutionActions, parkActions, readsWorks } from '../directory/actions.ts'
import { evidenceOf } from '../directory/store.ts'
import { offeringRelations, offeringView } from '../offerings/actions.ts'
import type { Page, StoredNoun } from '../platform/database/listings.ts'
import type { ImportKind } from '../platform/database/tables.ts'
import type { Ports } from '../platform/ports.ts'
import { rowsOf } from './tables.ts'

const pageSize = 90

/** Pages of everything of a kind that an actor may read whole. What is shown in the directory at all is shown whole, but for masked experts. */
export const readersOf: Record<ImportKind, (ports: Ports, actor: Actor) => AsyncIterable<object[]>> = {
  enterprise: (ports, actor) => listed((page) => enterpriseActions.list(ports, actor, page)),
  park: (ports, actor) => listed((page) => parkActions.list(ports, actor, page)),
  institution: (ports, actor) => listed((page) => institutionActions.list(ports, actor, page)),
  broker: (ports, actor) => listed((page) => brokerActions.list(ports, actor, page)),
  expert: unmasked,
  evidence: evidenceOfReadable,
  offering: offeringsOf,
  demand: demandsOf,
}

async function* unmasked(ports: Ports, actor: Actor) {
  for await (const page of listed((page) => expertActions.list(ports, actor, page))) yield page.filter(({ isMasked }) => !isMasked)
}

async function* evidenceOfReadable(ports: Ports, actor: Actor) {
  for await (const page of unmasked(ports, actor))
    for (const expert of page) if (readsWorks(actor, expert)) yield await evidenceOf(ports.database, { expertId: expert.id })
}

/** The view leaves out what is confidential, for whoever may not read that. */
async function* offeringsOf(ports: Ports, actor: Actor) {
  const pages = walked(
    (after) => rowsOf.offering.page(ports.database, {}, { after, limit: pageSize }),
    (offering) => may(actor, 'offering.read-whole', offeringRelations(actor, offering)),
  )
  for await (const page of pages) yield page.map((offering) => offeringView(actor, offering))
}

/** The view leaves out what is confidential, and contacts that a broker or a park may not read. */
async function* demandsOf(ports: Ports, actor: Actor) {
  const pages = walked(
    (after) => rowsOf.demand.page(ports.database, {}, { after, limit: pageSize }),
    (demand) => may(actor, 'demand.read-whole', demandRelations(actor, demand)),
  )
  for await (const page of pages) yield page.map((demand) => demandView(actor, demand))
}

async function* listed<View>(list: (page: Page) => Promise<{ items: View[]; next: Page['after'] }>): AsyncGenerator<View[]> {
  for (let after: Page['after'] = null; ; ) {
    const { items, next } = await list({ after, limit: pageSize })
    yield items
    if (next === null) return
    after = next
  }
}

async function* walked<Noun extends StoredNoun>(
  read: (after: string) => Promise<Noun[]>,
  isReadable: (noun: Noun) => boolean,
): AsyncGenerator<Noun[]> {
  for (let after = ''; ; ) {
    const page = await read(after)
    yield page.filter(isReadable)
    if (page.length < pageSize) return
    after = page.at(-1)!.id
  }
}
