import { type ChildProcess, spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSqlite } from '../../src/platform/database/sqlite.ts'
import { sealingsWith, sealJournal } from '../../src/platform/journal/seal.ts'
import { run, sunmao } from '../acceptance/run.ts'

const folder = mkdtempSync(join(tmpdir(), 'sunmao-cli-'))
const database = join(folder, 'market.db')
const noDatabase = join(folder, 'letter.txt')
const env = { SUNMAO_DATABASE: database, SUNMAO_EMBEDDING: 'off', SUNMAO_PORT: '0', LANG: 'zh_CN.UTF-8' }
const cli = (args: string[], changes: Record<string, string> = {}) =>
  run(process.execPath, [...sunmao, ...args], { env: { ...env, ...changes } })
const lead = (n: number, title: string) =>
  JSON.stringify({
    originId: `papers/${n}`,
    title,
    kind: 'lead',
    abstract: `${title}的试验研究。`,
    citation: { source: `第${n}篇`, licence: 'Apache-2.0' },
  })

/** What `npm start` runs, without the shell in between. */
const startArguments = (JSON.parse(readFileSync('package.json', 'utf8')).scripts.start as string).split(' ').slice(2)

let server: ChildProcess
let address: string
beforeAll(async () => {
  writeFileSync(noDatabase, '各位同事：附件是本周的需求汇总表，请查收。'.repeat(40))
  server = spawn(process.execPath, startArguments, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
  address = await new Promise((resolve) => {
    server.stdout!.on('data', (part) => {
      const found = /http:\/\/\S+/.exec(String(part))
      if (found) resolve(found[0])
    })
  })
}, 60_000)
afterAll(async () => {
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  await ended
  rmSync(folder, { recursive: true, force: true })
})

describe('beside a server that holds the database', () => {
  it.each([['serve'], ['migrate'], ['demo', '--once']])('%s is refused with the pid and the address', async (...args) => {
    const { code, stderr } = await cli(args)
    expect(code).toBe(5)
    expect(stderr).toContain(String(server.pid))
    expect(stderr).toContain(address)
  })

  it('another server on its port ends, says what to do and leaves its own database free', async () => {
    const other = join(folder, 'port')
    mkdirSync(other)
    const { code, stderr } = await cli(['serve'], { SUNMAO_DATABASE: join(other, 'market.db'), SUNMAO_PORT: new URL(address).port })
    expect(code).toBeGreaterThan(0)
    expect(stderr).toContain('is in use')
    expect(readdirSync(other).filter((name) => name.includes('holder'))).toEqual([])
  })

  it('an import goes on, and the server has its rows within a second', async () => {
    const file = join(folder, 'papers.jsonl')
    writeFileSync(file, `${lead(1, '薄板激光焊接变形控制')}\n${lead(2, '食醋固态发酵翻醅')}\n`)
    const imported = await cli(['import', file, '--kind', 'offering', '--publish', '--json'])
    expect(JSON.parse(imported.stdout)).toMatchObject({ counts: { read: 2, written: 2 }, errors: [] })
    await new Promise((resolve) => setTimeout(resolve, 1000))
    const ready = await (await fetch(`${address}/readyz`)).json()
    const status = JSON.parse((await cli(['index', 'status', '--json'])).stdout)
    expect(ready).toMatchObject({ position: status.head, degraded: ['embedding'] })
    const found = await (await fetch(`${address}/api/search?kind=offering&q=${encodeURIComponent('焊接变形')}`)).json()
    expect(found).toMatchObject({ counts: { offering: 1 }, items: [{ title: '薄板激光焊接变形控制' }] })
  })

  it('a token is given, listed without its secret, and taken away', async () => {
    const { id, secret } = JSON.parse((await cli(['token', 'create', '--role', 'operator', '--json'])).stdout)
    const ask = () => fetch(`${address}/api/market/settings`, { headers: { authorization: `Bearer ${secret}` } })
    expect((await ask()).status).toBe(200)
    const listed = (await cli(['token', 'list', '--json'])).stdout
    expect(listed).toContain(id)
    expect(listed).not.toContain(secret)
    expect((await cli(['token', 'revoke', id])).code).toBe(0)
    expect((await ask()).status).toBe(401)
  })

  it('a token is kept to a rank of its role and to the scopes that it is given', async () => {
    const wrong = await cli(['token', 'create', '--role', 'operator', '--rank', 'transfer-office'])
    expect([wrong.code, wrong.stderr.includes('/rank')]).toEqual([3, true])
    const unknown = await cli(['token', 'create', '--role', 'operator', '--scopes', 'demand.everything'])
    expect([unknown.code, unknown.stderr.includes('/scopes')]).toEqual([3, true])
    const args = ['token', 'create', '--role', 'operator', '--name', '周报系统', '--scopes', 'demand.read, market.manage', '--json']
    const { secret } = JSON.parse((await cli(args)).stdout)
    const ask = (path: string) => fetch(`${address}${path}`, { headers: { authorization: `Bearer ${secret}` } })
    expect((await ask('/api/market/settings')).status).toBe(403)
    expect(await (await ask('/api/account')).json()).toMatchObject({ role: 'operator', key: { scopes: ['demand.read', 'market.manage'] } })
    expect((await cli(['token', 'list'])).stdout).toContain('周报系统')
    const member = await cli(['account', 'admit', '--phone', '13800138000', '--role', 'operator', '--rank', 'lab-head'])
    expect([member.code, member.stderr.includes('/rank')]).toEqual([3, true])
  })

  it('search and match answer, as text and as JSON', async () => {
    expect((await cli(['search', '焊接变形'])).stdout).toContain('薄板激光焊接变形控制')
    const { stdout } = await cli(['match', '--text', '薄板焊完就翘，怎么控制焊接变形', '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ offerings: [{ subject: { title: '薄板激光焊接变形控制' } }] })
    expect((await cli(['match', '--text', '薄板焊完就翘，怎么控制焊接变形'])).stdout).toContain('您要的：')
  })

  it('what was imported can be taken out again, and exported before', async () => {
    const exported = await cli(['export', '--kind', 'offering'])
    expect(exported.stdout.trim().split('\n')).toHaveLength(2)
    const file = join(folder, 'more.jsonl')
    writeFileSync(file, `${lead(3, '钢桥面铺装层间粘结')}\n`)
    const { batch } = JSON.parse((await cli(['import', file, '--kind', 'offering', '--json'])).stdout)
    expect((await cli(['import', 'undo', batch.id])).code).toBe(0)
    expect((await cli(['export', '--kind', 'offering'])).stdout).not.toContain('钢桥面')
  })
})

describe('the journal', () => {
  const file = join(folder, 'another.db')
  const key = 'a key of the audit office in Lizhou 1'
  const here = { SUNMAO_DATABASE: file, SUNMAO_AUDIT_KEY: key }
  const exported = join(folder, 'journal.jsonl')
  let anchor = ''
  beforeAll(async () => {
    await cli(['token', 'create', '--role', 'operator'], here)
    const opened = openSqlite(file)
    await sealJournal(opened)
    const papers = join(folder, 'audited.jsonl')
    writeFileSync(papers, `${lead(7, '食醋固态发酵翻醅')}\n`)
    await cli(['import', papers, '--kind', 'offering'], here)
    await sealJournal(opened, sealingsWith([key]))
    await opened.close()
  }, 60_000)

  it('is whole until somebody changes it by hand, and then each row is named', async () => {
    const whole = await cli(['audit', 'verify'], here)
    expect([whole.code, whole.stdout]).toEqual([0, expect.stringContaining('Sound: 4 entries, 1 revisions, 1 listings')])
    expect(whole.stdout).toContain('Sealed plainly: entries 1 to 1')
    expect(whole.stdout).toMatch(/Sealed with key [0-9a-f]{16}: entries 2 to 4/)
    anchor = /--since: (\S+)/.exec(whole.stdout)![1]!
    const keyless = await cli(['audit', 'verify'], { SUNMAO_DATABASE: file })
    expect([keyless.code, keyless.stdout]).toEqual([0, expect.stringContaining('NOT CHECKED: the seals 2 to 4')])

    const copy = join(folder, 'changed.db')
    copyFileSync(file, copy)
    const opened = openSqlite(copy)
    await opened.commit(opened.query.updateTable('journal').set({ actor_id: 'tok_other' }).where('seq', '=', 3))
    await opened.commit(opened.query.updateTable('offering').set({ state: 'published' }))
    await opened.close()
    const broken = await cli(['audit', 'verify'], { ...here, SUNMAO_DATABASE: copy })
    expect(broken.code).toBe(4)
    expect(broken.stdout).toContain('journal 3 changed: its digest is not that of its fields')
    expect(broken.stdout).toMatch(/offering off_\w+ changed: not as its latest revision says: state/)
    expect(broken.stdout).not.toContain('--since')
    const { faults } = JSON.parse((await cli(['audit', 'verify', '--json'], { ...here, SUNMAO_DATABASE: copy })).stdout)
    expect(faults).toMatchObject([
      { table: 'journal', row: '3' },
      { table: 'offering', names: ['state'] },
    ])
  })

  it('is held to an anchor that was kept elsewhere', async () => {
    expect((await cli(['audit', 'verify', '--since', anchor], here)).code).toBe(0)
    const gone = await cli(['audit', 'verify', '--since', anchor.replace('4:', '9:')], here)
    expect([gone.code, gone.stdout]).toEqual([4, expect.stringContaining('seal 9 missing: it is not as it was kept elsewhere')])
  })

  it('is checked by an auditor with the program that the help shows', async () => {
    const { stdout } = await cli(['audit', 'export'], here)
    writeFileSync(exported, stdout)
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).kind),
    ).toEqual(['token.created', 'import.started', 'offering.imported', 'import.completed'])
    const help = (await cli(['audit', 'export', '--help'])).stdout
    const program = join(folder, 'check.mjs')
    writeFileSync(program, help.slice(help.indexOf('// node check.mjs')))
    const check = (...args: string[]) => run(process.execPath, [program, ...args])
    expect(await check(exported, '', key)).toMatchObject({ code: 0, stdout: 'Sound up to 4\n' })
    expect((await check(exported, '', 'another key')).stderr).toContain('Entry 2 is not what it was')

    const hash = JSON.parse(stdout.split('\n')[1]!).seal.hash
    writeFileSync(exported, (await cli(['audit', 'export', '--since', '2'], here)).stdout)
    expect(await check(exported, hash, key)).toMatchObject({ code: 0, stdout: 'Sound up to 4\n' })
    writeFileSync(exported, stdout.replace('offering.imported', 'offering.invented'))
    expect((await check(exported, '', key)).stderr).toContain('Entry 3 is not what it was')
  })

  it('tells what changed in a listing', async () => {
    const { subjectId } = JSON.parse((await cli(['audit', 'export', '--since', '2'], here)).stdout.split('\n')[0]!)
    const shown = await cli(['audit', 'show', subjectId], here)
    expect(shown.stdout).toContain('offering.imported  by command-line')
    expect(shown.stdout).toContain('title: nothing → "食醋固态发酵翻醅"')
    const [made] = JSON.parse((await cli(['audit', 'show', subjectId, '--json'], here)).stdout)
    expect(made.fields).toContainEqual({ name: 'title', after: '食醋固态发酵翻醅' })
  })

  it('that is sealed with a key is served with it alone', async () => {
    const keyless = await cli(['serve'], { SUNMAO_DATABASE: file })
    expect([keyless.code, keyless.stderr]).toEqual([5, expect.stringContaining('SUNMAO_AUDIT_KEY')])
  })
})

describe('a wrong call', () => {
  it('says which row is wrong, and writes nothing', async () => {
    const file = join(folder, 'wrong.jsonl')
    writeFileSync(file, `${Array.from({ length: 56 }, (_, n) => lead(100 + n, `干燥工艺之${n}号研究`)).join('\n')}\n{"title": \n`)
    const { code, stdout } = await cli(['import', file, '--kind', 'offering'])
    expect(code).toBe(4)
    expect(stdout).toContain('line 57')
    expect((await cli(['export', '--kind', 'offering'])).stdout).not.toContain('干燥工艺')
  })

  it.each([
    [['import', 'nowhere.csv', '--kind', 'offering'], 5, 'nowhere.csv'],
    [['import', 'package.json'], 2, '--kind'],
    [['match'], 2, '--demand or --text'],
    [['match', '--demand', 'dem_aaaaaaaaaaaaaaaaaaaa'], 3, '没有找到'],
    [['token', 'create', '--role', 'king'], 3, '/role'],
    [['token', 'create', '--role', 'broker', '--subject', 'bro_aaaaaaaaaaaaaaaaaaaa'], 3, '/subject'],
    [['audit', 'verify', '--since', '12'], 3, '/since'],
    [['audit', 'export', '--since', 'yesterday'], 3, '/since'],
    [['audit', 'show', 'off_aaaaaaaaaaaaaaaaaaaa'], 3, '没有找到'],
    [['nonsense'], 1, '--help'],
  ])('%j says what to do', async (args, exitCode, words) => {
    const { code, stderr } = await cli(args as string[])
    expect(stderr).toContain(words)
    expect(code).toBe(exitCode)
    expect(stderr).not.toMatch(/^\s+at /m)
  })

  it.each([
    [{ SUNMAO_DATABASE: join(noDatabase, 'market.db') }, 'SUNMAO_DATABASE'],
    [{ SUNMAO_DATABASE: noDatabase }, 'SUNMAO_DATABASE'],
    [{ SUNMAO_PORT: 'many' }, 'SUNMAO_PORT'],
    [{ SUNMAO_AUDIT_KEY: 'short' }, 'SUNMAO_AUDIT_KEY'],
    [{ SUNMAO_EMBEDDING: 'http' }, 'SUNMAO_EMBEDDING_URL'],
  ])('%j is named as what is wrong', async (changes, words) => {
    const { code, stderr } = await cli(['index', 'status'], { SUNMAO_EMBEDDING: 'off', ...changes } as unknown as Record<string, string>)
    expect(stderr).toContain(words)
    expect(code).toBe(5)
    expect(stderr).not.toMatch(/^\s+at /m)
  })

  it('without a whole model the market runs on text alone and says so', async () => {
    const { code, stdout } = await cli(['index', 'status', '--json'], { SUNMAO_EMBEDDING: 'model', SUNMAO_MODEL: folder })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ embedder: null })
  })
})
