import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { analyse } from '../matching/actions/analysis.ts'
import { parseInput } from '../platform/input.ts'
import { text, z } from '../platform/schema.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { PageLocale } from '../platform/web/parts/text.tsx'
import { postedForm } from '../platform/web/posted.ts'
import { viewOf } from '../platform/web/view.ts'
import { demandView } from './actions.ts'
import { type DemandDraft, DemandDraft as Draft } from './demand.ts'
import { DemandForm, draftFrom } from './form.ts'
import { OutlookList, TakenIndicators } from './outlook-list.tsx'
import { unstoredDemand } from './unstored.ts'

/** What stands below the form of a demand while it is written: a piece of the page. */
export function outlookPages() {
  return new Hono<Env>()
    .post('/demands/outlook', async (c) => piece(c, await postedForm(c, { all: true })))
    .post('/demands/outlook/indicators', async (c) => {
      const posted = await postedForm(c, { all: true })
      const { indicators, take } = parseInput(Taking, posted)
      const text = [...new Set([...linesOf(indicators), ...linesOf(take)])].join('\n')
      return piece(c, { ...posted, indicators: text }, <TakenIndicators text={text} />)
    })
}

const Taking = z.object({ indicators: z.string().max(20_000).default(''), take: z.string().max(5_000) })
const linesOf = (text: string) => text.split(/\r?\n/).filter((line) => line.trim() !== '')

async function piece(c: AppContext, posted: Record<string, unknown>, beside: Child = null) {
  const { ports, actor } = c.var
  const draft = await written(c, posted)
  if (draft === null) return c.html('')
  const demand = unstoredDemand(draft, ports.newId('demand'), ports.now())
  const outlook = await analyse(ports, actor, demand)
  const view = viewOf(c)
  return c.html(
    <PageLocale.Provider value={view.locale}>
      <OutlookList view={view} demand={demandView(actor, demand)} outlook={outlook} />
      {beside}
    </PageLocale.Provider>,
  )
}

const Enterprise = z.object({ enterpriseId: text(1, 60).optional() })

/** As far as what was written can be matched by: what is wrong with it is said when it is sent. Null where it has no title yet. */
async function written(
  c: AppContext,
  posted: Record<string, unknown>,
): Promise<(Partial<DemandDraft> & Pick<DemandDraft, 'title' | 'enterpriseId'>) | null> {
  const { actor } = c.var
  const { title, problem, indicators, currentState, tried, ownConditions, classification, region } = draftFrom(
    parseInput(DemandForm, posted),
    viewOf(c).today,
    new Set(),
  )
  const texts = { title, problem, currentState, tried, ownConditions, indicators, classification, region }
  const found = Draft.partial().required({ title: true }).safeParse(texts)
  if (!found.success) return null
  return { ...found.data, enterpriseId: actor.role === 'enterprise' ? actor.id : (parseInput(Enterprise, posted).enterpriseId ?? '') }
}
