import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { readDemand } from '../demands/actions.ts'
import { demandTitle } from '../demands/demand-card.tsx'
import { kindOfId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage, Page } from '../platform/web/page.tsx'
import { Pager } from '../platform/web/parts/pager.tsx'
import { unlessRefused } from '../platform/web/parts/readable.ts'
import { Empty, Mixed, Notice, Written } from '../platform/web/parts/text.tsx'
import { type View, viewOf } from '../platform/web/view.ts'
import { adviceForDemand, adviceForSupply } from './actions/advice.ts'
import { exclusionOf, exclusionsFor } from './actions/exclusions.ts'
import type { LeftOutSubject } from './exclusions/told.ts'
import { exclusionSentences } from './parts/exclusion-words.ts'
import { tipSentence } from './parts/tip-words.ts'

const perPage = 20

/** What is not proposed for a demand, and why. */
export function exclusionPages() {
  return new Hono<Env>()
    .get('/demands/:id/exclusions', listPage)
    .get('/demands/:id/exclusions/:supplyId', onePage)
    .get('/demands/:id/advice', advicePage)
}

async function listPage(c: AppContext) {
  const view = viewOf(c)
  const { ports, actor } = c.var
  const words = view.words.matching.exclusions
  const kind = c.req.query('kind') === 'expert' ? 'expert' : 'offering'
  const page = { cursor: c.req.query('cursor') ?? null, limit: perPage }
  const { items, next } = await exclusionsFor(ports, actor, c.req.param('id')!, kind, page)
  return answerPage(
    c,
    <Frame view={view} demand={await readDemand(ports, actor, c.req.param('id')!)} title={words.titles[kind]} lead={words.lead}>
      {items.length === 0 ? (
        <Empty title={words.none.title} text={words.none[kind]} />
      ) : (
        <ul class="cards">
          {items.map((item) => (
            <li>
              <article class="card">
                <h2>
                  <SubjectName view={view} item={item} />
                </h2>
                <Exclusions view={view} item={item} />
              </article>
            </li>
          ))}
        </ul>
      )}
      <Pager view={view} next={next} />
    </Frame>,
  )
}

async function onePage(c: AppContext) {
  const view = viewOf(c)
  const { ports, actor } = c.var
  const words = view.words.matching.exclusions
  const item = await exclusionOf(ports, actor, c.req.param('id')!, c.req.param('supplyId')!)
  const isOwn = item.subject.id === actor.id
  // Only its own side, and who carries the demand, are told what would help.
  const advice = await unlessRefused(() => adviceForSupply(ports, actor, c.req.param('id')!, item.subject.id), ['not-permitted'])
  return answerPage(
    c,
    <Frame
      view={view}
      demand={await readDemand(ports, actor, c.req.param('id')!)}
      title={isOwn ? words.ownTitle : words.oneTitle}
      lead={null}
    >
      <article class="card">
        <h2>
          <SubjectName view={view} item={item} />
        </h2>
        {item.standing === 'excluded' ? (
          <Exclusions view={view} item={item} />
        ) : (
          <Notice>
            {item.standing === 'listed' ? words.listed(item.place) : item.standing === 'elsewhere' ? words.elsewhere : words.notNear}
          </Notice>
        )}
        {!(advice instanceof Problem) && (
          <>
            <h3>{view.words.matching.advice.ownTitle}</h3>
            {advice.items.length === 0 && <p class="quiet">{view.words.matching.advice.ownNone}</p>}
            <ul>
              {advice.items.map((tip) => (
                <li>
                  <Mixed text={tipSentence(tip, view)} />
                </li>
              ))}
            </ul>
          </>
        )}
      </article>
    </Frame>,
  )
}

/** What the demand's own side could change, and whom that brings. */
async function advicePage(c: AppContext) {
  const view = viewOf(c)
  const { ports, actor } = c.var
  const { advice } = view.words.matching
  const { items } = await adviceForDemand(ports, actor, c.req.param('id')!)
  return answerPage(
    c,
    <Frame view={view} demand={await readDemand(ports, actor, c.req.param('id')!)} title={advice.title} lead={advice.lead}>
      {items.length === 0 && <Empty title={advice.none.title} text={advice.none.text} />}
      <ul class="cards">
        {items.map((tip) => (
          <li>
            <article class="card">
              <h2>
                <SubjectName view={view} item={tip} />
              </h2>
              <p>
                <Mixed text={tipSentence(tip, view)} />
              </p>
            </article>
          </li>
        ))}
      </ul>
    </Frame>,
  )
}

interface FrameProps {
  view: View
  demand: Awaited<ReturnType<typeof readDemand>>
  title: string
  lead: string | null
  children?: Child
}

function Frame({ view, demand, title, lead, children }: FrameProps) {
  const name = demandTitle(demand, view)
  return (
    <Page view={view} title={`${title}${view.words.units.colon}${name}`} at="demands">
      <h1>{title}</h1>
      <p class="lead">
        <Written text={name} locale={view.locale} />
      </p>
      <p>
        <a class="back" href={`/demands/${demand.id}`}>
          {view.words.matching.back}
        </a>
      </p>
      <div class="stack">
        {lead !== null && <p>{lead}</p>}
        {children}
      </div>
    </Page>
  )
}

function SubjectName({ view, item: { subject } }: { view: View; item: Pick<LeftOutSubject, 'subject'> }) {
  return (
    <a href={`/${kindOfId(subject.id)}s/${subject.id}`}>
      <Written text={subject.title} locale={view.locale} />
    </a>
  )
}

function Exclusions({ view, item }: { view: View; item: LeftOutSubject }) {
  return (
    <ul>
      {item.exclusions
        .map((each) => exclusionSentences(each, view))
        .map(({ why, change }) => (
          <li>
            <Mixed text={why} />
            {change !== null && (
              <>
                <br />
                <span class="quiet">
                  <Mixed text={change} />
                </span>
              </>
            )}
          </li>
        ))}
    </ul>
  )
}
