import type { Actor } from '../../accounts/actor.ts'
import { may } from '../../accounts/permissions.ts'
import type { Demand } from '../../demands/demand.ts'
import { demands } from '../../demands/store.ts'
import { enterprises } from '../../directory/store.ts'
import { type Ports, today } from '../../platform/ports.ts'
import { type BoardFilter, isDue } from '../board-filter.ts'
import type { Engagement } from '../engagement.ts'
import { listEngagements } from './engagement.ts'

/** As many of the newest cases as a board looks through. */
const lookedThrough = 500

export interface BoardRead {
  items: Engagement[]
  /** What the board could be narrowed to: places of its demands, and who carries them. Nothing for who takes part and carries nothing. */
  regions: string[]
  parkIds: string[]
  brokerIds: string[]
}

/** The cases of a board, newest first, and by what they can be told apart. 403, 404 for a demand that is not his to know. */
export async function readBoard(ports: Ports, actor: Actor, filter: BoardFilter): Promise<BoardRead> {
  const all = await newestCases(ports, actor, filter)
  const inStage = (each: Engagement) => filter.stage === null || each.state === filter.stage
  // Where a demand comes from may be hidden from its candidates.
  if (!may(actor, 'engagement.move', ['assigned'])) return { items: all.filter(inStage), regions: [], parkIds: [], brokerIds: [] }
  const known = byId(await demands.findMany(ports.database, [...new Set(all.map(({ demandId }) => demandId))]))
  const firms = byId(await enterprises.findMany(ports.database, [...new Set([...known.values()].map(({ enterpriseId }) => enterpriseId))]))
  const parkOf = (demand: Demand) => firms.get(demand.enterpriseId)?.parkId ?? null
  const day = today(ports)
  const items = all.filter((each) => {
    const demand = known.get(each.demandId)
    if (!inStage(each) || (filter.broker !== null && each.brokerId !== filter.broker)) return false
    if (filter.due === null && filter.region === null && filter.park === null) return true
    if (demand === undefined) return false
    return (
      (filter.due === null || isDue(demand.deadlineOn, filter.due, day)) &&
      (filter.region === null || demand.region?.code === filter.region) &&
      (filter.park === null || parkOf(demand) === filter.park)
    )
  })
  const own = [...known.values()]
  return {
    items,
    regions: distinct(own.map(({ region }) => region?.code ?? null)),
    parkIds: distinct(own.map(parkOf)),
    brokerIds: may(actor, 'engagement.move') ? distinct(all.map(({ brokerId }) => brokerId)) : [],
  }
}

async function newestCases(ports: Ports, actor: Actor, { demand: demandId }: BoardFilter): Promise<Engagement[]> {
  const found: Engagement[] = []
  for (let after: Parameters<typeof listEngagements>[3]['after'] = null; found.length < lookedThrough; ) {
    const { items, next } = await listEngagements(ports, actor, { demandId, state: null }, { after, limit: 100 })
    found.push(...items)
    if (next === null) break
    after = next
  }
  return found
}

const byId = <Noun extends { id: string }>(nouns: readonly Noun[]) => new Map(nouns.map((noun) => [noun.id, noun]))
const distinct = (values: readonly (string | null)[]) => [...new Set(values.filter((each) => each !== null))].toSorted()
