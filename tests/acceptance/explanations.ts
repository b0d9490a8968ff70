import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commandLine } from '../../src/accounts/actor.ts'
import { withParsedForm } from '../../src/demands/indicators.ts'
import { demands } from '../../src/demands/store.ts'
import { explainOffering, rankRecalledOfferings, recallOfferings } from '../../src/matching/actions/match-offerings.ts'
import { askedBy } from '../../src/matching/asked.ts'
import { catchUp } from '../../src/matching/catch-up.ts'
import { openMarket } from '../../src/open-market.ts'
import { configFrom } from '../../src/platform/config.ts'
import { fill } from '../bench/core.ts'
import type { Outcome } from './lines.ts'

const listings = 20_000
const explained = 20
/** So many demands are ranked before anything is measured. */
const warmUp = 10
/** CPU above recall, milliseconds at the 95th percentile. */
const atMost = 25
/** Every demand is judged by these too, which is the dearest part of a ranking. */
const indicators = ['抗拉强度不低于800 MPa', '成本降低到每吨2000元以下', '寿命≥5000 h', '误差控制在±0.5%以内']

/** What ranking and explaining the first twenty takes in processor time, once the candidates are recalled. */
export async function explanations(scale: number): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'sunmao-explained-'))
  try {
    const config = { ...configFrom({}), database: join(folder, 'bench.db'), embedding: { kind: 'hashing' as const } }
    const { ids } = await fill(config, Math.ceil(listings * scale))
    const { ports, close } = await openMarket(config)
    await catchUp(ports)
    const [first, again]: [number[], number[]] = [[], []]
    // A program that has just begun is not measured; the texts of the others are read for the first time all the same.
    for (const [times, some] of [
      [[] as number[], ids.slice(0, warmUp)],
      [first, ids.slice(warmUp)],
      [again, ids.slice(warmUp)],
    ] as const)
      for (const { plain } of some) {
        const stored = (await demands.find(ports.database, plain))!
        const demand = { ...stored, indicators: indicators.map((text) => withParsedForm({ text, need: 'must' })) }
        const recalled = await recallOfferings(ports, demand)
        const before = process.cpuUsage()
        const asked = askedBy(commandLine, demand)
        for (const item of rankRecalledOfferings(ports, demand, recalled).ranking.slice(0, explained))
          explainOffering(commandLine, asked, item)
        const { user, system } = process.cpuUsage(before)
        times.push((user + system) / 1000)
      }
    await close()
    const p = (times: number[], share: number) => times.toSorted((a, b) => a - b)[Math.floor(times.length * share)]!
    return {
      passed: p([...first, ...again], 0.95) <= atMost,
      figures: {
        listings: Math.ceil(listings * scale),
        demands: ids.length - warmUp,
        'indicators of each': indicators.length,
        'texts read for the first time: CPU ms, p50': p(first, 0.5).toFixed(1),
        'texts read for the first time: CPU ms, p95': p(first, 0.95).toFixed(1),
        'read before: CPU ms, p50': p(again, 0.5).toFixed(1),
        'read before: CPU ms, p95': p(again, 0.95).toFixed(1),
        [`all: CPU ms, p95 (at most ${atMost})`]: p([...first, ...again], 0.95).toFixed(1),
      },
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
