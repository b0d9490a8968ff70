import { readDemand } from '../../demands/actions.ts'
import { demandTitle } from '../../demands/demand-card.tsx'
import { enterpriseActions, expertActions, institutionActions } from '../../directory/actions.ts'
import { expertName } from '../../directory/cards.tsx'
import { readOffering } from '../../offerings/actions.ts'
import { kindOfId } from '../../platform/ids.ts'
import type { AppContext } from '../../platform/web/context.ts'
import { viewOf } from '../../platform/web/view.ts'
import { readEngagement } from '../actions/engagement.ts'
import { findSides } from '../actions/sides.ts'
import type { Engagement } from '../engagement.ts'
import { namesOf } from './pairing.ts'

/** What is contacted, as the reader may call it, and its page. 404 for what he may not know of. */
export async function subjectName(c: AppContext, id: string): Promise<{ name: string; path: string }> {
  const view = viewOf(c)
  const { ports, actor } = c.var
  switch (kindOfId(id)) {
    case 'demand':
      return { name: demandTitle(await readDemand(ports, actor, id), view), path: `/demands/${id}` }
    case 'engagement': {
      const { demand, supply } = await caseNames(c, await readEngagement(ports, actor, id))
      return { name: `${supply} ↔ ${demand}`, path: `/engagements/${id}` }
    }
    case 'offering':
      return { name: (await readOffering(ports, actor, id)).title, path: `/offerings/${id}` }
    case 'enterprise':
      return { name: (await enterpriseActions.read(ports, actor, id)).name, path: `/enterprises/${id}` }
    case 'institution':
      return { name: (await institutionActions.read(ports, actor, id)).name, path: `/institutions/${id}` }
    default:
      return { name: expertName(await expertActions.read(ports, actor, id), view), path: `/experts/${id}` }
  }
}

/** Both sides of a case as the reader may call them; what is gone is said to be. */
export async function caseNames(c: AppContext, { demandId, supplyId, outside }: Engagement): Promise<{ demand: string; supply: string }> {
  const view = viewOf(c)
  const { gone } = view.words.engagement.board
  if (supplyId === null) {
    const demand = await readDemand(c.var.ports, c.var.actor, demandId)
    return { demand: demandTitle(demand, view), supply: outside?.name ?? gone }
  }
  const sides = await findSides(c.var.ports, { demandId, supplyId })
  return sides === undefined ? { demand: gone, supply: gone } : namesOf(view, sides)
}
