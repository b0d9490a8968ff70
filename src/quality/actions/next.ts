import type { Actor } from '../../accounts/actor.ts'
import { permit } from '../../accounts/permissions.ts'
import { demandView, readsDetail } from '../../demands/actions.ts'
import type { Demand } from '../../demands/demand.ts'
import { demands } from '../../demands/store.ts'
import { expertView } from '../../directory/actions.ts'
import { experts } from '../../directory/store.ts'
import { titlesBehind } from '../../matching/actions/match-demands.ts'
import { recentLists } from '../../matching/lists/store.ts'
import { quotableProfile, quotablesOfOffering } from '../../matching/reader.ts'
import { offeringView } from '../../offerings/actions.ts'
import { offerings } from '../../offerings/store.ts'
import { idFromOrigin, kindOfId } from '../../platform/ids.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { judgesOf } from '../gathered.ts'
import type { BlindPair, Judgment, NextPair } from '../judgment.ts'
import { judgments } from '../store.ts'

/** Pairs are taken from so many of the lists that were shown last. */
const listsRead = 200
/** As many judges as a pair needs before others come first: two, so that one can tell how far they agree. */
const judgesWanted = 2

/**
 * The next pair for this judge: of what was shown of late, first what one other judge has seen and then what none has, in an order of its
 * own for everybody. 401, 403.
 */
export async function nextPair(ports: Ports, actor: Actor): Promise<NextPair> {
  permit(actor, 'judgment.give')
  const { database } = ports
  const all = await Array.fromAsync(judgments.each(database, {}))
  const judged = judgesOf(all)
  const judgesOfPair = (key: string) => judged.get(key) ?? []
  const open: { demand: Demand; supplyId: string; key: string }[] = []
  for (const { demand, supplyId, key } of await shownPairs(ports, actor)) {
    const judges = judgesOfPair(key)
    if (judges.length < judgesWanted && judges.every(({ by }) => by !== actor.id)) open.push({ demand, supplyId, key })
  }
  const inTurn = await Promise.all(
    open.map(async (pair) => ({
      ...pair,
      turn: `${judgesWanted - judgesOfPair(pair.key).length} ${await idFromOrigin('judgment', `${actor.id} ${pair.key}`)}`,
    })),
  )
  inTurn.sort((a, b) => (a.turn < b.turn ? -1 : 1))
  const given = all.filter(({ by }) => by === actor.id).length
  for (const [at, { demand, supplyId }] of inTurn.entries()) {
    const pair = await blind(ports, actor, demand, supplyId)
    // What is no more, or may no longer be read, is passed over.
    if (pair !== null) return { pair, given, waiting: inTurn.length - at }
  }
  return { pair: null, given, waiting: 0 }
}

/** One pair again, with what this judge said of it; null: nothing yet. 401, 403, 404. */
export async function pairFor(
  ports: Ports,
  actor: Actor,
  { demandId, supplyId }: Pick<Judgment, 'demandId' | 'supplyId'>,
): Promise<{ pair: BlindPair; grade: number | null }> {
  permit(actor, 'judgment.give')
  const demand = await demands.find(ports.database, demandId)
  const pair = demand && readsDetail(actor, demand) ? await blind(ports, actor, demand, supplyId) : null
  if (pair === null) throw new Problem('not-found', { id: demandId })
  const own = await judgments.find(ports.database, await idFromOrigin('judgment', `${actor.id} ${demandId} ${supplyId}`))
  return { pair, grade: own?.grade ?? null }
}

/** Each pair of a demand that the judge may read and what was proposed for it. */
async function shownPairs(ports: Ports, actor: Actor): Promise<{ demand: Demand; supplyId: string; key: string }[]> {
  const lists = await recentLists(ports.database, ['offering', 'expert'], listsRead)
  const asked = new Map(
    (await demands.findMany(ports.database, [...new Set(lists.map(({ askedId }) => askedId))])).map((each) => [each.id, each]),
  )
  const pairs = new Map<string, { demand: Demand; supplyId: string; key: string }>()
  for (const { askedId, items } of lists) {
    const demand = asked.get(askedId)
    if (demand === undefined || !readsDetail(actor, demand)) continue
    for (const { id } of items) {
      const key = `${demand.id} ${id}`
      pairs.set(key, { demand, supplyId: id, key })
    }
  }
  return [...pairs.values()]
}

async function blind(ports: Ports, actor: Actor, demand: Demand, supplyId: string): Promise<BlindPair | null> {
  const { id, title, problem, indicators } = demandView(actor, demand)
  const supply = await blindSupply(ports, actor, supplyId)
  return supply && { demand: { id, title, text: problem ?? '', indicators: indicators.map(({ text }) => text) }, supply }
}

/** What is offered, without whose it is. Of an expert his field, his profile and the titles of his works. */
async function blindSupply(ports: Ports, actor: Actor, id: string): Promise<BlindPair['supply'] | null> {
  if (kindOfId(id) === 'offering') {
    const offering = await offerings.find(ports.database, id)
    if (offering === undefined || offering.state !== 'published') return null
    const view = offeringView(actor, offering)
    const texts = quotablesOfOffering(view).map(({ text }) => text)
    return { id, title: view.title, text: texts.filter((text) => text !== view.title).join('\n') }
  }
  const expert = await experts.find(ports.database, id)
  if (expert === undefined) return null
  const view = expertView(actor, expert)
  const works = view.isMasked ? [] : ((await titlesBehind(ports.database, [expert])).get(id) ?? []).slice(0, 8)
  const profile = quotableProfile(view).map(({ text }) => text)
  return { id, title: view.field ?? '', text: [...profile.filter((text) => text !== view.field), ...works].join('\n') }
}
