import { Hono } from 'hono'
import { shownOn } from '../attachments/actions/read.ts'
import { enterpriseActions, institutionActions } from '../directory/actions.ts'
import { experts } from '../directory/store.ts'
import { standingOf } from '../disclosures/actions.ts'
import { listCompleters } from '../evidence/actions.ts'
import { publishedOffering } from '../market/parts/published.ts'
import { institutionsOf } from '../matching/parts/cards.tsx'
import { isSeeded } from '../matching/parts/matches.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage } from '../platform/web/page.tsx'
import { readable } from '../platform/web/parts/readable.ts'
import { viewOf } from '../platform/web/view.ts'
import { mayAmendOffering, offeringStepsOf, showOffering } from './actions.ts'
import { OfferingPage } from './offering-page.tsx'

/** One result or lead. */
export function offeringPages() {
  return new Hono<Env>().get('/offerings/:id', async (c: AppContext) => {
    const { ports, actor } = c.var
    const offering = await showOffering(ports, actor, c.req.param('id')!)
    const shown = await listCompleters(ports, actor, offering.id)
    const completers = [...new Map(shown.map(({ expert }) => [expert.id, expert])).values()]
    const institutions = await institutionsOf(ports, actor, completers)
    const owners = await readable<{ id: string; name: string }>(offering.ownerId === null ? [] : [offering.ownerId], (id) =>
      (id.startsWith('itn_') ? institutionActions : enterpriseActions).read(ports, actor, id),
    )
    const [owner = null] = owners.values()
    const attachments = await shownOn(ports, actor, 'offering', offering.id)
    const seeded = await experts.findMany(
      ports.database,
      completers.map(({ id }) => id),
    )
    const isDemonstration = isSeeded(offering) || seeded.some(isSeeded)
    const standing = await standingOf(ports, actor, offering.id)
    const steps = offeringStepsOf(actor, offering)
    const mayAmend = mayAmendOffering(actor, offering)
    const published = await publishedOffering(c, offering.id)
    return answerPage(
      c,
      <OfferingPage
        {...{
          view: viewOf(c),
          offering,
          owner,
          completers,
          institutions,
          attachments,
          isDemonstration,
          standing,
          published,
          steps,
          mayAmend,
        }}
      />,
    )
  })
}
