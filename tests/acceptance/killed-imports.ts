import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readRows } from '../../seed/rows.ts'
import { catchUp, rebuild } from '../../src/matching/catch-up.ts'
import { offerings } from '../../src/offerings/store.ts'
import { openMarket } from '../../src/open-market.ts'
import { configFrom } from '../../src/platform/config.ts'
import type { Ports } from '../../src/platform/ports.ts'
import { random } from '../../src/platform/random.ts'
import type { Outcome } from './lines.ts'
import { node, run, sunmao } from './run.ts'

/** Kills an import at random moments: each time the batch is complete, or invisible and resumable, and the index equals a rebuilt one. */
export async function killedImports(scale: number): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'sunmao-kill-'))
  const [rows, kills] = [Math.max(300, Math.round(5000 * scale)), Math.max(1, Math.round(50 * scale))]
  const file = join(folder, 'leads.jsonl')
  writeFileSync(file, leads(rows))
  const pick = random(4)
  const count = { complete: 0, invisible: 0, 'cut short in the middle': 0 }
  const wrong: string[] = []
  try {
    const { ms: whole } = await importInto(join(folder, 'whole.db'), file)
    for (let kill = 0; kill < kills; kill++) {
      const database = join(folder, `kill-${kill}.db`)
      // Start and check take the first part; most kills should meet the writing.
      const after = Math.round((0.3 + 0.7 * pick.next()) * whole)
      await importInto(database, file, after)
      const first = await look(database)
      if (first.visible === rows) count.complete++
      else if (first.visible === 0) count.invisible++
      else wrong.push(`kill ${kill} after ${after} ms: ${first.visible} of ${rows} rows are visible`)
      if (first.visible === 0 && first.written > 0) count['cut short in the middle']++
      const resumed = await importInto(database, file)
      const last = await look(database)
      if (last.visible !== rows)
        wrong.push(
          `kill ${kill} after ${after} ms: after resuming ${last.visible} of ${rows} (exit ${resumed.code}): ${resumed.stderr.slice(-200)}`,
        )
      if (!last.indexEqualsRebuild) wrong.push(`kill ${kill}: the index differs from a rebuilt one`)
      rmSync(database, { force: true })
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return { passed: wrong.length === 0, figures: { rows, kills, ...count, wrong: wrong.length === 0 ? 0 : wrong.join('; ') } }
}

function importInto(database: string, file: string, killAfterMs?: number) {
  return run(node, [...sunmao, 'import', file, '--kind', 'offering', '--source', 'kill', '--publish', '--json'], {
    env: { SUNMAO_DATABASE: database },
    started: (child) => {
      if (killAfterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfterMs)
    },
  })
}

async function look(database: string): Promise<{ visible: number; written: number; indexEqualsRebuild: boolean }> {
  const market = await openMarket({ ...configFrom({}), database, embedding: { kind: 'off' } })
  try {
    const { ports } = market
    await catchUp(ports)
    const followed = await answers(ports)
    await rebuild(ports)
    const { written } = await ports.database.query
      .selectFrom('offering')
      .select(({ fn }) => fn.countAll<number>().as('written'))
      .executeTakeFirstOrThrow()
    return {
      visible: await offerings.count(ports.database, {}),
      written: Number(written),
      indexEqualsRebuild: followed === (await answers(ports)),
    }
  } finally {
    await market.close()
  }
}

async function answers(ports: Ports): Promise<string> {
  const found = []
  for (const text of ['薄板焊接变形控制', '食品干燥', '废水处理', null]) {
    found.push(
      await ports.search.search({ kinds: ['offering'], tier: 'full', text, vector: null, recall: 100, facets: ['discipline', 'form'] }),
    )
  }
  return JSON.stringify(found)
}

function leads(count: number): string {
  const pool = readRows('csl-pool') as unknown as { title: string; abstract: string; keywords: string[] }[]
  return Array.from({ length: count }, (_, n) => {
    const { title, abstract, keywords } = pool[n % pool.length]!
    const row = {
      originId: `kill/${n}`,
      title: `${title.slice(0, 100)} ${n}`,
      kind: 'lead',
      abstract,
      keywords: [...new Set(keywords)].slice(0, 20),
      citation: { source: `${n}`, licence: 'Apache-2.0' },
    }
    return `${JSON.stringify(row)}\n`
  }).join('')
}
