import { Hono } from 'hono'
import { blankForm, doneOrForm, writtenFields } from '../accounts/form.ts'
import { readDemand } from '../demands/actions.ts'
import { demandTitle } from '../demands/demand-card.tsx'
import { findSettings } from '../market/store.ts'
import { Indicators } from '../matching/parts/indicators.tsx'
import { shownMatches } from '../matching/parts/matches.ts'
import { wordDocument, wordType } from '../platform/documents/word.ts'
import { parseInput } from '../platform/input.ts'
import { z } from '../platform/schema.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerFile } from '../platform/web/download.ts'
import { answerPage, Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, Select, TextArea, TextField } from '../platform/web/parts/fields.tsx'
import { Once } from '../platform/web/parts/once.tsx'
import { CopyText, Empty, langOf, Notice, Paragraphs, Section, Tag, Written } from '../platform/web/parts/text.tsx'
import { postedForm } from '../platform/web/posted.ts'
import { type View, viewOf } from '../platform/web/view.ts'
import { listEngagements } from './actions/engagement.ts'
import { listInterests } from './actions/interest.ts'
import { listRefusals } from './actions/refusal.ts'
import { linkShortlist, makeShortlist, readShortlist, recordSending } from './actions/shortlist.ts'
import { markedName, reasonName } from './parts/pairing.ts'
import { shortlistBlocks, shortlistText } from './parts/shortlist.ts'
import { caseNames } from './parts/subject.ts'
import { type MadeShortlistLink, Sending, SendingRequest, type Shortlist, ShortlistRequest, shortlistAtMost } from './shortlist.ts'

const proposedAtMost = 6

/** Choosing candidates, and what is done with the list: Word, text, link, and to whom it went. */
export function shortlistPages() {
  return new Hono<Env>()
    .get('/shortlists/new', (c) => newPage(c, c.req.query('demand') ?? '', blankForm))
    .post('/shortlists', make)
    .get('/shortlists/:id', (c) => shortlistPage(c, blankForm))
    .get('/shortlists/:id/word', word)
    .post('/shortlists/:id/sendings', async (c) => {
      const fields = await writtenFields(c)
      const id = c.req.param('id')
      const done = await doneOrForm(viewOf(c).words, fields, ['to', 'how'], async () =>
        recordSending(c.var.ports, c.var.actor, id, parseInput(SendingRequest, { to: fields.to, how: fields.how })),
      )
      return 'form' in done ? shortlistPage(c, done.form) : c.redirect(`/shortlists/${id}`, 303)
    })
    .post('/shortlists/:id/link', async (c) => {
      const made = await linkShortlist(c.var.ports, c.var.actor, c.req.param('id'))
      return shortlistPage(c, blankForm, made)
    })
}

/** Somebody who can be put on the list. */
interface Candidate {
  id: string
  name: string
  isOnBoard: boolean
}

async function candidatesOf(c: AppContext, demandId: string): Promise<Candidate[]> {
  const { ports, actor } = c.var
  const { items } = await listEngagements(ports, actor, { demandId, state: null }, { after: null, limit: 50 })
  const onBoard = await Promise.all(
    items
      .filter(({ state, supplyId }) => state !== 'lost' && supplyId !== null)
      .map(async (each) => ({ id: each.supplyId!, name: (await caseNames(c, each)).supply, isOnBoard: true })),
  )
  const page = { cursor: null, limit: proposedAtMost }
  const [experts, offerings] = await Promise.all([
    shownMatches(ports, actor, demandId, 'expert', page),
    shownMatches(ports, actor, demandId, 'offering', page),
  ])
  const best = [
    ...('experts' in experts ? experts.experts.map(({ match }) => match.subject) : []),
    ...('offerings' in offerings ? offerings.offerings.map(({ match }) => match.subject) : []),
  ]
  const known = new Set(onBoard.map(({ id }) => id))
  return [...onBoard, ...best.filter(({ id }) => !known.has(id)).map(({ id, title }) => ({ id, name: title, isOnBoard: false }))]
}

const Chosen = z.looseObject({
  demandId: z.string().max(40),
  note: z.string(),
  chosen: z.union([z.string(), z.array(z.string())]).optional(),
})

async function make(c: AppContext) {
  const view = viewOf(c)
  const posted = parseInput(Chosen, await postedForm(c, { all: true }))
  const chosen = [posted.chosen ?? []].flat()
  const comments: Record<string, unknown> = posted
  const written = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value.replaceAll('\r\n', '\n') : null)
  const values = Object.fromEntries(Object.entries(posted).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))
  const form: FormState = { values, chosen: { chosen }, messages: {} }
  const words = view.words.engagement.shortlist
  const wrong = chosen.length === 0 ? words.none : chosen.length > shortlistAtMost ? words.tooMany : null
  if (wrong !== null) return newPage(c, posted.demandId, { ...form, messages: { chosen: wrong } })
  const done = await doneOrForm(view.words, values, [], async () =>
    makeShortlist(
      c.var.ports,
      c.var.actor,
      parseInput(ShortlistRequest, {
        demandId: posted.demandId,
        note: written(posted.note),
        items: chosen.map((supplyId) => ({ supplyId, comment: written(comments[`comment-${supplyId}`]) })),
      }),
    ),
  )
  if ('form' in done) return newPage(c, posted.demandId, { ...form, messages: done.form.messages })
  return c.redirect(`/shortlists/${done.done.id}`, 303)
}

async function newPage(c: AppContext, demandId: string, form: FormState) {
  const view = viewOf(c)
  const demand = await readDemand(c.var.ports, c.var.actor, demandId)
  const candidates = await candidatesOf(c, demandId)
  const words = view.words.engagement.shortlist
  const status = Object.keys(form.messages).length > 0 ? 422 : 200
  return answerPage(
    c,
    <Page view={view} title={words.new}>
      <div class="narrow">
        <h1>{words.new}</h1>
        <p class="lead">
          <Written text={demandTitle(demand, view)} locale={view.locale} />
        </p>
        <p>{words.lead}</p>
        <ErrorSummary view={view} form={form} labels={{ chosen: words.choose, note: words.note.label }} />
        {candidates.length === 0 ? (
          <Empty title={words.choose} text={words.nothing}>
            <ButtonLink href={`/demands/${demandId}`}>{view.words.engagement.pairing.back}</ButtonLink>
          </Empty>
        ) : (
          <form method="post" action="/shortlists" novalidate class="stack">
            <Once view={view} />
            <input type="hidden" name="demandId" value={demandId} />
            <fieldset class="field" id="chosen">
              <legend>{words.choose}</legend>
              {candidates.map((each) => (
                <CandidateField view={view} form={form} candidate={each} />
              ))}
            </fieldset>
            <TextArea view={view} form={form} name="note" {...words.note} rows={3} />
            <Button isLarge>{words.submit}</Button>
          </form>
        )}
      </div>
    </Page>,
    status,
  )
}

function CandidateField({ view, form, candidate: { id, name, isOnBoard } }: { view: View; form: FormState; candidate: Candidate }) {
  const words = view.words.engagement.shortlist
  return (
    <div>
      <label class="choice">
        <input type="checkbox" name="chosen" value={id} checked={form.chosen.chosen?.includes(id) ?? isOnBoard} />
        <span lang={langOf(name, view.locale)}>{name}</span>
        <span class="quiet">{isOnBoard ? words.onBoard : words.best}</span>
      </label>
      <TextField view={view} form={form} name={`comment-${id}`} {...words.comment} />
    </div>
  )
}

async function shortlistPage(c: AppContext, form: FormState, made: MadeShortlistLink | null = null) {
  const view = viewOf(c)
  const { ports, actor } = c.var
  const shortlist = await readShortlist(ports, actor, c.req.param('id')!)
  const demand = { title: demandTitle(await readDemand(ports, actor, shortlist.demandId), view) }
  const status = Object.keys(form.messages).length > 0 ? 422 : 200
  const answers = await answersTo(c, shortlist)
  return answerPage(c, <ShortlistPage {...{ view, form, shortlist, demand, made, answers }} />, status)
}

/** What the enterprise has said of each candidate, by the list or elsewhere: supply → words. */
async function answersTo(c: AppContext, { demandId }: Shortlist): Promise<Map<string, string>> {
  const { ports, actor } = c.var
  const view = viewOf(c)
  const { shortlist: words, states } = view.words.engagement
  const [asked, refused] = await Promise.all([
    listInterests(ports, actor, { demandId, supplyId: null, state: null }, { after: null, limit: 100 }),
    listRefusals(ports, actor, demandId),
  ])
  const wants = asked.items.filter(({ from, state }) => from === 'demand' && state !== 'withdrawn').toReversed()
  return new Map([
    ...wants.map(({ supplyId, state }) => [supplyId, words.wantsMore(states[state] ?? '')] as const),
    ...refused
      .filter(({ side }) => side === 'demand')
      .map(({ supplyId, code }) => [supplyId, words.saysNo(reasonName(code, view))] as const),
  ])
}

interface ShortlistPageProps {
  view: View
  form: FormState
  shortlist: Shortlist
  demand: { title: string }
  made: MadeShortlistLink | null
  answers: ReadonlyMap<string, string>
}

function ShortlistPage({ view, form, shortlist, demand, made, answers }: ShortlistPageProps) {
  const { shortlist: words } = view.words.engagement
  const { units } = view.words
  const { id, demandId, items, note, sent, answeredAt, answeredBy } = shortlist
  const day = (at: string) => units.day(view.dayOf(at))
  return (
    <Page view={view} title={`${words.title}${units.colon}${demand.title}`}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <p class="lead">
          <a href={`/demands/${demandId}`}>
            <Written text={demand.title} locale={view.locale} />
          </a>
        </p>
        <ErrorSummary view={view} form={form} labels={{ to: words.to.label, how: words.how }} />
        {answeredAt !== null && <Notice>{words.answered(answeredBy?.name ?? '—', day(answeredAt))}</Notice>}
        <Actions>
          <ButtonLink href={`/shortlists/${id}/word`}>{words.word}</ButtonLink>
          <ButtonLink tone="plain" href={`/board?demand=${demandId}`}>
            {words.back}
          </ButtonLink>
        </Actions>
        {made !== null && (
          <Notice>
            <p>
              {words.linked}
              {units.colon}
              <a href={made.link} class="secret">
                {made.link}
              </a>
            </p>
            <Paragraphs text={words.linkText(demand.title, made.link, day(made.expiresAt))} locale={view.locale} />
          </Notice>
        )}
        {note !== null && <Paragraphs text={note} locale={view.locale} />}
        <ol class="cards">
          {items.map((item) => (
            <li>
              {answers.has(item.supplyId) && <Tag tone="wood">{answers.get(item.supplyId)}</Tag>}
              <ShortlistCard view={view} item={item} />
            </li>
          ))}
        </ol>
        <CopyText label={words.text} text={shortlistText(view, shortlist, demand)} />
        {answeredAt === null && (
          <form method="post" action={`/shortlists/${id}/link`}>
            <p>{words.linkLead}</p>
            <Button tone="plain">{words.link}</Button>
          </form>
        )}
        <Section title={words.sent}>
          {sent.length === 0 && <p class="quiet">{words.notSent}</p>}
          <ul class="timeline">
            {sent.map((each) => (
              <li>
                {day(each.at)} · <Written text={each.to} locale={view.locale} /> · {words.ways[each.how]}
              </li>
            ))}
          </ul>
          <form method="post" action={`/shortlists/${id}/sendings`} novalidate class="stack">
            <Once view={view} />
            <TextField view={view} form={form} name="to" {...words.to} isRequired />
            <Select
              view={view}
              form={form}
              name="how"
              label={words.how}
              options={Sending.shape.how.options.map((value) => ({ value, label: words.ways[value] }))}
              isRequired
            />
            <Button tone="plain">{words.record}</Button>
          </form>
        </Section>
      </div>
    </Page>
  )
}

/** A candidate with the sentences that answer what was asked for. */
export function ShortlistCard({ view, item }: { view: View; item: Shortlist['items'][number] }) {
  const { shortlist: words } = view.words.engagement
  return (
    <article class="card match">
      <h2 class="h3">
        <Written text={markedName(view, item.title, item.enrolled)} locale={view.locale} />
      </h2>
      {item.comment !== null && <p lang={langOf(item.comment, view.locale)}>{item.comment}</p>}
      {[...Map.groupBy(item.evidence, ({ need }) => need)].map(([need, answers]) => (
        <div class="pair">
          <figure>
            <figcaption>{words.asked}</figcaption>
            <blockquote lang={langOf(need, view.locale)}>{need}</blockquote>
          </figure>
          <span class="joint" aria-hidden="true">
            ↔
          </span>
          <figure>
            <figcaption>{words.done}</figcaption>
            {answers.map(({ sentence }) => (
              <blockquote lang={langOf(sentence, view.locale)}>{sentence}</blockquote>
            ))}
          </figure>
        </div>
      ))}
      <Indicators view={view} verdicts={item.indicators ?? []} />
      <p class="quiet">{words.unknown}</p>
    </article>
  )
}

/** One page of Word that can be forwarded. */
async function word(c: AppContext) {
  const view = viewOf(c)
  const { ports, actor } = c.var
  const shortlist = await readShortlist(ports, actor, c.req.param('id')!)
  const demand = { title: demandTitle(await readDemand(ports, actor, shortlist.demandId), view) }
  const { shortlist: words } = view.words.engagement
  const { settings } = await findSettings(ports.database)
  const market = view.locale === 'en' ? settings.nameEn : settings.name
  const foot = words.foot(market, view.words.units.day(view.today))
  const bytes = await wordDocument(shortlistBlocks(view, shortlist, demand), { title: words.title, foot })
  return answerFile(c, { name: words.fileName(demand.title.slice(0, 40)), plainName: 'shortlist.docx', type: wordType, bytes })
}
