import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Engagement } from '../../src/engagements/engagement.ts'
import { entriesAbout } from '../../src/platform/journal/journal.ts'
import { z } from '../../src/platform/schema.ts'
import { pageOf } from '../../src/platform/web/cursor.ts'
import { openBrowser, origin } from './browser.ts'
import { casting, welding } from './fixtures.ts'
import { type Client, type Market, openMarket, refused } from './market.ts'

/** The broker's board: cases move one by one or together, go back, and nobody's move is lost to a faster one. */

const Moved = z.object({ items: z.array(Engagement), at: z.string() })
const Undone = z.object({ items: z.array(Engagement), left: z.array(z.string()) })

let market: Market
let enterprise: Client
let broker: Client
let other: Client
let people: Client[]
let demandId: string
beforeAll(async () => {
  market = await openMarket()
  enterprise = await market.enterprise({ name: '众砺重工有限公司' })
  broker = await market.broker({ name: '苏怀瑾' })
  other = await market.broker({ name: '温以宁' })
  people = await Promise.all(['沈岳', '鲁砚', '祁望', '罗采薇'].map((name) => market.expert({ name, field: '焊接变形控制' })))
  // Who has taken over his profile is called by his name.
  await Promise.all(people.map(({ id }) => market.claim(id)))
})
beforeEach(async () => {
  demandId = await carried(broker)
})

/** A published demand that a broker carries. */
async function carried(by: Client, draft: object = {}): Promise<string> {
  const { id } = await market.publish(enterprise, { ...welding, ...draft })
  await market.operator.post(`/api/demands/${id}/assignment`, { brokerId: by.id })
  return id
}
const propose = async (expert: Client, of = demandId, by = broker) =>
  (await by.post('/api/engagements', { demandId: of, supplyId: expert.id, outside: null })).as(Engagement)
/** A case of each of the first of them. */
const cases = (count = 3) => Promise.all(people.slice(0, count).map((expert) => propose(expert)))
const read = async ({ id }: { id: string }, by = broker) => (await by.get(`/api/engagements/${id}`)).as(Engagement)
const seen = ({ id, version }: Engagement) => ({ id, version })
const to = (stage: string, code: string | null = null) => ({ to: stage, on: null, code, note: null })
const move = (engagement: Engagement, stage: string, by = broker) =>
  by.post(`/api/engagements/${engagement.id}/moves`, { ...to(stage), version: engagement.version })
const moveAll = (all: Engagement[], stage: string, by = broker, code: string | null = null) =>
  by.post('/api/engagements/moves', { cases: all.map(seen), ...to(stage, code) })

const own = openBrowser((url, request) => market.app.request(url, request))
const asClient = ({ secret }: Client, locale = 'zh-CN') => ({ cookie: `lang=${locale}`, origin, authorization: `Bearer ${secret}` })
const page = (path: string, by = broker, locale?: string) => own.get(path, asClient(by, locale))
/** What the ticked cards send. */
const ticked = (all: Engagement[], stage: string, more: Record<string, string> = {}) => {
  const form = new URLSearchParams({ to: stage, code: '', note: '', back: `/board?demand=${demandId}`, ...more })
  for (const { id, version } of all) form.append('case', `${id}:${version}`)
  return form
}
const send = (path: string, form: Record<string, string> | URLSearchParams, by = broker) => own.post(path, form, asClient(by))
const main = (html: string) => html.slice(html.indexOf('<main'), html.indexOf('</main>'))

describe('moving several cases at once', () => {
  it('moves all of them, each with its own entry, as of one instant', async () => {
    const all = await cases()
    const { items, at } = (await moveAll(all, 'talking')).as(Moved)
    expect(items.map(({ state, version }) => [state, version])).toEqual(Array(3).fill(['talking', 2]))
    for (const each of all) {
      expect(await read(each)).toMatchObject({ state: 'talking', steps: [{}, { to: 'talking', by: broker.id, at }] })
      expect((await entriesAbout(market.ports.database, each.id)).at(-1)).toMatchObject({
        kind: 'engagement.moved',
        at,
        facts: { from: 'proposed', to: 'talking' },
      })
    }
  })

  it('moves none where one of them was moved meanwhile, and says which', async () => {
    const all = await cases()
    await move(all[1]!, 'signed', market.operator)
    const problem = refused(await moveAll(all, 'talking'), 'changed-meanwhile')
    expect(problem.hindered).toEqual([{ id: all[1]!.id, why: 'changed' }])
    expect(problem.detail).toContain('1 项')
    expect((await Promise.all(all.map((each) => read(each)))).map(({ state }) => state)).toEqual(['proposed', 'signed', 'proposed'])
  })

  it('moves none where the table knows no such move for one, or one is of another broker’s', async () => {
    const [first, second] = await cases(2)
    const there = (await move(first!, 'contacted')).as(Engagement)
    expect(refused(await moveAll([there, second!], 'contacted'), 'not-allowed-now').hindered).toEqual([
      { id: first!.id, why: 'no-such-move' },
    ])
    const theirs = await propose(people[0]!, await carried(other), other)
    expect(refused(await moveAll([second!, theirs], 'talking'), 'not-found').hindered).toEqual([{ id: theirs.id, why: 'gone' }])
    expect((await read(second!)).version).toBe(1)
  })

  it('takes one reason for all that are lost, and no more than a hundred', async () => {
    const all = await cases(2)
    expect(refused(await moveAll(all, 'lost'), 'invalid-input').errors).toMatchObject([{ pointer: '/code', code: 'required' }])
    const { items } = (await moveAll(all, 'lost', broker, 'time')).as(Moved)
    expect(items.map(({ steps }) => steps.at(-1)!.code)).toEqual(['time', 'time'])
    const many = Array.from({ length: 101 }, () => seen(all[0]!))
    expect((await broker.post('/api/engagements/moves', { cases: many, ...to('talking') })).status).toBe(422)
    expect((await broker.post('/api/engagements/moves', { cases: [], ...to('talking') })).status).toBe(422)
  })

  it('is for those who carry the cases', async () => {
    const all = await cases(2)
    await move(all[0]!, 'contacted')
    for (const by of [enterprise, people[0]!, market.visitor, await market.client('auditor', null)])
      refused(await moveAll(all, 'talking', by), by === market.visitor ? 'not-signed-in' : 'not-permitted')
    refused(await moveAll(all, 'talking', other), 'not-found')
    expect((await moveAll([await read(all[0]!), all[1]!], 'talking', market.operator)).status).toBe(200)
  })

  it('of two who move the same together at the same moment lets one', async () => {
    const all = await cases()
    const answers = await Promise.all([moveAll(all, 'talking'), moveAll(all, 'signed', market.operator)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(new Set((await Promise.all(all.map((each) => read(each)))).map(({ state }) => state)).size).toBe(1)
  })
})

describe('taking back together', () => {
  it('puts every case back to where it was', async () => {
    const [first, second, third] = await cases()
    const contacted = (await move(first!, 'contacted')).as(Engagement)
    const { at } = (await moveAll([contacted, second!, third!], 'talking')).as(Moved)
    const { items, left } = (await broker.post('/api/engagements/undoings', { at })).as(Undone)
    expect(items.map(({ state }) => state)).toEqual(['contacted', 'proposed', 'proposed'])
    expect(left).toEqual([])
  })

  it('leaves what went on since, and names it; a second time nothing is left to do', async () => {
    const all = await cases()
    const { items, at } = (await moveAll(all, 'talking')).as(Moved)
    await move(items[2]!, 'signed', market.operator)
    const first = (await broker.post('/api/engagements/undoings', { at })).as(Undone)
    expect(first.items.map(({ id }) => id).toSorted()).toEqual(
      all
        .slice(0, 2)
        .map(({ id }) => id)
        .toSorted(),
    )
    expect(first.left).toEqual([all[2]!.id])
    expect((await read(all[2]!)).state).toBe('signed')
    expect((await broker.post('/api/engagements/undoings', { at })).as(Undone)).toEqual({ items: [], left: [all[2]!.id] })
  })

  it('takes back one’s own moves alone', async () => {
    const { at } = (await moveAll(await cases(2), 'talking')).as(Moved)
    for (const by of [other, market.operator]) refused(await by.post('/api/engagements/undoings', { at }), 'not-found')
    refused(await enterprise.post('/api/engagements/undoings', { at }), 'not-permitted')
    refused(await market.visitor.post('/api/engagements/undoings', { at }), 'not-signed-in')
  })
})

describe('the board', () => {
  it('moves the ticked cards, says what it did, and takes it back', async () => {
    const all = await cases(2)
    const board = `/board?demand=${demandId}`
    const { html } = await page(board)
    for (const { id } of all) expect(html).toContain(`value="${id}:1" form="together"`)
    const { status, location } = await send('/board/moves', ticked(all, 'talking'))
    expect(status).toBe(303)
    const after = main((await page(location)).html)
    expect(after).toMatch(/已把(沈岳、鲁砚|鲁砚、沈岳)移到“洽谈中”。/)
    const at = /name="at" value="([^"]+)"/.exec(after)![1]!
    const undone = await send('/board/undoings', { at, back: location })
    expect(undone.location).toBe(board)
    expect((await Promise.all(all.map((each) => read(each)))).map(({ state }) => state)).toEqual(['proposed', 'proposed'])
  })

  it('names what it could not take back, with who moved it where', async () => {
    const all = await cases(2)
    const { location } = await send('/board/moves', ticked(all, 'talking'))
    await move(await read(all[0]!), 'signed', market.operator)
    const at = new URL(location, origin).searchParams.get('moved')!
    const undone = await send('/board/undoings', { at, back: location })
    const said = main((await page(undone.location)).html)
    expect(said).toMatch(/沈岳：运营人员已于 \d{4}年\d+月\d+日 \d\d:\d\d 移到“已签约”。/)
    expect(said).not.toMatch(/鲁砚：/)
  })

  it('ticks a whole stage without scripts', async () => {
    await cases(2)
    const ticks = async (path: string) => (await page(path)).html.match(/name="case"[^>]*checked/g)?.length ?? 0
    expect(await ticks(`/board?demand=${demandId}`)).toBe(0)
    expect(await ticks(`/board?demand=${demandId}&all=proposed`)).toBe(2)
    expect(await ticks(`/board?demand=${demandId}&all=talking`)).toBe(0)
  })

  it('that cannot move some of them says why, and moves the others when told again', async () => {
    const all = await cases()
    await move(all[0]!, 'signed', market.operator)
    const stopped = await send('/board/moves', ticked(all, 'talking'))
    expect(stopped.status).toBe(409)
    expect(main(stopped.html)).toMatch(/沈岳：运营人员已于 .+ 移到“已签约”。/)
    expect((await read(all[1]!)).state).toBe('proposed')
    const free = [...main(stopped.html).matchAll(/name="case" value="(eng_\w+):1"/g)].map(([, id]) => id!)
    expect(free.toSorted()).toEqual(
      all
        .slice(1)
        .map(({ id }) => id)
        .toSorted(),
    )
    expect((await send('/board/moves', ticked(all.slice(1), 'talking'))).status).toBe(303)
    expect((await Promise.all(all.map((each) => read(each)))).map(({ state }) => state)).toEqual(['signed', 'talking', 'talking'])
  })

  it('asks once for the reason where they are lost, and for cards where none is ticked', async () => {
    const all = await cases(2)
    const asked = await send('/board/moves', ticked(all, 'lost'))
    expect(asked.status).toBe(422)
    expect(asked.html).toContain('id="code-error"')
    expect(asked.html.match(/name="case"/g)).toHaveLength(2)
    expect((await send('/board/moves', ticked(all, 'lost', { code: 'time' }))).status).toBe(303)
    const none = await send('/board/moves', ticked([], 'talking'))
    expect(none.status).toBe(422)
    expect(main(none.html)).toContain('class="summary"')
    expect((await send('/board/moves', ticked(all, 'nowhere'))).status).toBe(422)
  })

  it('tells whoever was slower who moved the card where, and lets him do it nevertheless', async () => {
    const [first] = await cases(1)
    await move(first!, 'contacted', market.operator)
    const form = { version: '1', to: 'talking', back: '/board' }
    const conflict = await send(`/engagements/${first!.id}/moves`, form)
    expect(conflict.status).toBe(409)
    const said = main(conflict.html)
    expect(said).toMatch(/运营人员已于 .+ 移到“已联系”。/)
    expect(said).toContain('仍然移到“洽谈中”')
    expect(said).toContain('name="version" value="2"')
    expect((await read(first!)).state).toBe('contacted')
    expect((await send(`/engagements/${first!.id}/moves`, { ...form, version: '2' })).status).toBe(303)
    expect((await read(first!)).state).toBe('talking')
    const english = main((await own.post(`/engagements/${first!.id}/moves`, form, asClient(broker, 'en'))).html)
    expect(english).toContain('You moved it to')
    expect(english).toContain('in that stage already')
  })

  it('tells who was too late to take a move back, and offers what may still be done', async () => {
    const [first] = await cases(1)
    await move(first!, 'talking')
    await broker.post(`/api/engagements/${first!.id}/undoing`, { version: 2 })
    const conflict = await send(`/engagements/${first!.id}/undoing`, { version: '2', back: '/board' })
    expect(conflict.status).toBe(409)
    expect(main(conflict.html)).toMatch(/您已于 .+ 撤销，退回“待推荐”。/)
  })

  it('shows a broker his own cases alone', async () => {
    await cases(1)
    const theirs = await carried(other, { title: casting.title })
    await propose(people[0]!, theirs, other)
    const { items } = (await other.get('/api/engagements')).as(pageOf(Engagement))
    const { html } = await page('/board', broker)
    for (const { id } of items) expect(html).not.toContain(id)
  })
})
