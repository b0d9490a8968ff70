import { Hono } from 'hono'
import { postedFields } from '../accounts/form.ts'
import { may, permit } from '../accounts/permissions.ts'
import { assignDemand, readDemand } from '../demands/actions.ts'
import type { DemandView } from '../demands/demand.ts'
import { DemandCard, demandTitle } from '../demands/demand-card.tsx'
import { demands } from '../demands/store.ts'
import { itemsOf } from '../matching/search.ts'
import { daysBetween } from '../platform/days.ts'
import { parseInput } from '../platform/input.ts'
import { Problem } from '../platform/problem.ts'
import { z } from '../platform/schema.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage, Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { readable, unlessRefused } from '../platform/web/parts/readable.ts'
import { Section, Tag, Written } from '../platform/web/parts/text.tsx'
import { type View, viewOf, withQuery } from '../platform/web/view.ts'
import { listDue } from './actions/contact.ts'
import { listEngagements } from './actions/engagement.ts'
import { closeReferral, listReferrals } from './actions/referral.ts'
import type { Contact } from './contact.ts'
import { NextStep } from './parts/contact-list.tsx'
import { subjectName } from './parts/subject.ts'
import type { Referral } from './referral.ts'

/** What a broker has to do today. */
export function todayPages() {
  return new Hono<Env>()
    .get('/today', todayPage)
    .post('/today/take', async (c) => {
      const { id } = parseInput(z.looseObject({ id: z.string().max(40) }), await postedFields(c))
      await assignDemand(c.var.ports, c.var.actor, id, c.var.actor.id)
      return c.redirect(`/demands/${id}`, 303)
    })
    .post('/today/referral', async (c) => {
      const { id } = parseInput(z.looseObject({ id: z.string().max(40) }), await postedFields(c))
      await closeReferral(c.var.ports, c.var.actor, id, { supplyId: null })
      return c.redirect('/today', 303)
    })
}

interface Due {
  contact: Contact
  about: { name: string; path: string }
}
interface Queued {
  demand: DemandView
  cases: number
}

const shownAtMost = 50

async function todayPage(c: AppContext) {
  const view = viewOf(c)
  const { ports, actor } = c.var
  permit(actor, 'contact.read', ['own'])
  const page = { after: null, limit: shownAtMost }
  const [due, referrals, own, free] = await Promise.all([
    listDue(ports, actor, view.today),
    listReferrals(ports, actor, { demandId: null, state: 'open' }, page),
    actor.role === 'broker' ? demands.newest(ports.database, { broker_id: actor.id, state: 'published' }, page) : [],
    demands.newest(ports.database, { state: 'published' }, { after: null, limit: 100 }),
  ])
  const known = await readable(
    [...own, ...free.filter(({ brokerId }) => brokerId === null).slice(0, 5)].map(({ id }) => id),
    (id) => readDemand(ports, actor, id),
  )
  const shownDue = await Promise.all(
    due.map(async (contact) => {
      const about = await unlessRefused(() => subjectName(c, contact.subjectId), ['not-found'])
      return about instanceof Problem ? [] : [{ contact, about }]
    }),
  )
  const queue = await Promise.all(
    own.map(async ({ id }): Promise<Queued> => {
      const { items } = await listEngagements(ports, actor, { demandId: id, state: null }, page)
      return { demand: known.get(id)!, cases: items.length }
    }),
  )
  const items = await itemsOf(ports, actor, 'demand', [...known.keys()])
  return answerPage(
    c,
    <TodayPage
      view={view}
      due={shownDue.flat()}
      referrals={referrals.items}
      titles={await titlesOf(c, referrals.items)}
      queue={queue.toSorted(byDeadline)}
      free={free.flatMap(({ id, brokerId }) => (brokerId === null ? (known.get(id) ?? []) : []))}
      isDemonstration={items.some(({ isDemonstration }) => isDemonstration)}
    />,
  )
}

/** Those without a day come last. */
const byDeadline = (a: Queued, b: Queued) => ((a.demand.deadlineOn ?? '9') < (b.demand.deadlineOn ?? '9') ? -1 : 1)

async function titlesOf(c: AppContext, referrals: readonly Referral[]): Promise<Map<string, string>> {
  const found = await readable(
    referrals.map(({ demandId }) => demandId),
    (id) => readDemand(c.var.ports, c.var.actor, id),
  )
  return new Map([...found].map(([id, demand]) => [id, demandTitle(demand, viewOf(c))]))
}

interface TodayPageProps {
  view: View
  due: readonly Due[]
  referrals: readonly Referral[]
  titles: ReadonlyMap<string, string>
  queue: readonly Queued[]
  free: readonly DemandView[]
  isDemonstration: boolean
}

function TodayPage({ view, due, referrals, titles, queue, free, isDemonstration }: TodayPageProps) {
  const { today: words } = view.words.engagement
  return (
    <Page view={view} title={words.title} isDemonstration={isDemonstration}>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead(view.words.units.day(view.today))}</p>
      <Actions>
        <ButtonLink tone="plain" href="/board">
          {words.board}
        </ButtonLink>
        <ButtonLink tone="plain" href="/visits/new">
          {view.words.visit.new}
        </ButtonLink>
        <ButtonLink tone="plain" href="/visits">
          {view.words.visit.title}
        </ButtonLink>
        <ButtonLink tone="plain" href="/intake/by-phone">
          {view.words.intake.call.title}
        </ButtonLink>
      </Actions>
      <Section title={words.due}>
        {due.length === 0 && <p class="quiet">{words.nothingDue}</p>}
        <ul class="cards">
          {due.map((each) => (
            <li>
              <DueCard view={view} {...each} />
            </li>
          ))}
        </ul>
      </Section>
      {referrals.length > 0 && (
        <Section title={words.referrals}>
          <ul class="cards">
            {referrals.map((referral) => (
              <li>
                <ReferralCard view={view} referral={referral} demand={titles.get(referral.demandId) ?? ''} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {view.actor.role === 'broker' && (
        <Section title={words.queue}>
          <p class="quiet">{queue.length === 0 ? words.nothingQueued : words.queueLead}</p>
          <ul class="cards">
            {queue.map(({ demand, cases }) => (
              <li>
                <DemandCard view={view} demand={demand} heading="h3" />
                <p class="actions">
                  <a href={`/board?demand=${demand.id}`}>{cases === 0 ? words.unasked : words.onBoard(cases)}</a>
                  <ButtonLink tone="plain" href={logPath(demand.id)}>
                    {words.log}
                  </ButtonLink>
                </p>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {free.length > 0 && may(view.actor, 'demand.take') && (
        <Section title={words.free}>
          <ul class="cards">
            {free.map((demand) => (
              <li>
                <DemandCard view={view} demand={demand} heading="h3" />
                <form method="post" action="/today/take" class="actions">
                  <input type="hidden" name="id" value={demand.id} />
                  <Button tone="plain">{words.take}</Button>
                </form>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Page>
  )
}

const logPath = (about: string) => withQuery('/contacts/new', { about, back: '/today' })

function DueCard({ view, contact, about }: Due & { view: View }) {
  const { today: words } = view.words.engagement
  const late = daysBetween(contact.next!.on, view.today)
  return (
    <article class="card">
      <div class="card-head">
        <h3>
          <a href={about.path}>
            <Written text={about.name} locale={view.locale} />
          </a>
        </h3>
        <Tag tone={late > 0 ? 'wood' : 'busy'}>{late > 0 ? words.overdue(late) : words.onDay}</Tag>
      </div>
      <NextStep view={view} contact={contact} back="/today" />
      <Actions>
        <ButtonLink tone="plain" href={logPath(contact.subjectId)}>
          {words.log}
        </ButtonLink>
      </Actions>
    </article>
  )
}

function ReferralCard({ view, referral, demand }: { view: View; referral: Referral; demand: string }) {
  const { today: words } = view.words.engagement
  const { id, name, institution, note, createdAt, demandId } = referral
  return (
    <article class="card">
      <h3>
        <Written text={[name, institution].filter(Boolean).join(' · ')} locale={view.locale} />
      </h3>
      {note !== null && (
        <p>
          <Written text={note} locale={view.locale} />
        </p>
      )}
      <p class="quiet">
        <a href={`/demands/${demandId}`}>
          <Written text={demand} locale={view.locale} />
        </a>{' '}
        · {words.referredBy(view.words.units.day(view.dayOf(createdAt)))}
      </p>
      <form method="post" action="/today/referral" class="actions">
        <ButtonLink tone="plain" href={withQuery('/experts', { q: name })}>
          {words.find}
        </ButtonLink>
        <input type="hidden" name="id" value={id} />
        <Button tone="plain">{words.drop}</Button>
      </form>
    </article>
  )
}
