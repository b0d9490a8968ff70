import { Button } from '../../platform/web/parts/buttons.tsx'
import { Mixed, Written } from '../../platform/web/parts/text.tsx'
import { type View, withQuery } from '../../platform/web/view.ts'
import { type Engagement, EngagementStage, type EngagementState } from '../engagement.ts'
import { caseField, MoveForm, UndoForm } from './move-form.tsx'
import { reasonName } from './pairing.ts'

/** A card: the case, and both sides as the reader may call them. */
export interface Card {
  engagement: Engagement
  demand: string
  supply: string
}

/** The columns of stages. With `chosen` all cards of a stage are ticked from the start. */
export function Board({ view, cards, chosen }: { view: View; cards: readonly Card[]; chosen: EngagementState | null }) {
  const { board: words } = view.words.engagement
  return (
    <>
      <p class="unseen" role="status" id="board-said" data-moving={words.moving} data-reason={words.giveReason} />
      <div class="board">
        {EngagementStage.options.map((stage) => (
          <Column
            view={view}
            stage={stage}
            cards={cards.filter(({ engagement }) => engagement.state === stage)}
            isChosen={stage === chosen}
          />
        ))}
      </div>
    </>
  )
}

interface ColumnProps {
  view: View
  stage: EngagementState
  cards: readonly Card[]
  isChosen: boolean
}

function Column({ view, stage, cards, isChosen }: ColumnProps) {
  const { board: words, states } = view.words.engagement
  const name = states[stage]!
  return (
    <section aria-labelledby={`stage-${stage}`} data-stage={stage}>
      <div class="column-head">
        <h2 id={`stage-${stage}`}>
          {name} <span class="quiet">{words.count(cards.length)}</span>
        </h2>
        {cards.length > 0 && (
          <a
            href={withQuery(view.path, { all: isChosen ? null : stage, moved: null, undone: null, removed: null })}
            data-every={words.every}
            data-none={words.none}
          >
            {isChosen ? words.none : words.every}
            <span class="unseen">{words.ofStage(name)}</span>
          </a>
        )}
      </div>
      <ul class="cards">
        {cards.map((card) => (
          <li>
            <BoardCard view={view} card={card} isChosen={isChosen} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function BoardCard({ view, card: { engagement, demand, supply }, isChosen }: { view: View; card: Card; isChosen: boolean }) {
  const { board: words } = view.words.engagement
  const last = engagement.steps.at(-1)!
  return (
    <article class="card">
      <div class="column-head">
        <h3>
          <a href={`/engagements/${engagement.id}`}>
            <Written text={supply} locale={view.locale} />
          </a>
        </h3>
        <label class="choice">
          <input type="checkbox" name="case" value={caseField(engagement)} form="together" checked={isChosen} />
          <span class="unseen">{words.choose(supply)}</span>
        </label>
      </div>
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

/** What was just done, with the way back; or what could not be taken back because it went on. It takes the focus when the page opens. */
export function Done({ view, at, still, gone }: { view: View; at: string; still: readonly Card[]; gone: readonly string[] }) {
  const { board: words, states } = view.words.engagement
  if (still.length + gone.length === 0) return null
  return (
    <div class="notice" role="status" tabindex={-1} autofocus>
      {still.length > 0 && (
        <>
          <p>
            <Mixed text={words.moved({ names: still.map(({ supply }) => supply), stage: states[still[0]!.engagement.state]! })} />
          </p>
          <form method="post" action="/board/undoings">
            <input type="hidden" name="at" value={at} />
            <input type="hidden" name="back" value={view.path} />
            <Button tone="plain">{words.undoThese(still.length)}</Button>
          </form>
        </>
      )}
      {gone.length > 0 && (
        <>
          <p>{words.wentOn}</p>
          <ul>
            {gone.map((each) => (
              <li>
                <Mixed text={each} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
