import type { DemandView } from '../demands/demand.ts'
import { DemandCard } from '../demands/demand-card.tsx'
import type { Match } from '../matching/match.ts'
import { reasonSentences } from '../matching/reason-words.ts'
import type { Side } from '../matching/refusal.ts'
import { addDays } from '../platform/days.ts'
import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { type FormState, TextField } from '../platform/web/parts/fields.tsx'
import { Mixed, Section, Tag } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { InterestView } from './interest.ts'
import { AcceptForm, DeclineForm, QuestionForm } from './parts/answer-parts.tsx'
import { pairingPath, type ShownPairing } from './parts/pairing.ts'
import { SaidNotice } from './parts/said-notice.tsx'

/** A demand, and what of the reader's it is about. */
export interface Item {
  demand: DemandView
  supplyId: string
  interest: InterestView | null
  /** Why the engine proposes it; null for what somebody asks. */
  match: Match | null
  /** On which side the reader is: an enterprise may be on either. */
  side: Side
  /** The day until which he has put it off. */
  until: string | null
}

interface InboxPageProps {
  view: View
  items: readonly Item[]
  isSupplier: boolean
  isDemonstration: boolean
  /** What the reader has just answered. */
  said: ShownPairing | null
  /** A day that cannot be, and of which pairing. */
  wrong: { about: string; form: FormState } | null
  /** How the reader is reached, as far as it is known. */
  contact: FormState
}

export function InboxPage(props: InboxPageProps) {
  const { view, items, isSupplier, isDemonstration, said } = props
  const { inbox: words } = view.words.engagement
  const now = items.filter(({ until }) => until === null)
  const isOpen = ({ interest }: Item) => interest?.state === 'open'
  const asked = now.filter((item) => isOpen(item) && item.interest!.owes === item.side)
  const waiting = now.filter((item) => isOpen(item) && item.interest!.owes !== item.side)
  const talking = now.filter(({ interest }) => interest?.state === 'accepted')
  const matched = now.filter(({ match }) => match !== null)
  const later = items.filter(({ until }) => until !== null)
  return (
    <Page view={view} title={words.title} isDemonstration={isDemonstration}>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {said !== null && <SaidNotice view={view} pairing={said} until={untilOf(items, said)} />}
      <Section title={words.asked}>
        {asked.length === 0 ? <p class="quiet">{words.nothingAsked}</p> : <Items {...props} items={asked} answers />}
      </Section>
      {talking.length > 0 && (
        <Section title={words.talking}>
          <Items {...props} items={talking} />
        </Section>
      )}
      {waiting.length > 0 && (
        <Section title={words.waiting}>
          <Items {...props} items={waiting} />
        </Section>
      )}
      {isSupplier && (
        <Section title={words.matched}>
          {matched.length === 0 ? <NothingMatched view={view} /> : <Items {...props} items={matched} answers />}
        </Section>
      )}
      {later.length > 0 && (
        <Section title={words.later.title}>
          <Items {...props} items={later} />
        </Section>
      )}
    </Page>
  )
}

const untilOf = (items: readonly Item[], { ids }: ShownPairing) =>
  items.find(({ demand, supplyId }) => demand.id === ids.demandId && supplyId === ids.supplyId)?.until ?? null

function NothingMatched({ view }: { view: View }) {
  const { inbox: words } = view.words.engagement
  return (
    <>
      <p class="quiet">{words.nothingMatched}</p>
      {view.actor.role === 'expert' && (
        <Actions>
          <ButtonLink tone="plain" href={`/experts/${view.actor.id}`}>
            {words.profile}
          </ButtonLink>
        </Actions>
      )}
    </>
  )
}

function Items({ items, answers = false, ...props }: InboxPageProps & { answers?: boolean }) {
  return (
    <ul class="cards">
      {items.map((item, at) => (
        <li>
          <ItemCard {...props} item={item} answers={answers} at={at} />
        </li>
      ))}
    </ul>
  )
}

type ItemProps = Omit<InboxPageProps, 'items'> & { item: Item; answers: boolean; at: number }

function ItemCard(props: ItemProps) {
  const { view, item, answers } = props
  const { demand, supplyId, interest, match, until } = item
  const { states, inbox: words } = view.words.engagement
  return (
    <>
      <DemandCard view={view} demand={demand} heading="h3" />
      {match !== null && <WhyProposed view={view} match={match} />}
      {until !== null && (
        <form method="post" action="/inbox/later/ending" class="actions">
          <Ids demandId={demand.id} supplyId={supplyId} />
          <span class="quiet">{words.later.until(view.words.units.day(until))}</span>
          <Button tone="plain">{words.later.now}</Button>
        </form>
      )}
      {answers && <Answers {...props} />}
      <p class="actions">
        {interest !== null && <Tag tone="busy">{states[interest.state]}</Tag>}
        <a href={pairingPath(demand.id, supplyId)}>{words.look}</a>
      </p>
    </>
  )
}

function WhyProposed({ view, match }: { view: View; match: Match }) {
  return (
    <details class="why">
      <summary>{view.words.matching.why}</summary>
      <ul>
        {reasonSentences(match, view).known.map((sentence) => (
          <li>
            <Mixed text={sentence} />
          </li>
        ))}
      </ul>
    </details>
  )
}

const Ids = ({ demandId, supplyId }: { demandId: string; supplyId: string }) => (
  <>
    <input type="hidden" name="demandId" value={demandId} />
    <input type="hidden" name="supplyId" value={supplyId} />
  </>
)

/** Yes, no, or later, where it stands. */
function Answers({ view, item, at, wrong, contact }: ItemProps) {
  const { inbox: words, pairing } = view.words.engagement
  const { demand, supplyId, interest, side } = item
  const about = `${demand.id}/${supplyId}`
  const of = { view, ids: { demandId: demand.id, supplyId }, back: `/inbox?${new URLSearchParams({ about })}` }
  const within = `${interest === null ? 'matched' : 'asked'}-${at}`
  const blank: FormState = { values: {}, chosen: {}, messages: {} }
  const later = wrong?.about === about ? wrong.form : blank
  return (
    <div class="answers-here">
      <details class="more">
        <summary>{interest === null ? words.interested : pairing.interest.accept}</summary>
        {interest === null ? (
          <QuestionForm {...of} form={contact} within={`${within}-yes`} />
        ) : (
          <AcceptForm {...of} form={contact} within={`${within}-yes`} interestId={interest.id} />
        )}
      </details>
      <details class="more">
        <summary>{pairing.refusal.title}</summary>
        <DeclineForm {...of} form={blank} within={`${within}-no`} interestId={interest?.id ?? null} side={side} />
      </details>
      {view.session !== null && (
        <details class="more" open={wrong?.about === about}>
          <summary>{words.later.title}</summary>
          <p class="quiet">{words.later.lead}</p>
          <form method="post" action="/inbox/later" novalidate class="stack">
            <Ids demandId={demand.id} supplyId={supplyId} />
            <Actions>
              <Button tone="plain" name="when" value="tomorrow">
                {words.later.tomorrow}
              </Button>
              <Button tone="plain" name="when" value="week">
                {words.later.week}
              </Button>
            </Actions>
            <TextField
              view={view}
              form={withDay(later, view.today)}
              name="until"
              {...words.later.day}
              type="date"
              within={`${within}-later`}
            />
            <Button tone="plain">{words.later.submit}</Button>
          </form>
        </details>
      )}
    </div>
  )
}

const inAMonth = 30
const withDay = (form: FormState, today: string): FormState => ({ ...form, values: { until: addDays(today, inAMonth), ...form.values } })
