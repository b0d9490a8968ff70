import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openBrowser } from '../journeys/browser.ts'

/** Values that may stand nowhere in what a server prints. */
const planted = {
  operatorToken: 'an-operator-of-the-output-test-0001',
  secret: 'what-the-cookies-of-the-output-test-are-sealed-with',
  gatewayKey: 'sk-gateway-8f3a61',
  phone: '13812345678',
  unreachablePhone: '13912345678',
  email: 'wenyizhou.private@zhongli.example',
  password: '榫卯相合不用一钉一胶也牢',
  wrongPassword: 'Zhongli-Lucky-Guess-71',
  searched: '绝密窖泥复壮配方',
  link: `sml_${'5c'.repeat(20)}`,
  bearer: `smt_${'7d'.repeat(20)}`,
}
const program = ['--import', './src/platform/tsx.mjs', 'src/cli.ts']

describe('what a server prints', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sunmao-output-'))
  const database = join(folder, 'market.db')
  const codes: string[] = []
  const links: string[] = []
  /** A gateway that repeats what it was asked, and takes nothing for one of the numbers. */
  const gateway = createServer(async (request, response) => {
    let body = ''
    for await (const piece of request) body += piece
    const message = JSON.parse(body)
    if (message.to.endsWith(planted.unreachablePhone)) return void request.socket.destroy()
    if (message.code) codes.push(message.code)
    if (message.link) links.push(new URL(message.link).pathname)
    response.end(body)
  })
  let server: ChildProcess
  let printed = ''
  let address = ''
  beforeAll(async () => {
    await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve))
    const env = {
      ...process.env,
      SUNMAO_DATABASE: database,
      SUNMAO_PORT: '0',
      SUNMAO_EMBEDDING: 'off',
      SUNMAO_OPERATOR_TOKEN: planted.operatorToken,
      SUNMAO_SECRET: planted.secret,
      SUNMAO_INTERNAL_HOSTS: '127.0.0.1',
      SUNMAO_MESSAGE_URL: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/?key=${planted.gatewayKey}`,
      SUNMAO_MESSAGE_HEADERS: JSON.stringify({ authorization: `Bearer ${planted.gatewayKey}` }),
      SUNMAO_MESSAGE_BODY: '{"to":"{to}","code":"{code}"}',
      SUNMAO_MAIL_URL: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/?key=${planted.gatewayKey}`,
      SUNMAO_MAIL_BODY: '{"to":"{to}","link":"{link}"}',
    }
    // With an operator there is no link to print.
    const admitted = spawnSync(process.execPath, [...program, 'account', 'admit', '--phone', '13700000001', '--role', 'operator'], { env })
    expect(admitted.status, String(admitted.stderr)).toBe(0)
    server = spawn(process.execPath, [...program, 'serve'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [server.stdout!, server.stderr!]) {
      stream.on('data', (piece) => {
        printed += piece
      })
    }
    await vi.waitUntil(() => /http:\/\/\S+\n/.test(printed), { timeout: 30_000 })
    address = /http:\/\/\S+/.exec(printed)![0]
  }, 90_000)
  afterAll(async () => {
    server.kill('SIGKILL')
    gateway.close()
    rmSync(folder, { recursive: true })
  })

  it('holds no secret, code, number, address or word of anybody, whatever goes wrong', async () => {
    const own = openBrowser((url, request) => fetch(url, request), address)
    const asked = await own.post('/sign-in', { phone: planted.phone })
    const path = asked.location.split('?')[0]!
    await own.post(path, { code: codes[0] === '000000' ? '000001' : '000000' })
    expect((await own.post(path, { code: codes[0]! })).status).toBe(303)
    expect((await own.post('/account/password', { email: planted.email, password: planted.password })).status).toBe(200)
    expect((await own.post(links[0]!)).status).toBe(200)
    const [session, device] = [own.session()!, own.cookie('sunmao.device')!]
    await own.post('/sign-out')
    await own.post('/sign-in/password', { email: planted.email, password: planted.wrongPassword })
    expect((await own.post('/sign-in', { phone: planted.unreachablePhone })).status).toBe(502)
    await own.get(`/search?q=${encodeURIComponent(planted.searched)}`)
    await own.get(`/set-up/${planted.link}`)
    await fetch(`${address}/api/demands`, { headers: { authorization: `Bearer ${planted.bearer}` } })
    // From now on everything that asks for links, tokens, codes or passwords is a bug.
    const other = new BetterSqlite3(database)
    for (const table of ['link', 'token', 'sign_in_code', 'credential', 'demand']) other.exec(`drop table ${table}`)
    other.close()
    const before = printed.length
    const statuses = [
      (await own.get(`/set-up/${planted.link}?phone=${planted.phone}`)).status,
      (await own.get(`${path}?code=${codes[0]}`)).status,
      (await own.post('/sign-in/password', { email: planted.email, password: planted.password })).status,
      (await own.post('/sign-in', { phone: '13700000002' })).status,
      (await fetch(`${address}/api/demands`, { headers: { authorization: `Bearer ${planted.bearer}` } })).status,
      (
        await fetch(`${address}/api/demands/x?q=${encodeURIComponent(planted.searched)}`, {
          headers: { cookie: `sunmao.session_token=${session}` },
        })
      ).status,
    ]
    expect(statuses).toEqual([500, 500, 500, 500, 500, 500])
    await expect.poll(() => printed.slice(before).split('"message":"bug"').length - 1).toBe(6)
    for (const [what, value] of Object.entries({ ...planted, session, device })) {
      expect(printed.includes(value) || printed.includes(encodeURIComponent(value)), what).toBe(false)
    }
    for (const link of links) expect(printed).not.toContain(link.split('/').at(-1)!)
    for (const code of codes) expect(printed).not.toMatch(new RegExp(`(?<!\\d)${code}(?!\\d)`))
  }, 60_000)
})
