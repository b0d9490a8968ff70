import type { Actor } from '../../accounts/actor.ts'
import { demandAsKnown } from '../../demands/actions.ts'
import type { Demand } from '../../demands/demand.ts'
import { expertView } from '../../directory/actions.ts'
import { experts, institutions } from '../../directory/store.ts'
import { offeringView } from '../../offerings/actions.ts'
import { offerings } from '../../offerings/store.ts'
import { kindOfId } from '../../platform/ids.ts'
import type { Ports } from '../../platform/ports.ts'
import { askedBy } from '../asked.ts'
import type { Match } from '../match.ts'
import { expertTitle } from '../reader.ts'
import { explainExpert, rankExperts } from './match-experts.ts'
import { explainOffering, rankOfferings } from './match-offerings.ts'

/** What a reader is told of one candidate. */
export type Told = Pick<Match, 'fit' | 'evidence' | 'indicators' | 'reasons' | 'conflicts'> & Pick<Match['subject'], 'title' | 'enrolled'>

/** What this reader is shown of some candidates for a demand: their names, and the sentences that answer it; none of whom the engine does not propose. */
export async function matchesOf(ports: Ports, reader: Actor, demand: Demand, supplyIds: readonly string[]): Promise<Map<string, Told>> {
  const known = demandAsKnown(reader, demand)
  const asked = askedBy(reader, demand)
  const found = new Map<string, Told>()
  const isOf = (kind: 'expert' | 'offering') => supplyIds.some((id) => kindOfId(id) === kind)
  if (isOf('offering'))
    for (const item of (await rankOfferings(ports, known)).ranking)
      if (supplyIds.includes(item.offering.id)) found.set(item.offering.id, shownOf(explainOffering(reader, asked, item)))
  if (isOf('expert'))
    for (const item of (await rankExperts(ports, known)).ranking)
      if (supplyIds.includes(item.expert.id)) found.set(item.expert.id, shownOf(await explainExpert(ports, reader, asked, item)))
  for (const id of supplyIds)
    if (!found.has(id))
      found.set(id, { ...(await calledFor(ports, reader, id)), fit: null, evidence: [], indicators: [], reasons: [], conflicts: [] })
  return found
}

const shownOf = ({ subject: { title, enrolled }, fit, evidence, indicators, reasons, conflicts }: Match): Told => ({
  ...{ title, enrolled },
  ...{ fit, evidence, indicators, reasons, conflicts },
})

async function calledFor({ database }: Ports, reader: Actor, id: string): Promise<Pick<Told, 'title' | 'enrolled'>> {
  switch (kindOfId(id)) {
    case 'expert': {
      const expert = await experts.find(database, id)
      return expert === undefined ? nobody : { title: expertTitle(expertView(reader, expert)), enrolled: expert.enrolled }
    }
    case 'offering': {
      const offering = await offerings.find(database, id)
      return offering === undefined ? nobody : { ...nobody, title: offeringView(reader, offering).title }
    }
    default:
      return { ...nobody, title: (await institutions.find(database, id))?.name ?? '' }
  }
}

const nobody = { title: '', enrolled: null }
