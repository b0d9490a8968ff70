import { marketItself } from '../../accounts/actor.ts'
import { enterprises } from '../../directory/store.ts'
import { step } from '../../platform/journal/change.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { isLost, type Outward } from '../anonymity.ts'
import { type Demand, type DemandDraft, isHidden, textsForOutsiders } from '../demand.ts'
import { type Loss, lossOf } from '../likeness.ts'
import type { Profile } from '../profile.ts'
import { demands, findProfiles } from '../store.ts'
import { type Telling, tellingWords } from '../telling.ts'

/**
 * Telling words in what outsiders read of a demand whose enterprise they are not told, those of `before` known and left out; and what
 * they are told of its place and codes, null where they are told the enterprise.
 */
export async function toldOutside(ports: Pick<Ports, 'database'>, demand: Written, before: Written | null = null): Promise<Told> {
  const enterprise = isHidden(demand) ? await enterprises.find(ports.database, demand.enterpriseId) : undefined
  if (enterprise === undefined) return { telling: [], outward: null }
  const profiles = await findProfiles(ports.database, demand.id)
  const published = profiles.find(({ id }) => id === enterprise.id)?.texts ?? []
  const held = (of: Written): Told => {
    const texts = textsForOutsiders(of)
    const { outward, telling } = lossAmong(profiles, of)
    return { outward, telling: tellingWords(texts, { ...enterprise, published, standingOut: telling }) }
  }
  const { outward, telling } = held(demand)
  const known = before === null || telling.length === 0 ? [] : held(before).telling.map(({ words }) => words)
  return { outward, telling: telling.filter(({ words }) => !known.includes(words)) }
}
export const untold: Told = { telling: [], outward: null }
interface Told {
  telling: Telling[]
  outward: Outward | null
}
type Written = DemandDraft & Pick<Demand, 'id'>

function lossAmong(profiles: readonly Profile[], demand: DemandDraft): Loss {
  const texts = textsForOutsiders(demand).map(({ text }) => text)
  return lossOf(demand, texts, profiles)
}

/** Refuses (409) and names the words. */
export function refuseTelling(found: readonly Telling[]): void {
  if (found.length === 0) return
  const errors = found.map(({ pointer, kind, words }) => ({ pointer, code: 'telling', facts: { kind, words } }))
  throw new Problem('telling-words', { words: [...new Set(found.map(({ words }) => words))], errors })
}

/** Tells less of those that fewer than five enterprises fit by now; run nightly. Returns how many. */
export async function coarsenDemands(ports: Ports): Promise<number> {
  const registered = await findProfiles(ports.database, null)
  let coarsened = 0
  for await (const demand of demands.each(ports.database, { state: 'published' })) {
    if (!isHidden(demand) || (demand.outward !== null && isLost(demand.outward, registered))) continue
    const change = { kind: 'demand.coarsened', actorId: marketItself.id } as const
    await step(ports, demands, demand, { outward: lossAmong(registered, demand).outward }, change)
    coarsened++
  }
  return coarsened
}
