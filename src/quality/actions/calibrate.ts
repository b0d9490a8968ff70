import { marketItself } from '../../accounts/actor.ts'
import { demands } from '../../demands/store.ts'
import { findSetting, putSetting } from '../../market/store.ts'
import { recallExperts } from '../../matching/actions/match-experts.ts'
import { recallOfferings } from '../../matching/actions/match-offerings.ts'
import { calibrationId, OwnCalibration } from '../../matching/confidence.ts'
import { kindOfId } from '../../platform/ids.ts'
import { record } from '../../platform/journal/journal.ts'
import { type Ports, today } from '../../platform/ports.ts'
import { type Answerable, fitted } from '../calibration.ts'
import { type KnownPair, knownPairs } from '../gathered.ts'

/** So many judged pairs make a market's own curve, … */
export const pairsAtLeast = 200
/** … with so many worth a talk among them, and as many not. */
const eachAtLeast = 20
const worthATalk = 2

/**
 * Fits the curve from strength to confidence on this market's own judged pairs (is it of grade 2 or 3?), once there are enough of them. Run
 * nightly; what has not changed is not written. Pairs that are not near at all count with strength 0. Gives the curve in force, or null.
 */
export async function calibrate(ports: Ports): Promise<OwnCalibration | null> {
  const { database } = ports
  const pairs = await knownPairs(database)
  const good = pairs.filter(({ grade }) => grade >= worthATalk).length
  const { value, version } = await findSetting(database, calibrationId)
  const before = value === null ? null : OwnCalibration.parse(value)
  // A curve stays where pairs are erased: what it learnt names nobody.
  if (pairs.length < pairsAtLeast || good < eachAtLeast || pairs.length - good < eachAtLeast) return before
  const { curve, mode } = await fittedOn(ports, pairs)
  const next: OwnCalibration = { ...curve, mode, embedder: ports.embedder?.model ?? null, pairs: pairs.length, fittedOn: today(ports) }
  if (before !== null && isSame(before, next)) return before
  const at = ports.now()
  const entry = { subjectId: calibrationId, subjectVersion: version + 1, kind: 'calibration.set', actorId: marketItself.id, at } as const
  await database.commit(
    putSetting(database, calibrationId, next, version + 1, at),
    record(database, { ...entry, facts: { pairs: pairs.length } }),
  )
  return next
}

const isSame = (a: OwnCalibration, b: OwnCalibration) =>
  a.intercept === b.intercept && a.slope === b.slope && a.pairs === b.pairs && a.mode === b.mode && a.embedder === b.embedder

/** Strengths come from the search itself: what one side refused is not ranked, and still says how near it was. */
async function fittedOn(ports: Ports, pairs: readonly KnownPair[]) {
  const known: Answerable[] = []
  let mode: OwnCalibration['mode'] = ports.embedder === null ? 'text' : 'hybrid'
  const byDemand = Map.groupBy(pairs, ({ demandId }) => demandId)
  for (const demand of await demands.findMany(ports.database, [...byDemand.keys()])) {
    const own = byDemand.get(demand.id)!
    const strengths = new Map<string, number>()
    if (own.some(({ supplyId }) => kindOfId(supplyId) === 'offering')) {
      const { topics, engine } = await recallOfferings(ports, demand, { considered: 400 })
      for (const [id, { strength }] of topics) strengths.set(id, strength)
      mode = engine.mode
    }
    if (own.some(({ supplyId }) => kindOfId(supplyId) === 'expert'))
      for (const [id, votes] of (await recallExperts(ports, demand)).votes)
        strengths.set(id, Math.max(...votes.map(({ strength }) => strength)))
    for (const { supplyId, grade } of own) known.push({ strength: strengths.get(supplyId) ?? 0, isAnswerable: grade >= worthATalk })
  }
  return { curve: fitted(known), mode }
}
