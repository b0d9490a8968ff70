import { Hono } from 'hono'
import { readDemand } from '../demands/actions.ts'
import type { DemandView } from '../demands/demand.ts'
import { DemandCard } from '../demands/demand-card.tsx'
import { recommend } from '../matching/actions/recommend.ts'
import type { Match } from '../matching/match.ts'
import { reasonSentences } from '../matching/reason-words.ts'
import type { Side } from '../matching/refusal.ts'
import { itemsOf } from '../matching/search.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage, Page } from '../platform/web/page.tsx'
import { Actions, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { readable } from '../platform/web/parts/readable.ts'
import { Mixed, Section, Tag } from '../platform/web/parts/text.tsx'
import { type View, viewOf } from '../platform/web/view.ts'
import { ownInterests } from './actions/interest.ts'
import type { InterestView } from './interest.ts'
import { pairingPath } from './parts/pairing.ts'

/** Demands that look for the reader: those that ask him, then those that the engine thinks fit. */
export function inboxPages() {
  return new Hono<Env>().get('/inbox', inboxPage)
}

/** A demand, and what of the reader's it is about. */
interface Item {
  demand: DemandView
  supplyId: string
  interest: InterestView | null
  /** Why the engine proposes it; null for what somebody asks. */
  match: Match | null
  /** On which side the reader is: an enterprise may be on either. */
  side: Side
}

const proposedAtMost = 20

async function inboxPage(c: AppContext) {
  const view = viewOf(c)
  const { ports, actor } = c.var
  const mine = await ownInterests(ports, actor)
  const isSupplier = actor.role === 'expert' || actor.role === 'institution'
  const proposed = isSupplier ? (await recommend(ports, actor, proposedAtMost)).items : []
  const ids = [...mine.map(({ demandId }) => demandId), ...proposed.map(({ match }) => match.subject.id)]
  const known = await readable(ids, (id) => readDemand(ports, actor, id))
  const items = await itemsOf(ports, actor, 'demand', [...known.keys()])
  const shown = (
    demandId: string,
    supplyId: string,
    { interest = null, match = null }: Partial<Pick<Item, 'interest' | 'match'>>,
  ): Item[] => {
    const demand = known.get(demandId)
    const side = demand?.enterpriseId === actor.id ? 'demand' : 'supply'
    return demand === undefined ? [] : [{ demand, supplyId, interest, match, side }]
  }
  const asked = new Set(mine.map(({ demandId, supplyId }) => `${demandId} ${supplyId}`))
  const matched = proposed
    .filter((each) => !asked.has(`${each.match.subject.id} ${each.for.id}`))
    .flatMap((each) => shown(each.match.subject.id, each.for.id, { match: each.match }))
  const interests = mine.flatMap((each) => shown(each.demandId, each.supplyId, { interest: each }))
  return answerPage(
    c,
    <InboxPage {...{ view, interests, matched, isSupplier }} isDemonstration={items.some(({ isDemonstration }) => isDemonstration)} />,
  )
}

interface InboxPageProps {
  view: View
  interests: readonly Item[]
  matched: readonly Item[]
  isSupplier: boolean
  isDemonstration: boolean
}

function InboxPage({ view, interests, matched, isSupplier, isDemonstration }: InboxPageProps) {
  const { inbox: words } = view.words.engagement
  const asked = interests.filter(({ interest, side }) => interest!.state === 'open' && interest!.owes === side)
  const waiting = interests.filter(({ interest, side }) => interest!.state === 'open' && interest!.owes !== side)
  const talking = interests.filter(({ interest }) => interest!.state === 'accepted')
  return (
    <Page view={view} title={words.title} isDemonstration={isDemonstration}>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <Section title={words.asked}>
        {asked.length === 0 ? <p class="quiet">{words.nothingAsked}</p> : <Items view={view} items={asked} label={words.open} />}
      </Section>
      {talking.length > 0 && (
        <Section title={words.talking}>
          <Items view={view} items={talking} label={words.look} />
        </Section>
      )}
      {waiting.length > 0 && (
        <Section title={words.waiting}>
          <Items view={view} items={waiting} label={words.look} />
        </Section>
      )}
      {isSupplier && (
        <Section title={words.matched}>
          {matched.length === 0 ? (
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
          ) : (
            <Items view={view} items={matched} label={view.words.engagement.pairing.forSupply} />
          )}
        </Section>
      )}
    </Page>
  )
}

function Items({ view, items, label }: { view: View; items: readonly Item[]; label: string }) {
  const { states } = view.words.engagement
  return (
    <ul class="cards">
      {items.map(({ demand, supplyId, interest, match }) => (
        <li>
          <DemandCard view={view} demand={demand} heading="h3" />
          {match !== null && (
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
          )}
          <p class="actions">
            {interest !== null && <Tag tone="busy">{states[interest.state]}</Tag>}
            <ButtonLink tone="plain" href={pairingPath(demand.id, supplyId)}>
              {label}
            </ButtonLink>
          </p>
        </li>
      ))}
    </ul>
  )
}
