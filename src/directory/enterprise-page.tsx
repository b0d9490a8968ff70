import { may } from '../accounts/permissions.ts'
import { ProofLink } from '../attachments/parts/proof-link.tsx'
import type { DemandView } from '../demands/demand.ts'
import type { Published } from '../market/parts/published.ts'
import { PublishedHead, TakeAlong } from '../market/parts/published-parts.tsx'
import { Cards } from '../matching/parts/cards.tsx'
import type { OfferingView } from '../offerings/offering.ts'
import { Page } from '../platform/web/page.tsx'
import { Actions, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { codeNames } from '../platform/web/parts/labels.ts'
import { langOf, Paragraphs, Rows, Section, Tag, Written } from '../platform/web/parts/text.tsx'
import { type View, withQuery } from '../platform/web/view.ts'
import { ClaimLink } from './claim-link.tsx'
import type { Enterprise } from './enterprise.ts'
import type { Park } from './park.ts'

interface EnterprisePageProps {
  view: View
  enterprise: Enterprise
  park: Park | null
  demands: DemandView[]
  offerings: OfferingView[]
  isDemonstration: boolean
  /** Whether it entered the market itself, and nobody has verified it. */
  isUnverified: boolean
  /** What everybody may know of it, and take along. */
  published: Published | null
}

/** A firm with its demands and results; for the firm itself also what is not public yet. */
export function EnterprisePage({
  view,
  enterprise,
  park,
  demands,
  offerings,
  isDemonstration,
  isUnverified,
  published,
}: EnterprisePageProps) {
  const { words, locale } = view
  const { enterprise: names } = words.directory
  const isOwn = view.actor.id === enterprise.id
  return (
    <Page view={view} title={enterprise.name} isDemonstration={isDemonstration} head={<PublishedHead view={view} published={published} />}>
      <header class="title">
        <span class="tags">
          <Tag>{words.search.kinds.enterprise}</Tag>
          {isUnverified && <Tag tone="busy">{words.organisation.verification.unverifiedFirm}</Tag>}
        </span>
        <h1 id="name" lang={langOf(enterprise.name, locale)}>
          {enterprise.name}
        </h1>
      </header>
      {may(view.actor, 'contact.record') && (
        <Actions>
          <ButtonLink tone="plain" href={withQuery('/visits/new', { subject: enterprise.id })}>
            {words.visit.new}
          </ButtonLink>
          <ButtonLink tone="plain" href={withQuery('/contacts/new', { about: enterprise.id, back: `/enterprises/${enterprise.id}` })}>
            {words.engagement.today.log}
          </ButtonLink>
        </Actions>
      )}
      <div class="detail">
        <div>{enterprise.summary && <Paragraphs text={enterprise.summary} locale={locale} />}</div>
        <aside class="terms" aria-labelledby="name">
          <Rows
            rows={[
              [
                names.products,
                enterprise.products.length > 0 ? <Written text={words.units.list(enterprise.products)} locale={locale} /> : null,
              ],
              [names.size, enterprise.size && names.sizes[enterprise.size]],
              [names.industry, codeNames(enterprise.classification, view)],
              [names.region, enterprise.region && codeNames([enterprise.region], view)],
              [names.park, park && <Written text={park.name} locale={locale} />],
            ]}
          />
          <ProofLink view={view} id={enterprise.id} path={`/enterprises/${enterprise.id}`} />
        </aside>
      </div>
      <Section title={names.demands}>
        {demands.length === 0 && <p class="quiet">{names.none}</p>}
        {demands.length > 0 && <Cards view={view} found={{ kind: 'demand', nouns: demands }} heading="h3" />}
        {isOwn && (
          <Actions>
            <ButtonLink href="/demands/new">{names.post}</ButtonLink>
          </Actions>
        )}
      </Section>
      {offerings.length > 0 && (
        <Section title={names.offerings}>
          <Cards view={view} found={{ kind: 'offering', nouns: offerings }} heading="h3" />
        </Section>
      )}
      <TakeAlong view={view} published={published} />
      <ClaimLink view={view} id={enterprise.id} />
    </Page>
  )
}
