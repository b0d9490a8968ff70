import { readFile } from 'node:fs/promises'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Engagement } from '../../src/engagements/engagement.ts'
import { erase } from '../../src/persons/actions/erase.ts'
import { findPerson } from '../../src/persons/actions/find-person.ts'
import { PersonData } from '../../src/persons/person.ts'
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

describe('a case that is lost because somebody else was named', () => {
  const lost = (more: Record<string, string> = {}) => ({ version: '1', to: 'lost', code: 'referred', back: '/board', ...more })
  const referrals = async () => JSON.parse((await broker.get(`/api/referrals?demandId=${demandId}`)).text).items

  it('asks whom, and makes a referral of it that stands in 今天', async () => {
    const [first] = await cases(1)
    const asked = await send(`/engagements/${first!.id}/moves`, lost())
    expect(asked.status).toBe(422)
    expect(main(asked.html)).toContain('href="#referred"')
    expect((await read(first!)).state).toBe('proposed')
    const named = lost({ referred: '闻一舟', institution: '砺州理工大学' })
    expect((await send(`/engagements/${first!.id}/moves`, named)).status).toBe(303)
    expect((await read(first!)).state).toBe('lost')
    expect(await referrals()).toMatchObject([
      { name: '闻一舟', institution: '砺州理工大学', fromId: people[0]!.id, sentBy: broker.id, state: 'open' },
    ])
    expect(main((await page('/today')).html)).toContain('闻一舟')
  })

  it('is not one of several at once, and nobody is recorded for another reason', async () => {
    const all = await cases(2)
    const bar = main((await page(`/board?demand=${demandId}`)).html)
    expect(bar.slice(bar.indexOf('id="together"'))).not.toContain('value="referred"')
    const referral = { referred: '闻一舟', institution: null, note: null }
    const wrong = await broker.post(`/api/engagements/${all[0]!.id}/moves`, { ...to('lost', 'time'), version: 1, referral })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('not-referred')
    expect(await referrals()).toEqual([])
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

  it('keeps a note that is too long, or that was written before anything was ticked', async () => {
    const all = await cases(2)
    const long = '长'.repeat(25_000)
    const refused = await send('/board/moves', ticked(all, 'talking', { note: long }))
    expect(refused.status).toBe(422)
    expect(main(refused.html)).toContain('href="#note"')
    expect(main(refused.html)).toContain(long)
    const none = await send('/board/moves', ticked([], 'contacted', { note: '上午打过电话' }))
    expect(none.status).toBe(422)
    expect(main(none.html)).toContain('value="上午打过电话"')
  })

  it('tells whoever was slower who moved the card where, and lets him do it nevertheless', async () => {
    const [first] = await cases(1)
    const theirs = { ...to('contacted'), note: '先通了电话', version: 1 }
    await market.operator.post(`/api/engagements/${first!.id}/moves`, theirs)
    const form = { version: '1', to: 'talking', back: '/board', note: '厂长在场' }
    const conflict = await send(`/engagements/${first!.id}/moves`, form)
    expect(conflict.status).toBe(409)
    const said = main(conflict.html)
    for (const { note } of [theirs, form]) expect(said).toContain(note)
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

describe('the filters of the board', () => {
  const board = async (query: Record<string, string>, by = broker) =>
    main((await page(`/board?${new URLSearchParams({ demand: demandId, ...query })}`, by)).html)
  const names = async (query: Record<string, string>, by = broker) => {
    const html = await board(query, by)
    return ['沈岳', '鲁砚', '祁望'].filter((name) => html.includes(`"><span>${name}</span></a>`))
  }

  it('narrow it by stage, by words, and by what is said of the demand', async () => {
    const all = await cases()
    await move(all[0]!, 'talking')
    expect(await names({})).toEqual(['沈岳', '鲁砚', '祁望'])
    expect(await names({ stage: 'talking' })).toEqual(['沈岳'])
    expect(await names({ words: '鲁' })).toEqual(['鲁砚'])
    expect(await names({ words: '没有这个人' })).toEqual([])
    expect(await names({ region: welding.region.code })).toHaveLength(3)
    expect(await names({ region: '990999' })).toEqual([])
    expect(await names({ park: `prk_${'a'.repeat(20)}` })).toEqual([])
    for (const stage of ['', 'nowhere']) expect(await names({ stage })).toHaveLength(3)
  })

  it('know what is overdue and what is due soon', async () => {
    const day = (days: number) => new Date(Date.parse(market.ports.now()) + days * 86_400_000).toISOString().slice(0, 10)
    demandId = await carried(broker, { deadlineOn: day(60) })
    await cases(1)
    expect(await names({ due: 'quarter' })).toEqual(['沈岳'])
    expect(await names({ due: 'month' })).toEqual([])
    expect(await names({ due: 'past' })).toEqual([])
  })

  it('offer the operator brokers, and those who take part no more than the stage', async () => {
    const [first] = await cases(2)
    await move(first!, 'contacted')
    expect(await names({ broker: broker.id }, market.operator)).toHaveLength(2)
    expect(await names({ broker: other.id }, market.operator)).toEqual([])
    expect(await board({}, market.operator)).toContain('<select name="broker"')
    expect(await board({})).not.toContain('<select name="broker"')
    const own = main((await page('/board', people[0]!)).html)
    expect(own).toContain('<select name="stage"')
    for (const name of ['region', 'park', 'broker']) expect(own, name).not.toContain(`<select name="${name}"`)
  })
})

describe('a saved view', () => {
  const signed = async (phone: string, by: Client) => market.member(phone, 'broker', by.id)
  const send = async (by: Client, path: string, form: Record<string, string>) => {
    const answer = await by.ask('POST', path, { raw: { body: new URLSearchParams(form) }, headers: { accept: 'text/html' } })
    return { ...answer, location: answer.header('location') ?? '' }
  }
  const draft = (name: string) => ({ list: 'board', query: 'stage=talking', name })
  const look = async (by: Client, path = '/board?stage=talking') => main((await by.get(path, { accept: 'text/html' })).text)
  const idOf = (html: string) => /account\/views\/(viw_\w+)\/name/.exec(html)?.[1]

  it('keeps the filters under a name, for its owner alone', async () => {
    const [own, theirs] = [await signed('13900138301', broker), await signed('13900138302', other)]
    const { status, location } = await send(own, '/account/views', draft('本月洽谈'))
    expect([status, location]).toEqual([303, '/board?stage=talking'])
    const html = await look(own)
    expect(html).toMatch(/href="\/board\?stage=talking" aria-current="page"><span>本月洽谈/)
    expect(await look(theirs)).not.toContain('本月洽谈')
    expect((await send(theirs, `/account/views/${idOf(html)}/name`, { name: '别人的', back: '/board' })).status).toBe(404)
    expect((await send(theirs, `/account/views/${idOf(html)}/removal`, { back: '/board' })).status).toBe(404)
    expect((await send(broker, '/account/views', draft('令牌'))).status).toBe(401)
    const entries = JSON.stringify(await entriesAbout(market.ports.database, idOf(html)!))
    expect(entries).toContain('saved-view.saved')
    expect(entries).not.toContain('本月洽谈')
  })

  it('is called otherwise, deleted, and brought back while nothing else was deleted', async () => {
    const own = await signed('13900138303', broker)
    await send(own, '/account/views', draft('甲'))
    const id = idOf(await look(own))!
    expect((await send(own, `/account/views/${id}/name`, { name: '', back: '/board' })).status).toBe(422)
    await send(own, `/account/views/${id}/name`, { name: '乙', back: '/board' })
    expect(await look(own)).toContain('<span>乙</span>')
    const { location } = await send(own, `/account/views/${id}/removal`, { back: '/board?stage=talking' })
    expect(await look(own, location)).toContain(`/account/views/${id}/restoration`)
    expect(await look(own)).not.toContain('乙')
    expect((await send(own, `/account/views/${id}/restoration`, {})).location).toBe('/board?stage=talking')
    expect(await look(own)).toContain('<span>乙</span>')
    await send(own, `/account/views/${id}/removal`, { back: '/board' })
    await send(own, '/account/views', draft('丙'))
    await send(own, `/account/views/${idOf(await look(own))}/removal`, { back: '/board' })
    expect((await send(own, `/account/views/${id}/restoration`, {})).status).toBe(404)
  })

  it('has a name of forty characters at most, and thirty is enough for anybody', async () => {
    const own = await signed('13900138304', broker)
    for (const name of ['', '长'.repeat(41)]) {
      const { status, text } = await send(own, '/account/views', draft(name))
      expect(status).toBe(422)
      expect(text).toContain('id="name-error"')
      expect(text).toContain('value="stage=talking"')
    }
    for (let at = 0; at < 30; at++) {
      expect((await send(own, '/account/views', draft(`视图 ${at}`))).status).toBe(303)
      // An account writes twenty times in ten seconds at most.
      if (at % 15 === 14) market.passDays(1)
    }
    const { status, text } = await send(own, '/account/views', draft('第三十一个'))
    expect(status).toBe(409)
    expect(text).toContain('最多保存 30 个视图')
  })

  it('is given out with what is held about a person, and goes with his account', async () => {
    const own = await signed('13900138305', broker)
    await send(own, '/account/views', draft('要带走的'))
    const held = (await own.get('/api/account/data')).as(PersonData)
    expect(held.views).toMatchObject([{ list: 'board', name: '要带走的', query: 'stage=talking', removedAt: null }])
    await erase(market.ports, await findPerson(market.ports, held.accountId!), { reason: 'request', by: 'the test' })
    const rows = market.ports.database.query.selectFrom('saved_view').selectAll().where('account_id', '=', held.accountId!)
    expect(await rows.execute()).toEqual([])
  })
})

it('the script of the board is small', async () => {
  expect((await readFile(new URL('../../public/board.js', import.meta.url))).length).toBeLessThanOrEqual(3 * 1024)
})
