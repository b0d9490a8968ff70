import type { Demand, DemandView } from '../../../src/demands/demand.ts'
import type { Enterprise } from '../../../src/directory/enterprise.ts'
import type { OfferingView } from '../../../src/offerings/offering.ts'
import type { Client } from './client.ts'

/** All that somebody outside can read of the market, as he puts it together. */
export interface Known {
  enterprises: Enterprise[]
  demands: DemandView[]
  offerings: OfferingView[]
  /** Demand → owners of the offerings that are proposed for it, best first. */
  matched: Map<string, string[]>
  /** Word that was searched → demands that were found, best first. */
  found: Map<string, string[]>
}

interface Description {
  paths: Record<string, { get?: { parameters?: { name: string }[] } }>
}
interface Page<Item> {
  items: Item[]
  next: string | null
}

/** Asks everything that can be asked without anybody's leave: each endpoint, list, filter, facet, search and page. */
export async function ask(client: Client, words: readonly string[]): Promise<Known> {
  const { paths } = await client.read<Description>('/openapi.json')
  const gets = Object.entries(paths).flatMap(([path, { get }]) =>
    get === undefined ? [] : [{ path, names: (get.parameters ?? []).map(({ name }) => name) }],
  )
  for (const { path, names } of gets) {
    if (path.includes('{id}')) continue
    if (names.includes('cursor')) await all(client, path, 7)
    else await client.send('GET', path)
  }
  const enterprises = await all<Enterprise>(client, '/api/enterprises')
  const demands = await all<DemandView>(client, '/api/demands')
  const offerings = await all<OfferingView>(client, '/api/offerings')
  const brokers = await all<{ id: string }>(client, '/api/brokers')
  for (const state of ['draft', 'vetting', 'published', 'withdrawn', 'expired', 'solved'] satisfies Demand['state'][])
    await all(client, `/api/demands?state=${state}`)
  for (const { id } of brokers) await all(client, `/api/demands?brokerId=${id}`)
  for (const { id } of enterprises) {
    await all(client, `/api/demands?enterpriseId=${id}`)
    await client.send('GET', `/api/offerings?ownerId=${id}`)
  }
  const ids = { demands, enterprises, offerings, brokers }
  for (const [noun, rows] of Object.entries(ids)) {
    const own = gets.filter(({ path }) => path.startsWith(`/api/${noun}/{id}`) && path !== `/api/${noun}/{id}/matches`)
    for (const { id } of rows) {
      for (const { path } of own) await client.send('GET', path.replace('{id}', id))
      if (noun !== 'brokers') await client.send('GET', `/${noun}/${id}`)
    }
  }
  for (const { id } of [...enterprises, ...demands]) await client.send('GET', `/api/disclosures?subjectId=${id}`)
  const matched = await askMatches(client, demands, offerings)
  return { enterprises, demands, offerings, matched, found: await search(client, words) }
}

async function askMatches(client: Client, demands: readonly DemandView[], offerings: readonly OfferingView[]): Promise<Known['matched']> {
  const owners = new Map(offerings.map(({ id, ownerId }) => [id, ownerId]))
  const matched: Known['matched'] = new Map()
  for (const { id } of demands) {
    await client.send('GET', `/api/demands/${id}/matches?kind=expert`)
    await client.send('GET', `/demands/${id}/matches`)
    const { status, text } = await client.send('GET', `/api/demands/${id}/matches?limit=50`)
    if (status !== 200) continue
    const { items } = JSON.parse(text) as Page<{ subject: { id: string } }>
    matched.set(
      id,
      items.flatMap(({ subject }) => owners.get(subject.id) ?? []),
    )
  }
  return matched
}

/** Every word, and every facet by itself and with every other. */
async function search(client: Client, words: readonly string[]): Promise<Known['found']> {
  const found: Known['found'] = new Map()
  for (const word of words) {
    const { items } = await client.read<Page<{ id: string }>>(`/api/search?kind=demand&limit=50&q=${encodeURIComponent(word)}`)
    found.set(
      word,
      items.map(({ id }) => id),
    )
  }
  for (const word of words.filter((_, at) => at % 10 === 0)) {
    await client.send('GET', `/search?q=${encodeURIComponent(word)}`)
    await client.send('GET', `/demands?q=${encodeURIComponent(word)}`)
  }
  const { facets } = await client.read<{ facets: Record<string, Record<string, number>> }>('/api/search?kind=demand')
  const chosen = Object.entries(facets).flatMap(([name, values]) =>
    Object.keys(values).map((value) => `${name}=${encodeURIComponent(value)}`),
  )
  for (const one of chosen) {
    await client.send('GET', `/demands?${one}`)
    for (const other of chosen) if (one <= other) await client.send('GET', `/api/search?kind=demand&limit=50&${one}&${other}`)
  }
  return found
}

/** Every page of a list, to its end. */
async function all<Item>(client: Client, path: string, limit = 100): Promise<Item[]> {
  const items: Item[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { status, text } = await client.send(
      'GET',
      `${path}${path.includes('?') ? '&' : '?'}limit=${limit}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    )
    if (status !== 200) return items
    const page = JSON.parse(text) as Page<Item>
    items.push(...page.items)
    cursor = page.next
  }
  return items
}
