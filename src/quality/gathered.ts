import type { Engagement } from '../engagements/engagement.ts'
import { engagements, interests } from '../engagements/store.ts'
import type { Refusal } from '../matching/refusal.ts'
import { refusals } from '../matching/store.ts'
import type { Database } from '../platform/database/database.ts'
import type { Judgment } from './judgment.ts'
import { judgments } from './store.ts'

/** What is known of one pair, and from whom: judges who did not know whom they judged, or what both sides did. */
export interface KnownPair {
  demandId: string
  supplyId: string
  grade: number
  from: 'blind' | 'dealings'
}

/** Every pair of which something is known. Judges count before dealings; of several judges, the middle one and of two the lower. */
export async function knownPairs(database: Database): Promise<KnownPair[]> {
  const known = new Map<string, KnownPair>()
  const note = (pair: KnownPair) => known.set(`${pair.demandId} ${pair.supplyId}`, pair)
  for (const pair of await dealtPairs(database)) note({ ...pair, from: 'dealings' })
  for (const given of judgesOf(await Array.fromAsync(judgments.each(database, {}))).values()) {
    const grades = given.map(({ grade }) => grade).sort((a, b) => a - b)
    const { demandId, supplyId } = given[0]!
    note({ demandId, supplyId, grade: grades[Math.floor((grades.length - 1) / 2)]!, from: 'blind' })
  }
  return [...known.values()]
}

/** Judgments by pair, each in the order in which they were given. */
export function judgesOf(given: readonly Judgment[]): Map<string, Judgment[]> {
  const ordered = given.toSorted((a, b) => (`${a.createdAt} ${a.id}` < `${b.createdAt} ${b.id}` ? -1 : 1))
  return Map.groupBy(ordered, ({ demandId, supplyId }) => `${demandId} ${supplyId}`)
}

/**
 * What both sides did, as a grade: a contract 3; 方向不符 from either side 0, 只到实验室 1; a case that the broker opened, or an interest
 * that was answered with yes, 2. No time, no money or no trust says nothing about how well it fits. The first that holds counts.
 */
async function dealtPairs(database: Database): Promise<Omit<KnownPair, 'from'>[]> {
  const grades = new Map<string, Omit<KnownPair, 'from'> & { rank: number }>()
  const note = (ids: Pick<Refusal, 'demandId' | 'supplyId'>, said: readonly [rank: number, grade: number] | null) => {
    if (said === null) return
    const [rank, grade] = said
    const before = grades.get(`${ids.demandId} ${ids.supplyId}`)
    if (before === undefined || rank < before.rank)
      grades.set(`${ids.demandId} ${ids.supplyId}`, { demandId: ids.demandId, supplyId: ids.supplyId, rank, grade })
  }
  for await (const row of engagements.each(database, {}))
    if (row.supplyId !== null) note({ demandId: row.demandId, supplyId: row.supplyId }, saidByCase(row))
  for await (const row of refusals.each(database, {})) note(row, saidByCode(row.code))
  for await (const row of interests.each(database, { state: 'accepted' })) note(row, [4, 2])
  return [...grades.values()].map(({ rank: _, ...pair }) => pair)
}

function saidByCase({ state, steps }: Engagement): readonly [number, number] | null {
  if (state === 'signed') return [1, 3]
  const last = steps.at(-1)!
  return state === 'lost' ? saidByCode(last.code) : [4, 2]
}

function saidByCode(code: string | null): readonly [number, number] | null {
  if (code === 'field') return [2, 0]
  return code === 'lab-only' ? [3, 1] : null
}
