import type { DemandView } from '../../demands/demand.ts'
import { DemandCard } from '../../demands/demand-card.tsx'
import type { Match } from '../../matching/match.ts'
import { reasonSentences } from '../../matching/reason-words.ts'
import type { Side } from '../../matching/refusal.ts'
import { Button } from '../../platform/web/parts/buttons.tsx'
import type { FormState } from '../../platform/web/parts/fields.tsx'
import { Mixed, Paragraphs, Tag, Written } from '../../platform/web/parts/text.tsx'
import type { View } from '../../platform/web/view.ts'
import type { Delegation } from '../delegation.ts'
import type { InterestView } from '../interest.ts'
import type { ReceivedInvitation } from '../invitation.ts'
import { Answers } from './inbox-answers.tsx'
import { Ids } from './later-form.tsx'
import { pairingPath } from './pairing.ts'

/** A demand, and what of the reader's it is about. */
export interface Item {
  demand: DemandView
  supplyId: string
  interest: InterestView | null
  /** What could solve it, by name, for whoever is asked about a demand of his own. */
  supplier: string | null
  /** Why the engine proposes it; null for what somebody asks. */
  match: Match | null
  /** What a broker asks; null for what nobody does. */
  invitation: ReceivedInvitation | null
  /** By which institution he was handed it, and with what words; null for what is his own. */
  handed: { institution: string; delegation: Delegation } | null
  /** On which side the reader is: an enterprise may be on either. */
  side: Side
  /** The day until which he has put it off. */
  until: string | null
}

/** What was sent and cannot be: of which pairing or invitation, and by which of its forms. */
export interface Wrong {
  about: string
  answer: string
  form: FormState
}

export interface ItemProps {
  view: View
  item: Item
  /** Whether it waits for an answer, and its place among those that do. */
  answers: boolean
  at: number
  wrong: Wrong | null
  /** How the reader is reached, as far as it is known. */
  contact: FormState
}

export function ItemCard(props: ItemProps) {
  const { view, item, answers } = props
  const { demand, supplyId, interest, match, invitation, handed, until } = item
  const { states, invited, inbox: words } = view.words.engagement
  return (
    <>
      <DemandCard view={view} demand={demand} heading="h3" />
      {handed !== null && <Handed view={view} handed={handed} />}
      {interest !== null && <WhoAsks view={view} item={item} interest={interest} />}
      {invitation?.note && (
        <>
          <p class="quiet">{invited.fromBroker}</p>
          <Paragraphs text={invitation.note} locale={view.locale} />
        </>
      )}
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
        {invitation !== null && <Tag tone="wood">{words.invited(view.words.units.day(view.dayOf(invitation.expiresAt)))}</Tag>}
        {interest !== null && <Tag tone="busy">{states[interest.state]}</Tag>}
        <a href={pairingPath(demand.id, supplyId)}>{words.look}</a>
      </p>
    </>
  )
}

/** Who handed it to the reader, why, and by when. */
export function Handed({ view, handed: { institution, delegation } }: { view: View; handed: NonNullable<Item['handed']> }) {
  const { requests: words } = view.words.engagement
  const { note, until } = delegation
  return (
    <div class="handed">
      <p>
        <Tag tone="wood">{words.handed}</Tag> <Written text={words.handedBy(institution)} locale={view.locale} />
        {until !== null && ` · ${words.wanted(view.words.units.day(until))}`}
      </p>
      {note !== null && <Paragraphs text={note} locale={view.locale} />}
    </div>
  )
}

/** With whom it is, and what the one who asked wrote. */
function WhoAsks({ view, item: { side, supplyId, supplier }, interest }: { view: View; item: Item; interest: InterestView }) {
  const { words, locale } = view
  const { interest: asked } = words.engagement.pairing
  const listOf = supplyId.startsWith('off_') ? 'offerings' : 'experts'
  return (
    <>
      {side === 'demand' && supplier !== null && (
        <p>
          <a href={`/${listOf}/${supplyId}`}>
            <Written text={supplier} locale={locale} />
          </a>
        </p>
      )}
      {interest.note !== null && (
        <>
          <p class="quiet">{interest.from === side ? asked.own : asked.said}</p>
          <Paragraphs text={interest.note} locale={locale} />
        </>
      )}
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
