import { EvidenceLevelTag } from '../platform/web/parts/evidence-level.tsx'
import { amountBetween, codeNames, mainCodes, modeNames, readinessName } from '../platform/web/parts/labels.ts'
import { type CardHeading, Facts, langOf, Tag, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { Offering, OfferingView } from './offering.ts'

type Advantage = Offering['advantages'][number]

/** A result or lead in a list: what it is better than, how it is backed, how ready, at which price. */
export function OfferingCard({ view, offering, heading: Title }: { view: View; offering: OfferingView; heading: CardHeading }) {
  const { locale } = view
  const excerpt = offering.teaser ?? offering.problemSolved ?? offering.abstract
  const [advantage] = offering.advantages
  return (
    <article class="card">
      <div class="card-head">
        <Title>
          <a href={`/offerings/${offering.id}`}>
            <Written text={offering.title} locale={locale} />
          </a>
        </Title>
        <OfferingTags view={view} offering={offering} />
      </div>
      {excerpt && (
        <p class="excerpt" lang={langOf(excerpt, locale)}>
          {excerpt}
        </p>
      )}
      {advantage && <AdvantageLine view={view} advantage={advantage} />}
      <Facts facts={[mainCodes(offering.classification, view), ...offeringFacts(offering, view)]} />
    </article>
  )
}

/** The terms in a few words, for cards and matches. */
export function offeringFacts(offering: OfferingView, view: View): (string | null)[] {
  const { words } = view
  return [
    offering.readiness && `${words.offering.readiness}${words.units.colon}${readinessName(offering.readiness.level, view)}`,
    offering.price && `${words.offering.price}${words.units.colon}${priceName(offering.price, view)}`,
    offering.modes.length > 0 ? modeNames(offering.modes.slice(0, 3), view) : null,
    offering.region && codeNames([offering.region], view),
    offering.kind === 'lead' ? offering.citation && `${words.offering.licence}${words.units.colon}${offering.citation.licence}` : null,
  ]
}

export function OfferingTags({ view, offering }: { view: View; offering: OfferingView }) {
  const { words } = view
  return (
    <span class="tags">
      {offering.kind === 'lead' ? (
        <Tag tone="wood">{`${words.offering.kinds.lead} · ${words.offering.leadShort}`}</Tag>
      ) : (
        <Tag tone={offering.state === 'published' ? 'good' : 'quiet'}>{words.offering.states[offering.state]}</Tag>
      )}
      {offering.visibility !== 'public' && <Tag tone="wood">{words.visibilities[offering.visibility]}</Tag>}
    </span>
  )
}

/** One comparison in one line, never without how it is backed. */
export function AdvantageLine({ view, advantage }: { view: View; advantage: Advantage }) {
  const { words, locale } = view
  const { name, unit, ours, incumbent, evidenceLevel } = advantage
  return (
    <p class="advantage">
      <EvidenceLevelTag level={evidenceLevel} view={view} />{' '}
      <span lang={langOf(name + ours, locale)}>
        <strong>{`${unit === null ? name : words.units.withNote(name, unit)}${words.units.colon}${ours}`}</strong>
      </span>{' '}
      <span class="quiet">
        {words.offering.incumbent}
        {words.units.colon}
        {incumbent === null ? words.offering.noIncumbent : <Written text={incumbent} locale={locale} />}
      </span>
    </p>
  )
}

export function priceName(price: NonNullable<Offering['price']>, { words }: View): string {
  switch (price.kind) {
    case 'fixed':
      return words.units.amount(price.amountFen)
    case 'range':
      return amountBetween(price.minFen, price.maxFen, words) ?? words.offering.negotiable
    case 'negotiable':
      return words.offering.negotiable
  }
}
