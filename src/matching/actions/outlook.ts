import type { Actor } from '../../accounts/actor.ts'
import { may, permit } from '../../accounts/permissions.ts'
import { demandRelations } from '../../demands/actions.ts'
import type { Demand } from '../../demands/demand.ts'
import { demands } from '../../demands/store.ts'
import { areAlike } from '../../intake/likeness.ts'
import type { Ports } from '../../platform/ports.ts'
import { askedBy } from '../asked.ts'
import type { Match } from '../match.ts'
import { rankExperts } from './match-experts.ts'
import { explainOffering, rankOfferings } from './match-offerings.ts'

/** What a demand could meet with as far as it is written. */
export interface Outlook {
  /** The best results, at most five. */
  offerings: Match[]
  /** Of the nearest experts, how many have said themselves that they can be asked. */
  experts: { near: number; reachable: number }
  /** The same enterprise's open demands that seem to ask for the same, at most three. */
  alike: { id: string; title: string }[]
}

const offeringsShown = 5
const expertsNear = 20
const alikeShown = 3
/** Of an enterprise's demands, the newest that are held against what is written. */
const demandsAtMost = 200

/** Looks ahead for a demand that is being written and is stored nowhere. 401, 403 for who may not draft it. */
export async function outlookOf(ports: Ports, actor: Actor, demand: Demand): Promise<Outlook> {
  permit(actor, 'demand.draft', demandRelations(actor, demand))
  const asked = askedBy(actor, demand)
  const [offerings, experts, alike] = [
    await rankOfferings(ports, demand, { isKept: false }),
    await rankExperts(ports, demand, false),
    await alikeTo(ports, actor, demand),
  ]
  const near = experts.ranking.slice(0, expertsNear)
  return {
    offerings: offerings.ranking.slice(0, offeringsShown).map((item) => explainOffering(actor, asked, item)),
    experts: { near: near.length, reachable: near.filter(({ expert }) => expert.claimed).length },
    alike,
  }
}

async function alikeTo({ database }: Ports, actor: Actor, written: Demand): Promise<Outlook['alike']> {
  const open = { enterprise_id: written.enterpriseId, state: ['draft', 'vetting', 'published'] }
  const own = await demands.newest(database, open, { after: null, limit: demandsAtMost })
  const told = own.filter((demand) => may(actor, 'demand.read-whole', demandRelations(actor, demand)))
  const textOf = ({ title, problem }: Demand) => ({ title, text: `${title}\n${problem ?? ''}` })
  return told
    .filter((demand) => areAlike(textOf(demand), textOf(written)))
    .slice(0, alikeShown)
    .map(({ id, title }) => ({ id, title }))
}
