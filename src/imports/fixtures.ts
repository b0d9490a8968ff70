import { actingAs } from '../accounts/actor.ts'
import { enterpriseActions, institutionActions } from '../directory/actions.ts'
import type { Database } from '../platform/database/database.ts'
import { randomId } from '../platform/ids.ts'
import type { Ports } from '../platform/ports.ts'
import { type ImportOptions, type ImportOutcome, importFile } from './actions.ts'

/** What the tests of imports stand on: a market of one operator, and files as bureaus and universities send them. */
export const operator = actingAs('operator', 'tok_operator')

/** Ports whose clock goes on by a second at every look, from nine o'clock on 22 November 2026 in Shanghai. */
export function portsOn(database: Database): Ports {
  let seconds = 0
  const ports = {
    database,
    embedder: null,
    now: () => new Date(Date.UTC(2026, 10, 22, 1) + 1000 * seconds++).toISOString(),
    newId: randomId,
    timeZone: 'Asia/Shanghai',
  }
  // Imports never search.
  return ports as Partial<Ports> as Ports
}

/** The same database, whose every commit after the first `commits` fails as if the process were killed. */
export function killedAfter(database: Database, commits: number): Database {
  let left = commits
  return {
    ...database,
    commit: async (...statements) => {
      if (left-- <= 0) throw new Error('killed')
      await database.commit(...statements)
    },
  }
}

export const bytesOf = (text: string) => new TextEncoder().encode(text)

/** Imports a text as a file of the science bureau. */
export function importText(
  ports: Ports,
  kind: ImportOptions['kind'],
  fileName: string,
  text: string,
  options: Partial<ImportOptions> = {},
): Promise<ImportOutcome> {
  return importFile(ports, operator, { kind, fileName, bytes: bytesOf(text), source: 'kjj', locale: 'zh-CN', ...options })
}

export async function someEnterprise(ports: Ports): Promise<string> {
  return (await enterpriseActions.register(ports, operator, { name: '砺州恒砺机械有限公司' })).id
}

export async function someInstitution(ports: Ports): Promise<string> {
  return (await institutionActions.register(ports, operator, { name: '岭江理工大学', kind: 'university' })).id
}

/** Lines of jsonl. */
export const jsonl = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('')

/** Offerings that differ from one another. */
export function offeringRows(count: number, ownerId: string): object[] {
  return Array.from({ length: count }, (_, at) => ({
    originId: `ligong/${at + 1}`,
    title: `高温合金叶片激光熔覆修复工艺 ${at + 1}`,
    kind: 'result',
    ownerId,
    abstract: `面向燃气轮机叶片，采用镍基高温合金粉末分层熔覆，第 ${at + 1} 组参数经 1000 小时热循环验证，界面无裂纹。`,
    keywords: ['高温合金', '激光熔覆', '再制造'],
    classification: ['gbt4754:34', 'chain:equipment'],
    region: '990102',
    stage: 'pilot',
    readiness: { scale: 'trl', level: 6 },
    modes: ['licence', 'joint-development'],
  }))
}

/** GBK bytes of a text: the decoder of the platform, turned round. */
export function gbk(text: string): Uint8Array<ArrayBuffer> {
  const decoder = new TextDecoder('gb18030')
  const codes = new Map<string, number[]>()
  for (let high = 0x81; high <= 0xfe; high++) {
    for (let low = 0x40; low <= 0xfe; low++) if (low !== 0x7f) codes.set(decoder.decode(new Uint8Array([high, low])), [high, low])
  }
  return new Uint8Array([...text].flatMap((character) => (character < '\u0080' ? [character.charCodeAt(0)] : codes.get(character)!)))
}
