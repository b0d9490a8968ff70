import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outgoingOfNode } from '../outgoing/node.ts'
import { Problem } from '../problem.ts'
import { gateway, gateways, unreachable } from './gateway.ts'
import type { Message } from './messenger.ts'
import { outbox } from './outbox.ts'

/** The gateway of these tests is on this machine. */
const outgoing = outgoingOfNode({ internal: ['127.0.0.1'] })
const message: Message = { to: '+8613800138000', kind: 'sign-in-code', locale: 'zh-CN', facts: { code: '073512', minutes: 5 } }

describe('the outbox', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'sunmao-outbox-')), 'outbox')
  afterAll(() => rmSync(folder, { recursive: true }))

  it('writes one file a message, with the text as it would be read, for its owner alone', async () => {
    const messenger = outbox(folder, { now: () => '2026-11-22T01:00:00.000Z' })
    await messenger.send(message)
    await messenger.send({ ...message, locale: 'en' })
    const files = readdirSync(folder).sort()
    expect(files).toHaveLength(2)
    const [first, second] = files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')))
    expect(first).toMatchObject({
      to: '+8613800138000',
      kind: 'sign-in-code',
      text: expect.stringContaining('验证码是 073512，5 分钟内有效'),
    })
    expect(second.text).toContain('Your sign-in code is 073512')
    expect(statSync(join(folder, files[0]!)).mode & 0o777).toBe(0o600)
  })
})

describe('the gateway', () => {
  const asked: { path: string | undefined; headers: Record<string, unknown>; body: unknown }[] = []
  let status = 200
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const piece of request) body += piece
    asked.push({ path: request.url, headers: request.headers, body: JSON.parse(body) })
    response.writeHead(status, { location: '/elsewhere' }).end(body)
  })
  let url = ''
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  })
  afterAll(() => server.close())
  const body = { phones: ['{number}'], template: 'SMS_{kind}', vars: { code: '{code}', signature: '{unknown}', retries: 2 } }
  const posting = () => gateway({ url, headers: { 'x-key': 'k' }, body, timeoutMs: 2_000 }, outgoing)

  it('is sent the body that the configuration describes', async () => {
    await posting().send(message)
    expect(asked.at(-1)).toMatchObject({
      headers: { 'content-type': 'application/json', 'x-key': 'k' },
      body: { phones: ['13800138000'], template: 'SMS_sign-in-code', vars: { code: '073512', signature: '{unknown}', retries: 2 } },
    })
  })

  it.each([500, 403, 302])('that answers %i, has not sent it, and nothing of the message is told', async (answer) => {
    status = answer
    const error: unknown = await posting()
      .send(message)
      .catch((error: unknown) => error)
    expect(error).toBeInstanceOf(Problem)
    expect(error).toMatchObject({ kind: 'not-sent', facts: { gatewayStatus: answer } })
    expect(JSON.stringify((error as Problem).facts)).not.toContain('073512')
  })

  it('takes short messages, and another one e-mail', async () => {
    status = 200
    const settings = { headers: {}, body: { to: '{to}', link: '{link}' }, timeoutMs: 2_000 }
    const both = gateways({ short: { ...settings, url: `${url}short` }, mail: { ...settings, url: `${url}mail` } }, outgoing)
    const letter: Message = {
      to: 'wen@example.com',
      kind: 'reset-password',
      locale: 'en',
      facts: { link: 'https://market.example/x', minutes: 60 },
    }
    await both.send(letter)
    expect(asked.at(-1)).toMatchObject({ path: '/mail', body: { to: 'wen@example.com', link: 'https://market.example/x' } })
    await both.send(message)
    expect(asked.at(-1)).toMatchObject({ path: '/short', body: { to: '+8613800138000' } })
    await expect(gateways({ short: { ...settings, url }, mail: null }, outgoing).send(letter)).rejects.toMatchObject({ kind: 'not-ready' })
  })

  it('that is not there, is a refusal too', async () => {
    const gone = gateway({ url: 'http://127.0.0.1:1/', headers: {}, body, timeoutMs: 2_000 }, outgoing)
    await expect(gone.send(message)).rejects.toMatchObject({ kind: 'not-sent' })
    await expect(unreachable.send(message)).rejects.toMatchObject({ kind: 'not-ready' })
  })
})
