import { amountBetween, codeNames, dayWithDistance, mainCodes } from '../platform/web/parts/labels.ts'
import { type CardHeading, Facts, langOf, Tag, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { DemandView } from './demand.ts'

/** A demand in a list, as its reader may see it. */
export function DemandCard({ view, demand, heading: Title }: { view: View; demand: DemandView; heading: CardHeading }) {
  const { words, locale } = view
  const excerpt = demand.problem ?? (demand.title === demand.teaser ? null : demand.teaser)
  const budget = amountBetween(demand.budgetMinFen, demand.budgetMaxFen, words)
  return (
    <article class="card">
      <div class="card-head">
        <Title>
          <a href={`/demands/${demand.id}`}>
            <Written text={demandTitle(demand, view)} locale={locale} />
          </a>
        </Title>
        <DemandTags view={view} demand={demand} />
      </div>
      {excerpt && (
        <p class="excerpt" lang={langOf(excerpt, locale)}>
          {excerpt}
        </p>
      )}
      <Facts
        facts={[
          mainCodes(demand.classification, view),
          demand.region && codeNames([demand.region], view),
          budget && `${words.demand.budget}${words.units.colon}${budget}`,
          demand.deadlineOn && `${words.demand.deadline}${words.units.colon}${dayWithDistance(demand.deadlineOn, view)}`,
          demand.publishedAt && `${words.demand.published}${words.units.colon}${demandTime(demand, demand.publishedAt, view)}`,
        ]}
      />
    </article>
  )
}

const tones = {
  draft: 'quiet',
  vetting: 'busy',
  published: 'good',
  routed: 'quiet',
  withdrawn: 'quiet',
  expired: 'quiet',
  solved: 'plain',
  merged: 'quiet',
} as const

export function DemandTags({ view, demand }: { view: View; demand: DemandView }) {
  const { words } = view
  return (
    <span class="tags">
      <Tag tone={tones[demand.state]}>{words.demand.states[demand.state]}</Tag>
      {demand.visibility !== 'public' && <Tag tone="wood">{words.visibilities[demand.visibility]}</Tag>}
    </span>
  )
}

/** Where the title may not be told and its owner wrote no teaser, the id stands in the title's place: say so instead. */
export function demandTitle({ id, title }: { id: string; title: string }, { words }: View): string {
  return title === id ? words.demand.undisclosed : title
}

/** When it was published or confirmed: of one whose enterprise is hidden no more than the ten days (see `commonTime`). */
export function demandTime({ channel }: Pick<DemandView, 'channel'>, instant: string, view: View): string {
  const { units } = view.words
  return channel === null ? units.tenDays(instant.slice(0, 10)) : units.day(view.dayOf(instant))
}
