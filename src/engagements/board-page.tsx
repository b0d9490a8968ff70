import { Hono } from 'hono'
import { blankForm, doneOrForm, postedFields, writtenFields } from '../accounts/form.ts'
import { permit } from '../accounts/permissions.ts'
import { readDemand } from '../demands/actions.ts'
import { demandTitle } from '../demands/demand-card.tsx'
import { declineReasons } from '../matching/refusal.ts'
import { parseInput } from '../platform/input.ts'
import { Problem } from '../platform/problem.ts'
import { z } from '../platform/schema.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage, Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, Select, TextField } from '../platform/web/parts/fields.tsx'
import { Once } from '../platform/web/parts/once.tsx'
import { unlessRefused } from '../platform/web/parts/readable.ts'
import { Empty, Rows, Section, Tag, Written } from '../platform/web/parts/text.tsx'
import { ownPath, type View, viewOf } from '../platform/web/view.ts'
import { listContacts } from './actions/contact.ts'
import { listEngagements, moveEngagement, proposeEngagement, readEngagement, undoMove } from './actions/engagement.ts'
import { listShortlists } from './actions/shortlist.ts'
import {
  type Engagement,
  EngagementRequest,
  EngagementStage,
  type EngagementState,
  engagementLifecycle,
  isBackfilled,
  Move,
} from './engagement.ts'
import { ContactForm } from './parts/contact-form.tsx'
import { ContactList } from './parts/contact-list.tsx'
import { pairingPath, reasonName } from './parts/pairing.ts'
import { caseNames } from './parts/subject.ts'
import type { Shortlist } from './shortlist.ts'

const onBoardAtMost = 100

/** The broker's board and each case on it. */
export function boardPages() {
  return new Hono<Env>()
    .get('/board', boardPage)
    .get('/engagements/:id', (c) => casePage(c, blankForm))
    .post('/engagements/outside', addOutside)
    .post('/engagements/:id/moves', async (c) => {
      const fields = await writtenFields(c)
      const id = c.req.param('id')
      const done = await doneOrForm(viewOf(c).words, fields, ['to', 'code', 'note', 'on'], async () =>
        moveEngagement(c.var.ports, c.var.actor, id, parseInput(Move, moveIn(fields))),
      )
      return 'form' in done ? casePage(c, done.form) : c.redirect(ownPath(fields.back ?? '/board'), 303)
    })
    .post('/engagements/:id/undoing', async (c) => {
      const { version, back } = parseInput(z.looseObject({ version: z.coerce.number().int(), back: z.string() }), await postedFields(c))
      await undoMove(c.var.ports, c.var.actor, c.req.param('id'), version)
      return c.redirect(ownPath(back), 303)
    })
}

const written = (value: string | undefined) => (value?.trim() ? value : null)
const moveIn = ({ to, version, on, code, note }: Record<string, string>) => ({
  to,
  version: Number(version),
  on: written(on),
  code: written(code),
  note: written(note),
})

/** A card: the case, and both sides as the reader may call them. */
interface Card {
  engagement: Engagement
  demand: string
  supply: string
}

async function boardPage(c: AppContext) {
  const view = viewOf(c)
  const { ports, actor } = c.var
  const demandId = c.req.query('demand') ?? null
  const { items } = await listEngagements(ports, actor, { demandId, state: null }, { after: null, limit: onBoardAtMost })
  const cards = await Promise.all(items.map(async (engagement) => ({ engagement, ...(await caseNames(c, engagement)) })))
  const demand = demandId === null ? null : demandTitle(await readDemand(ports, actor, demandId), view)
  const made = demandId === null ? [] : (await listShortlists(ports, actor, demandId, { after: null, limit: 20 })).items
  return answerPage(c, <BoardPage {...{ view, cards, demand, demandId, made }} />)
}

interface BoardPageProps {
  view: View
  cards: readonly Card[]
  /** Of which demand alone it is, where it is. */
  demand: string | null
  demandId: string | null
  made: readonly Shortlist[]
}

function BoardPage({ view, cards, demand, demandId, made }: BoardPageProps) {
  const { board: words, states } = view.words.engagement
  return (
    <Page view={view} title={words.title}>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {demand !== null && (
        <p>
          <Written text={demand} locale={view.locale} /> · <a href="/board">{words.all}</a>
        </p>
      )}
      {cards.length === 0 && (
        <Empty title={words.title} text={words.nothing}>
          <a class="button" href="/demands">
            {view.words.shell.nav.demands}
          </a>
        </Empty>
      )}
      {cards.length > 0 && (
        <div class="board">
          {EngagementStage.options.map((stage) => {
            const inStage = cards.filter(({ engagement }) => engagement.state === stage)
            return (
              <section aria-labelledby={`stage-${stage}`}>
                <h2 id={`stage-${stage}`}>
                  {states[stage]} <span class="quiet">{words.count(inStage.length)}</span>
                </h2>
                <ul class="cards">
                  {inStage.map((card) => (
                    <li>
                      <BoardCard view={view} card={card} />
                    </li>
                  ))}
                </ul>
              </section>
            )
          })}
        </div>
      )}
      {demandId !== null && <ShortlistLinks view={view} demandId={demandId} made={made} />}
      {demandId !== null && <OutsideForm view={view} form={blankForm} demandId={demandId} />}
    </Page>
  )
}

/** The lists that were made of a demand's candidates, and the way to another one. */
function ShortlistLinks({ view, demandId, made }: { view: View; demandId: string; made: readonly Shortlist[] }) {
  const { shortlist: words } = view.words.engagement
  return (
    <Section title={words.title}>
      <Actions>
        <ButtonLink href={`/shortlists/new?demand=${demandId}`}>{words.make}</ButtonLink>
      </Actions>
      <ul class="timeline">
        {made.map(({ id, createdAt, items, sent }) => (
          <li>
            <a href={`/shortlists/${id}`}>{view.words.units.day(view.dayOf(createdAt))}</a>
            {' · '}
            <Written text={items.map(({ title }) => title).join('、')} locale={view.locale} />
            {sent.length > 0 && ` · ${words.ways[sent.at(-1)!.how]}`}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function BoardCard({ view, card: { engagement, demand, supply } }: { view: View; card: Card }) {
  const { board: words } = view.words.engagement
  const last = engagement.steps.at(-1)!
  return (
    <article class="card">
      <h3>
        <a href={`/engagements/${engagement.id}`}>
          <Written text={supply} locale={view.locale} />
        </a>
      </h3>
      <p class="quiet">
        <Written text={demand} locale={view.locale} />
      </p>
      <p class="quiet">
        {words.since(view.words.units.day(last.on))}
        {last.code !== null && ` · ${reasonName(last.code, view)}`}
      </p>
      <MoveForm view={view} engagement={engagement} />
      {engagement.steps.length > 1 && <UndoForm view={view} engagement={engagement} />}
    </article>
  )
}

const nextStages = (state: EngagementState) => Object.values(engagementLifecycle[state]) as EngagementState[]

/** Without a reason the case page asks for it. */
function MoveForm({ view, engagement }: { view: View; engagement: Engagement }) {
  const { board: words, states } = view.words.engagement
  const { id, version, state } = engagement
  return (
    <form method="post" action={`/engagements/${id}/moves`} class="actions">
      <input type="hidden" name="version" value={String(version)} />
      <input type="hidden" name="back" value={view.path} />
      <label>
        <span class="unseen">{words.stage}</span>
        <select name="to">
          {nextStages(state).map((to) => (
            <option value={to}>{states[to]}</option>
          ))}
        </select>
      </label>
      <Button tone="plain">{words.move}</Button>
    </form>
  )
}

function UndoForm({ view, engagement: { id, version } }: { view: View; engagement: Engagement }) {
  return (
    <form method="post" action={`/engagements/${id}/undoing`}>
      <input type="hidden" name="version" value={String(version)} />
      <input type="hidden" name="back" value={view.path} />
      <Button tone="plain">{view.words.engagement.board.undo}</Button>
    </form>
  )
}

async function casePage(c: AppContext, form: FormState) {
  const view = viewOf(c)
  const { ports, actor } = c.var
  const engagement = await readEngagement(ports, actor, c.req.param('id')!)
  const names = await caseNames(c, engagement)
  const log = await unlessRefused(
    () => listContacts(ports, actor, engagement.id, { after: null, limit: 50 }),
    ['not-permitted', 'not-signed-in'],
  )
  const contacts = log instanceof Problem ? null : log.items
  const status = Object.keys(form.messages).length > 0 ? 422 : 200
  return answerPage(c, <CasePage view={view} form={form} card={{ engagement, ...names }} contacts={contacts} />, status)
}

interface CasePageProps {
  view: View
  form: FormState
  card: Card
  /** Null for those who take part and carry nothing. */
  contacts: Awaited<ReturnType<typeof listContacts>>['items'] | null
}

function CasePage({ view, form, card, contacts }: CasePageProps) {
  const { case: words, board, states, pairing } = view.words.engagement
  const { engagement, demand, supply } = card
  const { id, demandId, supplyId, outside, steps } = engagement
  const labels = { to: words.move, code: board.reason, note: words.note.label, on: words.on.label }
  return (
    <Page view={view} title={`${words.title}${view.words.units.colon}${supply}`}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <Tag tone="busy">{states[engagement.state]}</Tag>
        <Rows
          rows={[
            [
              pairing.wanted,
              <a href={`/demands/${demandId}`}>
                <Written text={demand} locale={view.locale} />
              </a>,
            ],
            [
              words.pair,
              supplyId === null ? (
                <Written text={[supply, outside?.institution].filter(Boolean).join(' · ')} locale={view.locale} />
              ) : (
                <a href={pairingPath(demandId, supplyId)}>
                  <Written text={supply} locale={view.locale} />
                </a>
              ),
            ],
            [words.outsideSource.label, outside && <Written text={outside.source} locale={view.locale} />],
          ]}
        />
        <ErrorSummary view={view} form={form} labels={labels} />
        {contacts !== null && <MoveInFull view={view} form={form} engagement={engagement} />}
        <Section title={words.history}>
          <ol class="timeline">
            {steps.map((step) => (
              <li>
                <strong>{view.words.units.day(step.on)}</strong> {states[step.to]}
                {step.code !== null && ` · ${reasonName(step.code, view)}`}
                {isBackfilled(step, view.dayOf) && <Tag tone="quiet">{words.backfilled}</Tag>}
                {step.note !== null && (
                  <p>
                    <Written text={step.note} locale={view.locale} />
                  </p>
                )}
              </li>
            ))}
          </ol>
          {contacts !== null && steps.length > 1 && <UndoForm view={view} engagement={engagement} />}
        </Section>
        {contacts !== null && (
          <>
            <Section title={words.log}>
              <ContactForm view={view} form={blankForm} subjectId={id} back={view.path} />
            </Section>
            <Section title={words.contacts}>
              <ContactList view={view} contacts={contacts} back={view.path} />
            </Section>
          </>
        )}
      </div>
    </Page>
  )
}

/** A move with its reason, a note and the day it happened. */
function MoveInFull({ view, form, engagement }: { view: View; form: FormState; engagement: Engagement }) {
  const { case: words, board, states, pairing } = view.words.engagement
  const { id, version, state } = engagement
  const field = { view, form }
  const reasons = [...new Set([...declineReasons.supply, ...declineReasons.demand])]
  return (
    <details class="more" open={Object.keys(form.messages).length > 0}>
      <summary>{board.move}</summary>
      <form method="post" action={`/engagements/${id}/moves`} novalidate class="stack">
        <input type="hidden" name="version" value={String(version)} />
        <input type="hidden" name="back" value={`/engagements/${id}`} />
        <Select
          {...field}
          name="to"
          label={words.move}
          options={nextStages(state).map((value) => ({ value, label: states[value]! }))}
          isRequired
        />
        <Select
          {...field}
          name="code"
          label={board.reason}
          options={reasons.map((value) => ({ value, label: reasonName(value, view) }))}
          any={pairing.refusal.choose}
        />
        <TextField {...field} name="on" {...words.on} type="date" />
        <TextField {...field} name="note" {...words.note} />
        <Button>{board.move}</Button>
      </form>
    </details>
  )
}

async function addOutside(c: AppContext) {
  const view = viewOf(c)
  const fields = await writtenFields(c)
  const demandId = fields.demandId ?? ''
  permit(c.var.actor, 'engagement.propose', ['assigned'])
  const done = await doneOrForm(view.words, fields, ['name', 'institution', 'source'], async () =>
    proposeEngagement(
      c.var.ports,
      c.var.actor,
      parseInput(EngagementRequest, {
        demandId,
        supplyId: null,
        outside: { name: fields.name, institution: written(fields.institution), source: fields.source },
      }),
    ),
  )
  if (!('form' in done)) return c.redirect(`/board?demand=${encodeURIComponent(demandId)}`, 303)
  const messages = Object.fromEntries(Object.entries(done.form.messages).map(([name, message]) => [name.replace('outside/', ''), message]))
  return answerPage(
    c,
    <Page view={view} title={view.words.engagement.case.addOutside}>
      <div class="narrow">
        <h1>{view.words.engagement.case.addOutside}</h1>
        <OutsideForm view={view} form={{ ...done.form, messages }} demandId={demandId} />
      </div>
    </Page>,
    422,
  )
}

function OutsideForm({ view, form, demandId }: { view: View; form: FormState; demandId: string }) {
  const { case: words } = view.words.engagement
  const field = { view, form }
  const labels = { name: words.outsideName.label, institution: words.outsideInstitution.label, source: words.outsideSource.label }
  const isWrong = Object.keys(form.messages).length > 0
  return (
    <>
      <ErrorSummary view={view} form={form} labels={labels} />
      <details class="more" open={isWrong}>
        <summary>{words.addOutside}</summary>
        <p>{words.addOutsideLead}</p>
        <form method="post" action="/engagements/outside" novalidate class="stack">
          <Once view={view} />
          <input type="hidden" name="demandId" value={demandId} />
          <TextField {...field} name="name" {...words.outsideName} isRequired />
          <TextField {...field} name="institution" {...words.outsideInstitution} />
          <TextField {...field} name="source" {...words.outsideSource} isRequired />
          <Button>{words.add}</Button>
        </form>
      </details>
    </>
  )
}
