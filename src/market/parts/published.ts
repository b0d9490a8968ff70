import { visitor } from '../../accounts/actor.ts'
import { readDemand } from '../../demands/actions.ts'
import { demandTitle } from '../../demands/demand-card.tsx'
import { enterpriseActions, expertActions, institutionActions } from '../../directory/actions.ts'
import type { Enterprise } from '../../directory/enterprise.ts'
import type { Institution } from '../../directory/institution.ts'
import { readOffering } from '../../offerings/actions.ts'
import type { Price } from '../../offerings/offering.ts'
import { type Code, codeName } from '../../platform/codes/codes.ts'
import { addressOf, type Ports } from '../../platform/ports.ts'
import type { z } from '../../platform/schema.ts'
import type { AppContext } from '../../platform/web/context.ts'
import { readable } from '../../platform/web/parts/readable.ts'
import { type View, viewOf } from '../../platform/web/view.ts'

/** What the page of a listing says to everybody: search engines, whoever is sent its address, a phone that reads its code. */
export interface Published {
  /** The one whole address of the page, in whatever language and by whatever way somebody came to it. */
  address: string
  title: string
  text: string | null
  /** In the words of schema.org. */
  thing: Thing
}
/** What has no value is left out when it is written. */
export interface Thing {
  '@type': string
  [property: string]: unknown
}

type Told = Omit<Published, 'address'>

/** What a visitor sees of one; null where there is no such page for him, or nobody has said what the address of the market is. */
async function published<Seen extends object>(
  c: AppContext,
  path: string,
  read: (ports: Ports) => Promise<Seen>,
  told: (seen: Seen, view: View) => Promise<Told | null> | Told,
): Promise<Published | null> {
  const { ports } = c.var
  if (ports.address === null) return null
  const [seen] = (await readable([path], () => read(ports))).values()
  if (seen === undefined) return null
  const address = addressOf(ports, path)
  const found = await told(seen, { ...viewOf(c), actor: visitor })
  if (found === null) return null
  const { title, text, thing } = found
  return { address, title, text, thing: { ...thing, name: title, description: text, url: address } }
}

export function publishedDemand(c: AppContext, id: string): Promise<Published | null> {
  const { ports } = c.var
  const read = () => readDemand(ports, visitor, id)
  return published(c, `/demands/${id}`, read, async (demand, view) => {
    const enterprise = await named(ports, demand.enterpriseId, enterpriseActions, '/enterprises')
    const thing: Thing = {
      '@type': 'Demand',
      areaServed: placeOf(demand.region, view),
      availabilityEnds: demand.deadlineOn,
      priceSpecification: amount(demand.budgetMinFen, demand.budgetMaxFen),
      ...(enterprise !== null && { '@reverse': { seeks: enterprise } }),
    }
    return { title: demandTitle(demand, view), text: demand.problem ?? demand.teaser, thing }
  })
}

export function publishedOffering(c: AppContext, id: string): Promise<Published | null> {
  const { ports } = c.var
  const read = () => readOffering(ports, visitor, id)
  return published(c, `/offerings/${id}`, read, async (offering) => {
    const { title, price, citation } = offering
    const text = offering.teaser ?? offering.problemSolved ?? offering.abstract
    // Nobody offers what was found in the literature.
    if (offering.kind === 'lead') return { title, text, thing: { '@type': 'CreativeWork', creditText: citation?.source } }
    const isInstitution = offering.ownerId?.startsWith('itn_')
    const thing: Thing = {
      '@type': 'Offer',
      itemOffered: { '@type': 'Product', name: title, description: text },
      offeredBy: await (isInstitution
        ? named(ports, offering.ownerId, institutionActions, '/institutions')
        : named(ports, offering.ownerId, enterpriseActions, '/enterprises')),
      ...priced(price),
    }
    return { title, text, thing }
  })
}

/** Null for one who shows no name: nobody is to be found by it. */
export function publishedExpert(c: AppContext, id: string): Promise<Published | null> {
  const { ports } = c.var
  const read = () => expertActions.read(ports, visitor, id)
  return published(c, `/experts/${id}`, read, async ({ name, isMasked, field, summary, title, affiliations, region }, view) => {
    if (isMasked || name === null) return null
    const employers = affiliations.map((each) => named(ports, each.institutionId, institutionActions, '/institutions'))
    const thing: Thing = {
      '@type': 'Person',
      jobTitle: title,
      knowsAbout: field,
      workLocation: placeOf(region, view),
      affiliation: await Promise.all(employers),
    }
    return { title: name, text: summary ?? field, thing }
  })
}

export function publishedInstitution(c: AppContext, id: string): Promise<Published | null> {
  const { ports } = c.var
  const read = () => institutionActions.read(ports, visitor, id)
  return published(c, `/institutions/${id}`, read, async (institution, view) => ({
    ...organisation(institution, view),
    thing: {
      ...organisation(institution, view).thing,
      parentOrganization: await named(ports, institution.parentId, institutionActions, '/institutions'),
    },
  }))
}

export function publishedEnterprise(c: AppContext, id: string): Promise<Published | null> {
  const { ports } = c.var
  return published(c, `/enterprises/${id}`, () => enterpriseActions.read(ports, visitor, id), organisation)
}

function organisation({ name, summary, region }: Institution | Enterprise, view: View): Told {
  return { title: name, text: summary, thing: { '@type': 'Organization', location: placeOf(region, view) } }
}

/** An organisation that a visitor may see, by its name and page. */
async function named(
  ports: Ports,
  id: string | null,
  actions: { read(ports: Ports, actor: typeof visitor, id: string): Promise<{ id: string; name: string }> },
  path: string,
): Promise<Thing | null> {
  const [seen] = (await readable(id === null ? [] : [id], (each) => actions.read(ports, visitor, each))).values()
  return seen === undefined ? null : { '@type': 'Organization', name: seen.name, url: addressOf(ports, `${path}/${seen.id}`) }
}

function placeOf(region: Code | null, { locale }: View): Thing | null {
  return region && { '@type': 'Place', name: codeName(region, locale) }
}

function priced(price: z.infer<typeof Price> | null): Partial<Thing> {
  if (price?.kind === 'fixed') return { price: yuan(price.amountFen), priceCurrency: 'CNY' }
  return price?.kind === 'range' ? { priceSpecification: amount(price.minFen, price.maxFen) } : {}
}

function amount(minFen: number | null, maxFen: number | null): Thing | null {
  if (minFen === null && maxFen === null) return null
  return { '@type': 'PriceSpecification', minPrice: yuan(minFen), maxPrice: yuan(maxFen), priceCurrency: 'CNY' }
}

const yuan = (fen: number | null) => fen && fen / 100
