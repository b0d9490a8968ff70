import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unstable_startWorker } from 'wrangler'
import { aDocx, aPdf, aPng } from '../documents.ts'
import { openBrowser } from '../journeys/browser.ts'
import { textsIn } from '../journeys/stamped.ts'

const operator = 'an-operator-of-the-test-market-0001'
let worker: Awaited<ReturnType<typeof unstable_startWorker>>
/** A gateway for short messages, and what it was given to send. */
const sent: { number: string; code: string }[] = []
const gateway = createServer(async (request, response) => {
  let body = ''
  for await (const piece of request) body += piece
  sent.push(JSON.parse(body))
  response.end('{}')
})

beforeAll(async () => {
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve))
  const text = (value: string) => ({ type: 'plain_text', value }) as const
  // It would ask the platform for what a request looks like there.
  process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'
  worker = await unstable_startWorker({
    config: 'wrangler.toml',
    bindings: {
      SUNMAO_OPERATOR_TOKEN: text(operator),
      SUNMAO_SECRET: text('what-the-cookies-of-the-worker-are-sealed-with'),
      SUNMAO_MESSAGE_URL: text(`http://127.0.0.1:${(gateway.address() as AddressInfo).port}/`),
      SUNMAO_INTERNAL_HOSTS: text('127.0.0.1'),
      SUNMAO_MESSAGE_BODY: text('{"number":"{number}","code":"{code}"}'),
      SUNMAO_AUDIT_KEY: text('the key of the audit office of Lizhou'),
    },
    dev: { persist: false, server: { hostname: '127.0.0.1', port: 0 }, inspector: false, logLevel: 'error', watch: false },
  })
  await worker.ready
}, 60_000)
afterAll(async () => {
  gateway.close()
  await worker.dispose()
})

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const answer = await worker.fetch(`http://localhost${path}`, {
    method,
    headers: { authorization: `Bearer ${operator}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, json: text.startsWith('{') ? JSON.parse(text) : null, text }
}

const checks = ['authenticity', 'secrecy', 'wording'].map((check) => ({ check, result: 'passed', reason: null }))

describe('the Worker on D1', () => {
  it('brings an empty database up to date and says that it runs on text alone', async () => {
    expect(await call('GET', '/healthz')).toMatchObject({ status: 200, json: { ok: true } })
    expect(await call('GET', '/readyz')).toMatchObject({ status: 200, json: { ready: true, degraded: ['embedding'] } })
  })

  it('serves pages, static files and the API description', async () => {
    expect(await call('GET', '/', undefined, { accept: 'text/html' })).toMatchObject({ status: 200 })
    expect((await call('GET', '/swagger-start.js')).text).toContain('SwaggerUIBundle')
    expect((await call('GET', '/openapi.json')).json).toMatchObject({ openapi: '3.1.0' })
  })

  it('matches a published demand to a published result by text', async () => {
    const institution = await call('POST', '/api/institutions', { name: '砺州冶金研究院', kind: 'research-institute' })
    expect(institution.status).toBe(201)
    const enterprise = await call('POST', '/api/enterprises', { name: '砺州恒砺机械有限公司' })
    const offering = await call('POST', '/api/offerings', {
      title: '薄板激光焊接变形控制工艺',
      kind: 'result',
      ownerId: institution.json.id,
      abstract: '通过焊前预置反变形与焊后随焊冷却，把2 mm薄板的焊接变形控制在0.8 mm以内。',
    })
    await call('POST', `/api/offerings/${offering.json.id}/publication-request`)
    expect((await call('POST', `/api/offerings/${offering.json.id}/publication`, { checks })).json).toMatchObject({ state: 'published' })
    const demand = await call('POST', '/api/demands', {
      title: '薄板焊完翘曲变形',
      problem: '2毫米薄板焊接以后变形太大，要校平。',
      enterpriseId: enterprise.json.id,
    })
    const { status, json } = await call('GET', `/api/demands/${demand.json.id}/matches`)
    expect(status).toBe(200)
    expect(json).toMatchObject({ engine: { mode: 'text', embedder: null }, items: [{ subject: { id: offering.json.id } }] })
  })

  it('refuses as the server on Node does', async () => {
    const refused = await worker.fetch('http://localhost/api/demands', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"title":"薄板焊接变形"}',
    })
    expect(refused.status).toBe(401)
    expect(refused.headers.get('content-type')).toContain('application/problem+json')
  })

  it('keeps documents in R2, and marks what is confidential', async () => {
    const enterprise = await call('POST', '/api/enterprises', { name: '砺州恒砺机械有限公司' })
    const demand = await call('POST', '/api/demands', { title: '薄板焊完翘曲变形', enterpriseId: enterprise.json.id })
    const path = `/api/demands/${demand.json.id}/attachments`
    const send = async (name: string, group: string, bytes: Uint8Array) => {
      const body = new FormData()
      body.set('group', group)
      body.set('file', new File([Uint8Array.from(bytes)], name))
      const whole = new Response(body)
      const headers = { authorization: `Bearer ${operator}`, 'content-type': whole.headers.get('content-type')! }
      const answer = await worker.fetch(`http://localhost${path}`, { method: 'POST', headers, body: await whole.arrayBuffer() })
      return { status: answer.status, json: JSON.parse(await answer.text()) }
    }
    const picture = await send('断口.png', 'detail', aPng())
    expect(picture).toMatchObject({ status: 201, json: { name: '断口.png', mediaType: 'image/png' } })
    expect((await send('参数.docx', 'detail', aDocx())).status).toBe(201)
    for (const wrong of [Buffer.concat([aPng(), Buffer.from('PK')]), aPng().subarray(0, 60), aPng({ rows: 15 })])
      expect((await send('断口.png', 'detail', wrong)).status).toBe(422)
    const drawing = await send('图纸.pdf', 'confidential', await aPdf())
    expect(drawing.status).toBe(201)
    const content = async (id: string) => {
      const answer = await worker.fetch(`http://localhost/api/attachments/${id}/content`, {
        headers: { authorization: `Bearer ${operator}` },
      })
      expect([answer.status, answer.headers.get('content-security-policy')]).toEqual([200, expect.stringContaining('sandbox')])
      return new Uint8Array(await answer.arrayBuffer())
    }
    expect(Buffer.compare(await content(picture.json.id), aPng())).toBe(0)
    expect((await call('POST', '/api/openings', { subjectId: demand.json.id, reason: '核对涉密情况' })).status).toBe(201)
    const [page] = await textsIn(await content(drawing.json.id))
    const [code] = /[A-Z2-7]{4}(-[A-Z2-7]{4}){3}/.exec(page!)!
    expect((await call('GET', `/api/readings?code=${code}`)).json).toMatchObject({ object: drawing.json.id, readerRole: 'operator' })
    expect((await call('DELETE', `/api/attachments/${picture.json.id}`, undefined, { 'if-match': '"1"' })).status).toBe(200)
    expect((await call('GET', `/api/attachments/${picture.json.id}`)).status).toBe(404)
  })

  it('sends a code through the gateway and lets in whoever brings it', async () => {
    const own = openBrowser(async (url, request) => {
      // Undici's types and the Worker's differ in what neither uses here.
      const answer = await worker.fetch(url, request as Parameters<typeof worker.fetch>[1])
      return answer as unknown as Response
    }, 'http://localhost')
    const asked = await own.post('/sign-in', { phone: '138 0013 8000', back: '/demands' })
    expect(sent).toEqual([{ number: '13800138000', code: expect.stringMatching(/^\d{6}$/) }])
    const entered = await own.post(asked.location.split('?')[0]!, { code: sent[0]!.code, back: '/demands' })
    expect([entered.status, entered.location]).toEqual([303, '/demands'])
    expect((await own.get('/demands')).html).toContain('href="/account"')
    await own.post('/sign-out')
    expect((await own.get('/demands')).html).toContain('href="/sign-in')
  })

  it('runs what is due and seals the journal when its cron fires', async () => {
    const answer = await worker.fetch('http://localhost/cdn-cgi/handler/scheduled?cron=10+16+*+*+*')
    expect(await answer.text()).toBe('ok')
  })
})
