import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { deflateRawSync } from 'node:zlib'
import { writeXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readWorks, textOfFile } from '../../src/evidence/read/source.ts'
import { readTable } from '../../src/imports/read/table.ts'
import { type Server, serveMarket } from '../../src/main-node.ts'
import { openMarket } from '../../src/open-market.ts'
import { configFrom } from '../../src/platform/config.ts'

let server: Server
let port: number
beforeAll(async () => {
  const config = configFrom({
    SUNMAO_DATABASE: ':memory:',
    SUNMAO_EMBEDDING: 'off',
    SUNMAO_PORT: '0',
    SUNMAO_LIMITS: 'read-address=100000/60',
  })
  server = await serveMarket(await openMarket(config), config)
  port = Number(new URL(server.address).port)
})
afterAll(() => server.close())

/** As it is written: a client of HTTP would straighten the path first. */
function getRaw(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect({ port, host: '127.0.0.1' }, () =>
      socket.write(`GET ${path} HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n`),
    )
    socket.setEncoding('utf8').on('data', (part) => {
      answer += part
    })
    socket.on('error', reject).on('close', () => resolve(answer))
  })
}

describe('a path that climbs out of the folder of files', () => {
  const ups = [
    '..',
    '%2e%2e',
    '.%2e',
    '..%2f..',
    '%2e%2e%2f%2e%2e',
    '..\\',
    '..%5c',
    '....//',
    '..;',
    '%252e%252e',
    '..%c0%af',
    '..%00',
    '%u002e%u002e',
  ]
  const targets = ['package.json', 'src/cli.ts', 'data/sunmao.db', 'etc/passwd', '.git/config', '.npmrc']
  const secrets = [
    readFileSync('package.json', 'utf8').slice(2, 60),
    'root:x:0:0',
    'import { Command',
    'SQLite format',
    '[core]',
    'registry',
  ]

  it.each(ups)('by %s finds nothing there', async (up) => {
    for (const folder of ['', '/swagger', '/swagger/x']) {
      for (const target of targets) {
        for (const path of [`${folder}/${up}/${target}`, `${folder}/${up}/${up}/${up}/${target}`, `${folder}${up}/${target}`]) {
          const answer = await getRaw(path)
          expect(answer, path).not.toMatch(/^HTTP\/1\.1 (200|5)/)
          for (const secret of secrets) expect(answer.includes(secret), `${path}: ${secret}`).toBe(false)
        }
      }
    }
  })

  it.each([
    '/package.json',
    '/src/cli.ts',
    '/.env',
    '/.git/HEAD',
    '//etc/passwd',
    '/public/app.css',
    '/node_modules/hono/package.json',
    '/swagger/',
    '/swagger',
  ])('that names a file beside the folder (%s) finds nothing either', async (path) => {
    expect(await getRaw(path)).not.toMatch(/^HTTP\/1\.1 (200|5)/)
  })

  it('is not what the files themselves are', async () => {
    for (const path of ['/app.css', '/swagger/swagger-ui.css', '/htmx.min.js', '/favicon.svg']) {
      const answer = await getRaw(path)
      expect(answer, path).toMatch(/^HTTP\/1\.1 200/)
      for (const header of ['x-content-type-options: nosniff', 'cache-control: public, max-age=3600', 'ratelimit: "read-address"']) {
        expect(answer.toLowerCase(), path).toContain(header)
      }
    }
  })
})

describe('a file of works that is small and takes long to read, or stands for more than it is', () => {
  const entry = '@article{a, title = {残余应力}}\n'
  const doubling = Array.from({ length: 5_000 }, (_, at) => `@string{s${at + 1} = s${at} # s${at}}`).join('\n')
  it.each([
    ['strings that double each other', `@string{s0 = "焊"}\n${doubling}\n@article{b, title = s5000}\n${entry}`],
    ['braces that all stand open', `${'{'.repeat(400_000)}\n${entry}`],
    ['an entry of open braces', `@article{x, title = ${'{'.repeat(900_000)}`],
    ['entries that all stand open', '\n@article{a, title = {'.repeat(45_000)],
    ['quotations that all stand open', '\n@article{a, title = "{'.repeat(40_000)],
    ['accents on nothing', `@article{x, title = {${"\\'".repeat(400_000)}}}\n${entry}`],
    ['dollars', `@article{x, title = {${'$^'.repeat(400_000)}}}\n${entry}`],
    ['blanks', `@article{x, year = {${' '.repeat(900_000)}}}\n${entry}`],
    ['a header without end', `题名${Array.from({ length: 100_000 }, (_, at) => `,c${at}`).join('')}\n甲\n`],
    ['a row without end', `题名\n${',1'.repeat(400_000)}\n`],
    ['quotation marks', `题名\n${'"'.repeat(900_000)}\n`],
    ['columns called after what objects have', '题名,__proto__,constructor\n残余应力,1,2\n'],
  ])('is read or refused at once where it is made of %s', (_, text) => {
    const started = performance.now()
    try {
      expect(readWorks(text).works.length).toBeLessThanOrEqual(300)
    } catch (error) {
      expect(error).toMatchObject({ name: 'Problem' })
    }
    expect(performance.now() - started).toBeLessThan(3_000)
  })

  it('is refused as an archive, as what is no text, and where it is too large', () => {
    expect(() => textOfFile(Uint8Array.of(0x50, 0x4b, 3, 4))).toThrow('unsupported-media-type')
    expect(() => textOfFile(Uint8Array.of(0xc8, 0xff, 0xff))).toThrow('invalid-input')
    expect(() => textOfFile(new Uint8Array(1_000_001))).toThrow('too-large')
  })
})

describe('a workbook that is small and unpacks to more than fits', () => {
  const refusal = async (bytes: Uint8Array, name = '征集表.xlsx') => {
    const started = performance.now()
    const before = process.memoryUsage().rss
    const error: unknown = await readTable(bytes, name).catch((error: unknown) => error)
    expect(error).toMatchObject({ name: 'Problem' })
    expect(performance.now() - started).toBeLessThan(10_000)
    expect(process.memoryUsage().rss - before).toBeLessThan(1_500_000_000)
    return (error as { kind: string }).kind
  }

  it('is refused by what it says of itself', async () => {
    const sheet = Buffer.alloc(200_000_000, '<row/>')
    const bytes = zip({ ...skeleton, 'xl/worksheets/sheet1.xml': { packed: deflateRawSync(sheet), size: sheet.length } })
    expect(bytes.length).toBeLessThan(1_000_000)
    expect(await refusal(bytes)).toBe('too-large')
  })

  it('is refused where it lies about itself', async () => {
    const sheet = Buffer.alloc(200_000_000, '<row/>')
    const packed = deflateRawSync(sheet)
    for (const size of [0, 1, 1_000, 0xffffffff]) {
      expect([size, await refusal(zip({ ...skeleton, 'xl/worksheets/sheet1.xml': { packed, size } }))]).toEqual([
        size,
        expect.stringMatching(/too-large|invalid-input/),
      ])
    }
  })

  it('is refused for how many files it holds, and for how far its cells and merged cells reach', async () => {
    const many = Object.fromEntries(Array.from({ length: 60_000 }, (_, at) => [`xl/media/${at}`, '']))
    expect(await refusal(zip({ ...skeleton, ...many }))).toMatch(/too-large|invalid-input/)
    const far = (cells: string) => `<worksheet xmlns="${main}"><sheetData>${cells}</sheetData></worksheet>`
    const row = (at: number) => `<row r="${at}"><c r="XFD${at}" t="inlineStr"><is><t>x</t></is></c></row>`
    const wide = far(Array.from({ length: 60_000 }, (_, at) => row(at + 1)).join(''))
    expect(await refusal(zip({ ...skeleton, 'xl/worksheets/sheet1.xml': wide }))).toMatch(/too-large|invalid-input/)
    const merges = Array.from({ length: 30_000 }, (_, at) => `<mergeCell ref="A${at + 1}:A1048576"/>`).join('')
    const cells = Array.from({ length: 20_000 }, (_, at) => `<row r="${at + 1}"><c r="A${at + 1}"><v>1</v></c></row>`).join('')
    const merged = `<worksheet xmlns="${main}"><sheetData>${cells}</sheetData><mergeCells>${merges}</mergeCells></worksheet>`
    expect(await refusal(zip({ ...skeleton, 'xl/worksheets/sheet1.xml': merged }))).toMatch(/too-large|invalid-input/)
  })

  it('is refused where its text stands for more text, and for the files of this machine', async () => {
    const entities = Array.from({ length: 12 }, (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`).join('')
    for (const declared of [`<!ENTITY e0 "lol">${entities}`, '<!ENTITY e12 SYSTEM "file:///etc/passwd">']) {
      const sheet = `<?xml version="1.0"?><!DOCTYPE w [${declared}]><worksheet xmlns="${main}"><sheetData>${['标题', '&e12;']
        .map((text, at) => `<row r="${at + 1}"><c r="A${at + 1}" t="inlineStr"><is><t>${text}</t></is></c></row>`)
        .join('')}</sheetData></worksheet>`
      const table = await readTable(zip({ ...skeleton, 'xl/worksheets/sheet1.xml': sheet }), '征集表.xlsx').catch(() => null)
      const shown = JSON.stringify(table?.rows ?? [])
      expect(shown).not.toMatch(/root:x:0|lollol/)
      expect(shown.length).toBeLessThan(1_000)
    }
  })

  it('is not what a whole year of demands is', async () => {
    const rows = [
      ['题目', '问题描述'],
      ...Array.from({ length: 10_000 }, (_, at) => [`轧辊表面强化 ${at}`, '辊面剥落，寿命不足。'.repeat(40)]),
    ]
    const { rows: read } = await readTable(new Uint8Array(await writeXlsx({ sheets: [{ name: '需求', rows }] })), '征集表.xlsx')
    expect(read).toHaveLength(10_000)
  })
})

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
/** What a workbook has beside its one sheet. */
const skeleton = {
  '[Content_Types].xml': `<Types xmlns="${packages}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="需求" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
}

/** A zip archive; what is given packed says of its size whatever is wanted. */
function zip(files: Record<string, string | { packed: Uint8Array; size: number }>): Uint8Array {
  const [parts, directory]: [Buffer[], Buffer[]] = [[], []]
  let offset = 0
  for (const [name, file] of Object.entries(files)) {
    const { packed, size } = typeof file === 'string' ? { packed: deflateRawSync(Buffer.from(file)), size: Buffer.byteLength(file) } : file
    const named = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(size, 18)
    common.writeUInt16LE(named.length, 22)
    const local = [Buffer.from('PK\u0003\u0004'), common, named, Buffer.from(packed)]
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    directory.push(Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), common, rest, named)
    parts.push(...local)
    offset += local.reduce((sum, part) => sum + part.length, 0)
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  const count = Math.min(Object.keys(files).length, 0xffff)
  end.writeUInt16LE(count, 4)
  end.writeUInt16LE(count, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(offset, 12)
  return new Uint8Array(Buffer.concat([...parts, central, Buffer.from('PK\u0005\u0006'), end]))
}
