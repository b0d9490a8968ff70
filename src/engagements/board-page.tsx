import { Hono } from 'hono'
import { blankForm } from '../accounts/form.ts'
import { readDemand } from '../demands/actions.ts'
import { demandTitle } from '../demands/demand-card.tsx'
import { instant } from '../platform/schema.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage, Page } from '../platform/web/page.tsx'
import { Actions, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { Empty, Section, Written } from '../platform/web/parts/text.tsx'
import { type View, viewOf } from '../platform/web/view.ts'
import { listEngagements } from './actions/engagement.ts'
import { movedTogether } from './actions/move-together.ts'
import { listShortlists } from './actions/shortlist.ts'
import { type Engagement, EngagementStage, type EngagementState } from './engagement.ts'
import { OutsideForm } from './outside-page.tsx'
import { Board, type Card, Done } from './parts/board.tsx'
import { hindranceText } from './parts/last-move.ts'
import { TogetherBar } from './parts/move-form.tsx'
import { caseNames } from './parts/subject.ts'
import type { Shortlist } from './shortlist.ts'

const onBoardAtMost = 100

/** The broker's board. */
export function boardPages() {
  return new Hono<Env>().get('/board', boardPage)
}

async function boardPage(c: AppContext) {
  const view = viewOf(c)
  const { ports, actor } = c.var
  const demandId = c.req.query('demand') ?? null
  const { items } = await listEngagements(ports, actor, { demandId, state: null }, { after: null, limit: onBoardAtMost })
  const cards = await Promise.all(items.map((engagement) => cardOf(c, engagement)))
  const demand = demandId === null ? null : demandTitle(await readDemand(ports, actor, demandId), view)
  const made = demandId === null ? [] : (await listShortlists(ports, actor, demandId, { after: null, limit: 20 })).items
  const chosen = EngagementStage.safeParse(c.req.query('all')).data ?? null
  return answerPage(c, <BoardPage {...{ view, cards, demand, demandId, made, chosen }} done={await doneBefore(c)} />)
}

const cardOf = async (c: AppContext, engagement: Engagement): Promise<Card> => ({ engagement, ...(await caseNames(c, engagement)) })

type DoneBefore = Omit<Parameters<typeof Done>[0], 'view'>

/** What was moved, or taken back, by the form that led here; null where it was none. */
async function doneBefore(c: AppContext): Promise<DoneBefore | null> {
  const [moved, undone] = [c.req.query('moved'), c.req.query('undone')].map((each) => instant.safeParse(each).data)
  const at = moved ?? undone
  if (at === undefined) return null
  const { still, gone } = await movedTogether(c.var.ports, c.var.actor, at)
  return {
    at,
    still: moved === undefined ? [] : await Promise.all(still.map((each) => cardOf(c, each))),
    gone: undone === undefined ? [] : await Promise.all(gone.map((each) => hindranceText(c, { id: each.id, why: 'changed' }))),
  }
}

interface BoardPageProps {
  view: View
  cards: readonly Card[]
  /** Of which demand alone it is, where it is. */
  demand: string | null
  demandId: string | null
  made: readonly Shortlist[]
  /** The stage of which all cards are ticked. */
  chosen: EngagementState | null
  done: DoneBefore | null
}

function BoardPage({ view, cards, demand, demandId, made, chosen, done }: BoardPageProps) {
  const { board: words } = view.words.engagement
  return (
    <Page view={view} title={words.title}>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {done !== null && <Done view={view} {...done} />}
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
        <>
          <Board view={view} cards={cards} chosen={chosen} />
          <TogetherBar view={view} />
        </>
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
