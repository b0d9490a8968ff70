import { Hono } from 'hono'
import { isByOwnWord } from '../accounts/actions/known-actor.ts'
import type { Actor } from '../accounts/actor.ts'
import { blankForm, doneOrForm, writtenFields } from '../accounts/form.ts'
import { may } from '../accounts/permissions.ts'
import { shownOn } from '../attachments/actions/read.ts'
import { brokerActions, enterpriseActions } from '../directory/actions.ts'
import { standingOf } from '../disclosures/actions.ts'
import { CompareForm, pairingLink } from '../engagements/parts/pairing-link.tsx'
import { publishedDemand } from '../market/parts/published.ts'
import { findSettings } from '../market/store.ts'
import { MatchList } from '../matching/parts/match-list.tsx'
import { shownMatches } from '../matching/parts/matches.ts'
import { itemsOf, searchListings } from '../matching/search.ts'
import { parseInput } from '../platform/input.ts'
import type { Ports } from '../platform/ports.ts'
import { Problem } from '../platform/problem.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { cursorOf, pageFrom } from '../platform/web/cursor.ts'
import { answerPage, Page } from '../platform/web/page.tsx'
import type { FormState } from '../platform/web/parts/fields.tsx'
import { Pager } from '../platform/web/parts/pager.tsx'
import { readable, unlessRefused } from '../platform/web/parts/readable.ts'
import { Written } from '../platform/web/parts/text.tsx'
import { postedForm } from '../platform/web/posted.ts'
import { viewOf } from '../platform/web/view.ts'
import { shownTwins } from '../twins/actions/overview.ts'
import { listUnfinished } from '../unfinished/actions.ts'
import { type Draft, draftOn, refusedDraft } from '../unfinished/parts/written.ts'
import { askForConfirmation, confirmationAsked } from './actions/confirmation.ts'
import { whereItWent } from './actions/kept.ts'
import { listOwnDemands, type OwnKind, ownKinds, stepsOf } from './actions/own.ts'
import { confirmDemand, demandRelations, draftDemand, readDemand, requestDemandPublication, showDemand } from './actions.ts'
import { ChooseEnterprisePage } from './choose-page.tsx'
import { RecordedConfirmation } from './confirmation.ts'
import { MadeConfirmationPage } from './confirmation-parts.tsx'
import { demandTitle } from './demand-card.tsx'
import { DemandPage, isAskedAbout } from './demand-page.tsx'
import { DemandForm, draftFrom, messagesOf, stateOf } from './form.ts'
import { DemandFormPage, NoFormPage } from './form-page.tsx'
import { MinePage } from './mine-page.tsx'
import { demands } from './store.ts'

const shownOnDemand = 5
const perPage = 10
const listedOwn = 20

/** One demand with its candidates, and the form that posts one. */
export function demandPages() {
  return new Hono<Env>()
    .get('/demands/new', formPage)
    .post('/demands/new', postDemand)
    .get('/demands/mine', minePage)
    .get('/demands/:id', (c) => demandPage(c, blankForm))
    .get('/demands/:id/matches', matchesPage)
    .post('/demands/:id/publication-request', async (c) => {
      const { id } = await requestDemandPublication(c.var.ports, c.var.actor, c.req.param('id'))
      return c.redirect(`/demands/${id}`, 303)
    })
    .post('/demands/:id/confirmation', async (c) => {
      const id = c.req.param('id')
      const { by, on } = await writtenFields(c)
      const done = await doneOrForm(viewOf(c).words, { by: by ?? '', on: on ?? '' }, ['by', 'on'], async () =>
        confirmDemand(c.var.ports, c.var.actor, id, parseInput(RecordedConfirmation, { how: 'phone', by, on })),
      )
      return 'form' in done ? demandPage(c, done.form) : c.redirect(`/demands/${id}`, 303)
    })
    .post('/demands/:id/confirmation-link', async (c) => {
      const { ports, actor } = c.var
      const made = await askForConfirmation(ports, actor, c.req.param('id'))
      const demand = await readDemand(ports, actor, made.demandId)
      return answerPage(c, <MadeConfirmationPage view={viewOf(c)} demand={demand} made={made} />)
    })
}

async function demandPage(c: AppContext, form: FormState) {
  const view = viewOf(c)
  const { ports, actor } = c.var
  const keptId = await whereItWent(ports, actor, c.req.param('id')!)
  // Whoever looks after it may still see it as it was.
  if (keptId !== null && c.req.query('past') === undefined) return c.redirect(`/demands/${keptId}?merged=${c.req.param('id')}`, 302)
  const demand = await showDemand(ports, actor, c.req.param('id')!)
  const page = { cursor: null, limit: shownOnDemand }
  const [offerings, experts, enterprise, broker, [item], { relations, steps }, attachments, standing, published, twins, arrivedFrom] =
    await Promise.all([
      shownMatches(ports, actor, demand.id, 'offering', page),
      shownMatches(ports, actor, demand.id, 'expert', page),
      enterpriseOf(ports, actor, demand.enterpriseId),
      nameOf(demand.brokerId, (id) => brokerActions.read(ports, actor, id)),
      itemsOf(ports, actor, 'demand', [demand.id]),
      standsTo(c, demand.id),
      shownOn(ports, actor, 'demand', demand.id),
      standingOf(ports, actor, demand.id),
      publishedDemand(c, demand.id),
      shownTwins(ports, actor, demand.id),
      arrivalOf(c, demand.id),
    ])
  const isDemonstration = [item, offerings, experts].some(
    (shown) => shown !== undefined && 'isDemonstration' in shown && shown.isDemonstration,
  )
  const isOwn = relations.includes('organisation')
  const carries = may(actor, 'invitation.send', relations)
  // An operator may write it too, and has others to ask.
  const isAsked = steps.includes('amend') && demand.state === 'draft' && actor.role !== 'operator'
  const asking = isAsked
    ? { regionCode: (await findSettings(ports.database)).settings.regionCode, skipped: c.req.queries('skip') ?? [] }
    : null
  const mayTake = actor.role === 'broker' && demand.state === 'published' && demand.brokerId === null && (await mayTakeHere(c))
  const mayAsk = demand.onBehalfOf !== null && may(actor, 'demand.request-confirmation', relations)
  const mayConfirm = may(actor, 'demand.confirm', relations)
  const readsExclusions = may(actor, 'demand.read-exclusions', relations)
  const asked = mayAsk ? await confirmationAsked(ports, actor, demand.id) : undefined
  return answerPage(
    c,
    <DemandPage
      {...{ view, demand, enterprise, broker, isOwn, carries, mayTake, steps, asked, isDemonstration }}
      {...{ attachments, offerings, experts, standing, published, asking, form, mayConfirm, twins, arrivedFrom, keptId, readsExclusions }}
    />,
    Object.keys(form.messages).length > 0 ? 422 : 200,
  )
}

/** Whether a broker may take a demand by himself in this market. */
const mayTakeHere = async ({ var: { ports, actor } }: AppContext) =>
  may(actor, 'demand.take') && (await findSettings(ports.database)).settings.brokersMayTake

/** The demand whose address led here, where it was merged into this one. */
async function arrivalOf(c: AppContext, id: string): Promise<string | null> {
  const from = c.req.query('merged')
  return from !== undefined && (await whereItWent(c.var.ports, c.var.actor, from)) === id ? from : null
}

/** All candidates of one kind, in pages. */
async function matchesPage(c: AppContext) {
  const view = viewOf(c)
  const { ports, actor } = c.var
  const { matching, units } = view.words
  const demand = await readDemand(ports, actor, c.req.param('id')!)
  const asked = c.req.query('kind')
  const kind = asked === 'expert' || asked === 'institution' ? asked : 'offering'
  const matches = await shownMatches(ports, actor, demand.id, kind, { cursor: c.req.query('cursor') ?? null, limit: perPage })
  const { relations } = await standsTo(c, demand.id)
  const isOwn = relations.includes('organisation')
  const isOpen = demand.state === 'published'
  const next = pairingLink(view, demand.id, {
    isOwn: isOwn && isAskedAbout(demand),
    carries: may(actor, 'invitation.send', relations) && isOpen,
  })
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
        <MatchList view={view} kind={kind} matches={matches} isOwn={isOwn} next={next} more={null} />
      </section>
      {isOwn && isOpen && <CompareForm view={view} demandId={demand.id} />}
      <Pager view={view} next={'next' in matches ? matches.next : null} />
    </Page>,
  )
}

async function formPage(c: AppContext) {
  const { title = '', problem = '', enterpriseId = '', about = '' } = c.req.query()
  const draft = await draftOn(c, viewOf(c).path)
  const form =
    draft.written === null
      ? { ...blankForm, values: { title, problem, visibility: 'public' } }
      : stateOf(parseInput(DemandForm, draft.written.fields))
  return answerForm(c, form, enterpriseId, draft, suppliedBy(about))
}

/** 303 to the draft with its matches, or the form as it was written with what is wrong (422). */
async function postDemand(c: AppContext) {
  const { ports, actor } = c.var
  const { words, today } = viewOf(c)
  const posted = await postedForm(c, { all: true })
  const form = parseInput(DemandForm, posted)
  const enterpriseId = typeof posted.enterpriseId === 'string' ? posted.enterpriseId : ''
  const chosen = enterpriseId === '' ? {} : { enterpriseId }
  const drafted = await unlessRefused(async () => draftDemand(ports, actor, { ...draftFrom(form, today), ...chosen }), ['invalid-input'])
  const about = suppliedBy(posted.about)
  if (!(drafted instanceof Problem)) return c.redirect(about === null ? `/demands/${drafted.id}` : `/pairings/${drafted.id}/${about}`, 303)
  return answerForm(
    c,
    stateOf(form, messagesOf(drafted.facts.errors ?? [], words)),
    enterpriseId,
    refusedDraft(posted.unfinished, '/demands/new'),
    about,
  )
}

/** Whom a demand is written to ask, where it comes from a result or an expert. */
const suppliedBy = (written: unknown): string | null =>
  typeof written === 'string' && /^(?:off|exp)_[a-z2-7]{20}$/.test(written) ? written : null

/** The form; before it, for those who enter for others, the choice of the enterprise. */
async function answerForm(c: AppContext, form: FormState, enterpriseId: string, draft: Draft, about: string | null) {
  const view = viewOf(c)
  const { ports, actor } = c.var
  if (!may(actor, 'demand.draft', ['organisation', 'own'])) return answerPage(c, <NoFormPage view={view} />)
  const { settings } = await findSettings(ports.database)
  const isOwn = actor.role === 'enterprise'
  const enterprise = isOwn ? null : await nameOf(enterpriseId || null, (id) => enterpriseActions.read(ports, actor, id))
  if (!isOwn && enterprise === null) return choosePage(c)
  return answerPage(
    c,
    <DemandFormPage {...{ view, form, enterprise, draft, about }} regionCode={settings.regionCode} editing={null} left={[]} />,
    Object.keys(form.messages).length > 0 ? 422 : 200,
  )
}

const enterprisesFound = 20

/** For whom a demand is entered: enterprises by name, as far as whoever enters it may know of them. */
async function choosePage(c: AppContext) {
  const { ports, actor } = c.var
  const { q = '', title = '', problem = '' } = c.req.query()
  const searching = { words: q.trim().slice(0, 100), kind: 'enterprise' as const, filters: {}, cursor: null, limit: enterprisesFound }
  const { items } = await searchListings(ports, actor, searching)
  return answerPage(
    c,
    <ChooseEnterprisePage view={viewOf(c)} words={q} said={{ title, problem }} found={items} />,
    c.req.method === 'POST' ? 422 : 200,
  )
}

/** How the reader stands to a demand that he has just been allowed to read, and what he can do with it. */
async function standsTo({ var: { ports, actor } }: AppContext, id: string) {
  const demand = await demands.find(ports.database, id)
  return demand ? { relations: demandRelations(actor, demand), steps: stepsOf(actor, demand) } : { relations: [], steps: [] }
}

/** One's own demands, whatever state they are in. 401. */
async function minePage(c: AppContext) {
  const { ports, actor } = c.var
  if (actor.role === 'visitor') throw new Problem('not-signed-in')
  const kinds = ownKinds(actor)
  const asked = kinds.find((each) => each === c.req.query('of'))
  const lists = await Promise.all((asked ? [asked] : kinds).map((kind) => ownList(c, kind)))
  // Unasked, it opens where there is something.
  const { kind, items, next } = lists.find(({ items }) => items.length > 0) ?? lists[0] ?? { kind: null, items: [], next: null }
  const firms = await readable(
    items.flatMap(({ demand }) => demand.enterpriseId ?? []),
    (id) => enterpriseActions.read(ports, actor, id),
  )
  const forms = (await listUnfinished(ports, actor)).filter(({ path }) => path.startsWith('/demands/'))
  return answerPage(c, <MinePage view={viewOf(c)} {...{ kinds, kind, items, forms, firms }} next={cursorOf(next)} />)
}

async function ownList(c: AppContext, kind: OwnKind) {
  const page = pageFrom({ cursor: c.req.query('cursor'), limit: listedOwn }, kind === 'entered' ? 'place' : 'instant')
  return { kind, ...(await listOwnDemands(c.var.ports, c.var.actor, kind, page)) }
}

/** Its enterprise as far as the reader may know it, and whether that is here by its own word alone. */
async function enterpriseOf(ports: Ports, actor: Actor, enterpriseId: string | null) {
  const enterprise = await nameOf(enterpriseId, (id) => enterpriseActions.read(ports, actor, id))
  return enterprise && { id: enterprise.id, name: enterprise.name, isUnverified: await isByOwnWord(ports, enterprise) }
}

async function nameOf<Noun extends { id: string; name: string }>(
  id: string | null,
  read: (id: string) => Promise<Noun>,
): Promise<Noun | null> {
  const [noun] = (await readable(id === null ? [] : [id], read)).values()
  return noun ?? null
}
