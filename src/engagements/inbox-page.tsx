import { Page } from '../platform/web/page.tsx'
import { Actions, ButtonLink } from '../platform/web/parts/buttons.tsx'
import type { FormState } from '../platform/web/parts/fields.tsx'
import { Section } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { ReceivedInvitation } from './invitation.ts'
import { type Item, ItemCard, type Wrong } from './parts/inbox-item.tsx'
import type { ShownPairing } from './parts/pairing.ts'
import { RepliedNotice, SaidNotice } from './parts/said-notice.tsx'

interface InboxPageProps {
  view: View
  items: readonly Item[]
  isSupplier: boolean
  isDemonstration: boolean
  /** What the reader has just answered, and the invitation where it was one. */
  said: ShownPairing | null
  replied: ReceivedInvitation | null
  wrong: Wrong | null
  /** How the reader is reached, as far as it is known. */
  contact: FormState
}

export function InboxPage(props: InboxPageProps) {
  const { view, items, isSupplier, isDemonstration, said, replied } = props
  const { inbox: words } = view.words.engagement
  const now = items.filter(({ until }) => until === null)
  const isOpen = ({ interest }: Item) => interest?.state === 'open'
  const asked = now.filter((item) => item.invitation !== null || (isOpen(item) && item.interest!.owes === item.side))
  const waiting = now.filter((item) => isOpen(item) && item.interest!.owes !== item.side)
  const talking = now.filter(({ interest }) => interest?.state === 'accepted')
  const matched = now.filter(({ match }) => match !== null)
  const later = items.filter(({ until }) => until !== null)
  return (
    <Page view={view} title={words.title} isDemonstration={isDemonstration}>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {said !== null && replied === null && <SaidNotice view={view} pairing={said} until={untilOf(items, said)} />}
      {said !== null && replied !== null && <RepliedNotice view={view} pairing={said} invitation={replied} />}
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
