import { Hono } from 'hono'
import { blankForm } from '../accounts/form.ts'
import { type OwnViews, ownViews, SavedViews } from '../accounts/parts/saved-views.tsx'
import { may } from '../accounts/permissions.ts'
import { readDemand } from '../demands/actions.ts'
import { demandTitle } from '../demands/demand-card.tsx'
import { instant } from '../platform/schema.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage, Page } from '../platform/web/page.tsx'
import { Actions, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { Empty, Section, Written } from '../platform/web/parts/text.tsx'
import { type View, viewOf } from '../platform/web/view.ts'
import { readBoard } from './actions/board.ts'
import { movedTogether } from './actions/move-together.ts'
import { listShortlists } from './actions/shortlist.ts'
import { BoardFilter, filterQuery } from './board-filter.ts'
import { type Engagement, EngagementStage, type EngagementState } from './engagement.ts'
import { OutsideForm } from './outside-page.tsx'
import { Board, type Card, Done } from './parts/board.tsx'
import { BoardFilters, type Choices, choicesOf } from './parts/board-filters.tsx'
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
  // A demand that cannot be is refused as one that is not there; every other filter that says nothing filters nothing.
  const filter = { ...BoardFilter.parse(blankless(c.req.query())), demand: demandId }
  const read = await readBoard(ports, actor, filter)
  const { words } = filter
  const looked = words === null ? read.items.slice(0, onBoardAtMost) : read.items
  const named = await Promise.all(looked.map((engagement) => cardOf(c, engagement)))
  const cards = named.filter((card) => words === null || says(card, words)).slice(0, onBoardAtMost)
  const demand = demandId === null ? null : demandTitle(await readDemand(ports, actor, demandId), view)
  const made = demandId === null ? [] : (await listShortlists(ports, actor, demandId, { after: null, limit: 20 })).items
  const chosen = EngagementStage.safeParse(c.req.query('all')).data ?? null
  const own = may(actor, 'engagement.move', ['assigned']) ? await ownViews(c, 'board', filterQuery(filter)) : null
  const shown = { view, cards, demand, made, chosen, filter, own, choices: await choicesOf(c, read), done: await doneBefore(c) }
  return answerPage(c, <BoardPage {...shown} isCut={read.items.length > onBoardAtMost && cards.length === onBoardAtMost} />)
}

/** A field of the form that was left empty asks for nothing. */
const blankless = (query: Record<string, string>): Record<string, string | null> =>
  Object.fromEntries(Object.keys(BoardFilter.shape).map((name) => [name, query[name] || null]))
const says = ({ demand, supply }: Card, words: string) => `${supply} ${demand}`.toLowerCase().includes(words.toLowerCase())

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
  filter: BoardFilter
  choices: Choices
  /** What the reader keeps for himself; null for who keeps none. */
  own: OwnViews | null
  /** Whether there are more than are shown. */
  isCut: boolean
  made: readonly Shortlist[]
  /** The stage of which all cards are ticked. */
  chosen: EngagementState | null
  done: DoneBefore | null
}

function BoardPage({ view, cards, demand, filter, choices, own, isCut, made, chosen, done }: BoardPageProps) {
  const { demand: demandId } = filter
  const isNarrowed = filterQuery({ ...filter, demand: null }) !== ''
  const { board: words } = view.words.engagement
  return (
    <Page view={view} title={words.title} head={cards.length > 0 && <script src="/board.js" type="module"></script>}>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {done !== null && <Done view={view} {...done} />}
      {demand !== null && (
        <p>
          <Written text={demand} locale={view.locale} /> · <a href="/board">{words.all}</a>
        </p>
      )}
      {own !== null && <SavedViews view={view} own={own} />}
      {(cards.length > 0 || isNarrowed) && <BoardFilters view={view} filter={filter} choices={choices} />}
      {isCut && <p class="quiet">{words.cut(onBoardAtMost)}</p>}
      {cards.length === 0 && isNarrowed && <p>{words.nothingSo}</p>}
      {cards.length === 0 && !isNarrowed && (
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
            <Written text={view.words.units.list(items.map(({ title }) => title))} locale={view.locale} />
            {sent.length > 0 && ` · ${words.ways[sent.at(-1)!.how]}`}
          </li>
        ))}
      </ul>
    </Section>
  )
}
