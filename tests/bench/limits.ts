import { join } from 'node:path'
import { createApp } from '../../src/app.tsx'
import { openMarket } from '../../src/open-market.ts'
import { configFrom } from '../../src/platform/config.ts'
import { defaultLimits, LimitsText } from '../../src/platform/limits/limits.ts'
import { peerBehind } from '../../src/platform/web/peer.ts'
import { type Figures, generatedOfferings, indexAll, insertAll } from './core.ts'

/** So many callers take turns: each asks as often as its limit just allows, so that all of them are told to the database. */
const callers = 20
const perCaller = 120

/** What limits cost a search: the same market asked with and without them in turn, through the whole application. */
export async function measureLimits(folder: string, count: number): Promise<Figures> {
  const market = await openMarket({ ...configFrom({}), database: join(folder, 'limits.db'), embedding: { kind: 'hashing' } })
  try {
    await insertAll(market.ports, await generatedOfferings(count))
    await indexAll(market.ports)
    const peerOf = peerBehind(1, () => ({ address: '10.0.0.1', isSecure: false }))
    const apps = {
      without: createApp({ ...market.ports, limits: LimitsText.parse('off') }, { peerOf }),
      with: createApp({ ...market.ports, limits: defaultLimits }, { peerOf }),
    }
    const times = { without: [] as number[], with: [] as number[] }
    for (let turn = 0; turn < callers * perCaller; turn++) {
      const headers = { 'x-forwarded-for': `203.0.113.${turn % callers}` }
      // Now one is first, now the other.
      const order = turn % 2 === 0 ? (['without', 'with'] as const) : (['with', 'without'] as const)
      for (const name of order) {
        const start = performance.now()
        const answer = await apps[name].request(`/api/search?kind=offering&q=${encodeURIComponent(words[turn % words.length]!)}`, {
          headers,
        })
        await answer.arrayBuffer()
        if (answer.status !== 200) throw new Error(`a search was answered with ${answer.status}`)
        if (turn >= callers) times[name].push(performance.now() - start)
      }
    }
    const p = (name: keyof typeof times, share: number) =>
      times[name].toSorted((a, b) => a - b)[Math.floor(times[name].length * share)]!.toFixed(2)
    const rows = await market.ports.database.query.selectFrom('quota').select('key').execute()
    return {
      offerings: count,
      searches: times.with.length,
      'search without limits p50, ms': p('without', 0.5),
      'search with limits p50, ms': p('with', 0.5),
      'search without limits p99, ms': p('without', 0.99),
      'search with limits p99, ms': p('with', 0.99),
      'rows of quotas': rows.length,
    }
  } finally {
    await market.close()
  }
}

const words = ['焊接变形控制', '压铸件气孔', '窖泥退化', '废水处理膜污染', '刀具磨损监测', '薄板校平']
