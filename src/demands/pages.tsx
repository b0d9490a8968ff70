import { Hono } from 'hono'
import { may } from '../accounts/permissions.ts'
import { shownOn } from '../attachments/actions/read.ts'
import { brokerActions, enterpriseActions } from '../directory/actions.ts'
import { standingOf } from '../disclosures/actions.ts'
import { publishedDemand } from '../market/parts/published.ts'
import { findSettings } from '../market/store.ts'
import { MatchList } from '../matching/parts/match-list.tsx'
import { shownMatches } from '../matching/parts/matches.ts'
import { itemsOf } from '../matching/search.ts'
import { parseInput } from '../platform/input.ts'
import { Problem } from '../platform/problem.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage, Page } from '../platform/web/page.tsx'
import type { FormState } from '../platform/web/parts/fields.tsx'
import { Pager } from '../platform/web/parts/pager.tsx'
import { readable, unlessRefused } from '../platform/web/parts/readable.ts'
import { Written } from '../platform/web/parts/text.tsx'
import { postedForm } from '../platform/web/posted.ts'
import { viewOf } from '../platform/web/view.ts'
import { askForConfirmation, confirmationAsked } from './actions/confirmation.ts'
import { demandRelations, draftDemand, readDemand, requestDemandPublication, showDemand } from './actions.ts'
import { MadeConfirmationPage } from './confirmation-parts.tsx'
import { demandTitle } from './demand-card.tsx'
import { DemandPage } from './demand-page.tsx'
import { DemandForm, draftFrom, faultsByField } from './form.ts'
import { DemandFormPage, NoFormPage } from './form-page.tsx'
import { demandLifecycle } from './lifecycle.ts'
import { demands } from './store.ts'

const shownOnDemand = 5
const perPage = 10

/** One demand with its candidates, and the form that posts one. */
export function demandPages() {
  return new Hono<Env>()
    .get('/demands/new', formPage)
    .post('/demands/new', postDemand)
    .get('/demands/:id', demandPage)
    .get('/demands/:id/matches', matchesPage)
    .post('/demands/:id/publication-request', async (c) => {
      const { id } = await requestDemandPublication(c.var.ports, c.var.actor, c.req.param('id'))
      return c.redirect(`/demands/${id}`, 303)
    })
    .post('/demands/:id/confirmation-link', async (c) => {
      const { ports, actor } = c.var
      const made = await askForConfirmation(ports, actor, c.req.param('id'))
      const demand = await readDemand(ports, actor, made.demandId)
      return answerPage(c, <MadeConfirmationPage view={viewOf(c)} demand={demand} made={made} />)
    })
}

async function demandPage(c: AppContext) {
  const view = viewOf(c)
  const { ports, actor } = c.var
  const demand = await showDemand(ports, actor, c.req.param('id')!)
  const page = { cursor: null, limit: shownOnDemand }
  const [offerings, experts, enterprise, broker, [item], relations, attachments, standing, published] = await Promise.all([
    shownMatches(ports, actor, demand.id, 'offering', page),
    shownMatches(ports, actor, demand.id, 'expert', page),
    nameOf(demand.enterpriseId, (id) => enterpriseActions.read(ports, actor, id)),
    nameOf(demand.brokerId, (id) => brokerActions.read(ports, actor, id)),
    itemsOf(ports, actor, 'demand', [demand.id]),
    relationsOf(c, demand.id),
    shownOn(ports, actor, 'demand', demand.id),
    standingOf(ports, actor, demand.id),
    publishedDemand(c, demand.id),
  ])
  const mayRequestPublication = 'request' in demandLifecycle[demand.state] && may(actor, 'demand.request-publication', relations)
  const isDemonstration = [item, offerings, experts].some(
    (shown) => shown !== undefined && 'isDemonstration' in shown && shown.isDemonstration,
  )
  const isOwn = relations.includes('organisation')
  const mayAsk = demand.onBehalfOf !== null && may(actor, 'demand.request-confirmation', relations)
  const asked = mayAsk ? await confirmationAsked(ports, actor, demand.id) : undefined
  return answerPage(
    c,
    <DemandPage
      {...{ view, demand, enterprise, broker, isOwn, mayRequestPublication, asked, isDemonstration }}
      {...{ attachments, offerings, experts, standing, published }}
    />,
  )
}

/** All candidates of one kind, in pages. */
async function matchesPage(c: AppContext) {
  const view = viewOf(c)
  const { ports, actor } = c.var
  const { matching, units } = view.words
  const demand = await readDemand(ports, actor, c.req.param('id')!)
  const kind = c.req.query('kind') === 'expert' ? 'expert' : 'offering'
  const matches = await shownMatches(ports, actor, demand.id, kind, { cursor: c.req.query('cursor') ?? null, limit: perPage })
  const isOwn = (await relationsOf(c, demand.id)).includes('organisation')
  const title = demandTitle(demand, view)
  return answerPage(
    c,
    <Page
      view={view}
      title={`${matching.titles[kind]}${units.colon}${title}`}
      at="demands"
      isDemonstration={'isDemonstration' in matches && matches.isDemonstration}
    >
      <h1>{matching.titles[kind]}</h1>
      <p class="lead">
        <Written text={title} locale={view.locale} />
      </p>
      <p>
        <a class="back" href={`/demands/${demand.id}`}>
          {matching.back}
        </a>
      </p>
      <section aria-label={matching.titles[kind]}>
        <h2 class="unseen">{matching.titles[kind]}</h2>
        <MatchList view={view} kind={kind} matches={matches} isOwn={isOwn} more={null} />
      </section>
      <Pager view={view} next={'next' in matches ? matches.next : null} />
    </Page>,
  )
}

async function formPage(c: AppContext) {
  const title = c.req.query('title') ?? ''
  return answerForm(c, { values: { title, visibility: 'public' }, chosen: {}, messages: {} })
}

/** 303 to the draft with its matches, or the form as it was written with what is wrong (422). */
async function postDemand(c: AppContext) {
  const { ports, actor } = c.var
  const { words, today } = viewOf(c)
  const form = parseInput(DemandForm, await postedForm(c, { all: true }))
  const drafted = await unlessRefused(async () => draftDemand(ports, actor, draftFrom(form, today)), ['invalid-input'])
  if (!(drafted instanceof Problem)) return c.redirect(`/demands/${drafted.id}`, 303)
  const messages = Object.fromEntries(
    [...faultsByField(drafted.facts.errors ?? [])].map(([name, { code, facts }]) => [name, words.fault(code, facts ?? {})]),
  )
  const { modes, ...values } = form
  return answerForm(c, { values, chosen: { modes }, messages })
}

async function answerForm(c: AppContext, form: FormState) {
  const view = viewOf(c)
  // Others draft on behalf of an enterprise, which this form does not ask for.
  if (c.var.actor.role !== 'enterprise' || !may(c.var.actor, 'demand.draft', ['organisation', 'own']))
    return answerPage(c, <NoFormPage view={view} />)
  const { settings } = await findSettings(c.var.ports.database)
  return answerPage(
    c,
    <DemandFormPage view={view} form={form} regionCode={settings.regionCode} />,
    Object.keys(form.messages).length > 0 ? 422 : 200,
  )
}

/** How the reader stands to a demand that he has just been allowed to read. */
async function relationsOf(c: AppContext, id: string) {
  const demand = await demands.find(c.var.ports.database, id)
  return demand ? demandRelations(c.var.actor, demand) : []
}

async function nameOf<Noun extends { id: string; name: string }>(
  id: string | null,
  read: (id: string) => Promise<Noun>,
): Promise<Noun | null> {
  const [noun] = (await readable(id === null ? [] : [id], read)).values()
  return noun ?? null
}
