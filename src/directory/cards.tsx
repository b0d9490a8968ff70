import { labelOf } from '../platform/codes/codes.ts'
import { codeNames, mainCodes, modeNames } from '../platform/web/parts/labels.ts'
import { type CardHeading, Facts, langOf, Tag, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { Enterprise } from './enterprise.ts'
import type { ExpertView } from './expert.ts'
import type { Institution } from './institution.ts'

/** Institutions by id, as far as the reader may see them. */
export type Institutions = ReadonlyMap<string, Institution>

/** An expert in a list; one who has not taken over the profile is a field at an institution. */
export function ExpertCard({
  view,
  expert,
  institutions,
  heading: Title,
}: {
  view: View
  expert: ExpertView
  institutions: Institutions
  heading: CardHeading
}) {
  const { locale } = view
  return (
    <article class="card">
      <div class="card-head">
        <Title>
          <a href={`/experts/${expert.id}`}>
            <Written text={expertName(expert, view)} locale={locale} />
          </a>
        </Title>
        <ExpertTags view={view} expert={expert} />
      </div>
      {expert.summary && (
        <p class="excerpt" lang={langOf(expert.summary, locale)}>
          {expert.summary}
        </p>
      )}
      <Facts
        facts={[
          ...expertFacts(expert, institutions, view),
          mainCodes(expert.classification, view),
          expert.region && codeNames([expert.region], view),
        ]}
      />
    </article>
  )
}

/** Where an expert works and in what, for cards and matches. */
export function expertFacts(expert: ExpertView, institutions: Institutions, view: View): (string | null)[] {
  const names = expert.affiliations.flatMap(({ institutionId }) => institutions.get(institutionId)?.name ?? [])
  return [
    names.length > 0 ? view.words.units.list(names) : null,
    expert.title ?? (expert.titleLevel && labelOf('title-level', expert.titleLevel, view.locale)),
    expert.isMasked ? null : expert.field,
    expert.modes.length > 0 ? modeNames(expert.modes.slice(0, 3), view) : null,
  ]
}

export function expertName({ name, field }: ExpertView, { words }: View): string {
  return name ?? words.directory.expert.maskedTitle(field ?? words.directory.expert.unknownField)
}

/**
 * Whether anybody but himself knows that he is who he says, and whether the facts are the person's own or inferred; of one who is masked
 * the first alone, whose notice says more.
 */
export function ExpertTags({ view, expert }: { view: View; expert: ExpertView }) {
  const { words } = view
  return (
    <>
      <UnverifiedTag view={view} enrolled={expert.enrolled} />
      {expert.isMasked ? null : expert.confirmedAt === null ? (
        <Tag tone="quiet">{words.directory.expert.inferred}</Tag>
      ) : (
        <Tag tone="good">{words.directory.expert.confirmed(words.units.day(view.dayOf(expert.confirmedAt)))}</Tag>
      )}
    </>
  )
}

export function UnverifiedTag({ view, enrolled }: { view: View; enrolled: ExpertView['enrolled'] }) {
  return enrolled === 'unverified' ? <Tag tone="busy">{view.words.organisation.verification.unverified}</Tag> : null
}

export function InstitutionCard({ view, institution, heading: Title }: { view: View; institution: Institution; heading: CardHeading }) {
  const { words, locale } = view
  return (
    <article class="card">
      <div class="card-head">
        <Title>
          <a href={`/institutions/${institution.id}`}>
            <Written text={institution.name} locale={locale} />
          </a>
        </Title>
        <Tag>{words.directory.institution.kinds[institution.kind]}</Tag>
      </div>
      {institution.summary && (
        <p class="excerpt" lang={langOf(institution.summary, locale)}>
          {institution.summary}
        </p>
      )}
      <Facts facts={[mainCodes(institution.classification, view), institution.region && codeNames([institution.region], view)]} />
    </article>
  )
}

export function EnterpriseCard({ view, enterprise, heading: Title }: { view: View; enterprise: Enterprise; heading: CardHeading }) {
  const { locale } = view
  return (
    <article class="card">
      <div class="card-head">
        <Title>
          <a href={`/enterprises/${enterprise.id}`}>
            <Written text={enterprise.name} locale={locale} />
          </a>
        </Title>
      </div>
      {enterprise.summary && (
        <p class="excerpt" lang={langOf(enterprise.summary, locale)}>
          {enterprise.summary}
        </p>
      )}
      <Facts facts={[mainCodes(enterprise.classification, view), enterprise.region && codeNames([enterprise.region], view)]} />
    </article>
  )
}
