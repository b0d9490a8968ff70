import type { Demand } from '../demands/demand.ts'
import { findSetting } from '../market/store.ts'
import type { Database } from '../platform/database/database.ts'
import { listings } from '../platform/database/listings.ts'
import { kindOfId } from '../platform/ids.ts'
import { calibrationId, calibrations, type InForce, OwnCalibration } from './confidence.ts'
import type { Ties } from './conflict.ts'
import type { Standing } from './exclusions/exclusion.ts'
import type { Engine } from './match.ts'
import { Refusal } from './refusal.ts'
import { tiesOf } from './store/ties.ts'

export const refusals = listings('refusal', Refusal, {
  title: () => '',
  columns: ({ demandId, supplyId, state }) => ({ demand_id: demandId, supply_id: supplyId, state }),
})

/** The market's own curve, where it has one for this way of searching; else that of the demonstration data. */
export async function calibrationFor(database: Database, { mode, embedder }: Pick<Engine, 'mode' | 'embedder'>): Promise<InForce> {
  const { value } = await findSetting(database, calibrationId)
  const own = value === null ? null : OwnCalibration.parse(value)
  if (own === null || own.mode !== mode || (mode === 'hybrid' && own.embedder !== embedder))
    return { curve: calibrations[mode], from: 'demonstration' }
  return { curve: own, from: 'own' }
}

type Asked = Pick<Demand, 'id' | 'enterpriseId' | 'brokerId'>

/** How supplies stand to one demand, each by its id. */
export async function standingsFor(database: Database, demand: Asked, supplyIds: readonly string[]): Promise<(id: string) => Standing> {
  const refused = await Array.fromAsync(refusals.each(database, { demand_id: demand.id, state: 'standing' }))
  const refusalOf = new Map(refused.map((refusal) => [refusal.supplyId, refusal]))
  const cases = await runningOf(database, supplyIds)
  const stages = new Map((await stagesOf(database, 'demand_id', demand.id)).map((row) => [row.supply_id, row.state]))
  const ties = (await tiesOf(database, [demand]))(demand.id)
  return (id) => standing(refusalOf.get(id), running(cases.get(id), demand.id), stages.get(id), ties)
}

/** How one supply stands to demands, each by its id. */
export async function standingsOf(database: Database, supplyId: string, asked: readonly Asked[]): Promise<(demandId: string) => Standing> {
  const refused = await Array.fromAsync(refusals.each(database, { supply_id: supplyId, state: 'standing' }))
  const refusalOf = new Map(refused.map((refusal) => [refusal.demandId, refusal]))
  const cases = (await runningOf(database, [supplyId])).get(supplyId)
  const stages = new Map((await stagesOf(database, 'supply_id', supplyId)).map((row) => [row.demand_id, row.state]))
  const tiesTo = await tiesOf(database, asked)
  return (id) => standing(refusalOf.get(id), running(cases, id), stages.get(id), tiesTo(id))
}

const standing = (refusal: Refusal | undefined, running: number, stage: string | undefined, ties: Ties): Standing => ({
  refusal: refusal === undefined ? null : { side: refusal.side, code: refusal.code, isReleased: refusal.isReleased },
  running,
  stage: stage ?? null,
  ties,
})

/** The cases of one side, by pairing. */
function stagesOf(database: Database, side: 'demand_id' | 'supply_id', id: string) {
  return database.query.selectFrom('engagement').select(['demand_id', 'supply_id', 'state']).where(side, '=', id).execute()
}

/** A case that is talked about takes somebody's time; that of the demand itself is no reason against it. */
const running = (demandIds: readonly string[] = [], demandId: string) => demandIds.filter((id) => id !== demandId).length

/** The demands that experts are in talks about, by expert. */
async function runningOf(database: Database, supplyIds: readonly string[]): Promise<Map<string, string[]>> {
  const people = supplyIds.filter((id) => kindOfId(id) === 'expert')
  const found = new Map<string, string[]>()
  for (let start = 0; start < people.length; start += 90) {
    const rows = await database.query
      .selectFrom('engagement')
      .select(['supply_id', 'demand_id'])
      .where('state', '=', 'talking')
      .where('supply_id', 'in', people.slice(start, start + 90))
      .execute()
    for (const row of rows) found.set(row.supply_id!, [...(found.get(row.supply_id!) ?? []), row.demand_id])
  }
  return found
}
