import { Hono } from 'hono'
import { postedFields } from '../accounts/form.ts'
import { parseInput } from '../platform/input.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { acceptTerms, endDisclosure, openConfidential } from './actions.ts'
import { DisclosureRequest, OpeningRequest } from './disclosure.ts'

/** Accepting terms, opening and ending; each goes back to its listing. */
export function disclosurePages() {
  return new Hono<Env>()
    .post('/disclosures', async (c) => {
      const body = parseInput(DisclosureRequest, await postedFields(c))
      await acceptTerms(c.var.ports, c.var.actor, body)
      return back(c, body.subjectId)
    })
    .post('/openings', async (c) => {
      const body = parseInput(OpeningRequest, await postedFields(c))
      await openConfidential(c.var.ports, c.var.actor, body)
      return back(c, body.subjectId)
    })
    .post('/disclosures/ending', async (c) => {
      const { id = '' } = await postedFields(c)
      const { subjectId } = await endDisclosure(c.var.ports, c.var.actor, id)
      return back(c, subjectId)
    })
}

const back = (c: AppContext, subjectId: string) =>
  c.redirect(`/${subjectId.startsWith('dem_') ? 'demands' : 'offerings'}/${encodeURIComponent(subjectId)}#confidential`, 303)
