import type { Published } from '../market/parts/published.ts'
import { PublishedHead, TakeAlong } from '../market/parts/published-parts.tsx'
import type { OfferingView } from '../offerings/offering.ts'
import { AskLink } from '../organisations/parts/ask-link.tsx'
import { labelOf } from '../platform/codes/codes.ts'
import { Page } from '../platform/web/page.tsx'
import { Actions, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { codeNames, modeNames } from '../platform/web/parts/labels.ts'
import { Chips, Facts, langOf, Mixed, Notice, Paragraphs, Rows, Section, Tag, TextSection, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import { ExpertTags, expertName, type Institutions } from './cards.tsx'
import { ClaimLink } from './claim-link.tsx'
import type { Evidence } from './evidence.ts'
import type { ExpertView } from './expert.ts'
import { profilePath } from './profile-page.tsx'

interface ExpertPageProps {
  view: View
  expert: ExpertView
  institutions: Institutions
  works: readonly Evidence[]
  /** The offerings among the works that the reader may see. */
  offerings: ReadonlyMap<string, OfferingView>
  isDemonstration: boolean
  /** What everybody may know of it, and take along. */
  published: Published | null
  /** Whether the reader looks after what is registered of the works. */
  keepsWorks: boolean
  mayAmend: boolean
}

/** A person who can solve problems; institution and field alone until the profile is taken over. */
export function ExpertPage(props: ExpertPageProps) {
  const { view, expert } = props
  const { words, locale } = view
  const title = expertName(expert, view)
  return (
    <Page
      view={view}
      title={title}
      at="experts"
      isDemonstration={props.isDemonstration}
      head={<PublishedHead view={view} published={props.published} />}
    >
      <header class="title">
        <span class="tags">
          <ExpertTags view={view} expert={expert} />
        </span>
        <h1 lang={langOf(title, locale)}>{title}</h1>
        {!expert.isMasked && expert.field && (
          <p class="lead" lang={langOf(expert.field, locale)}>
            {expert.field}
          </p>
        )}
      </header>
      <div class="detail">
        <div>
          {props.mayAmend && (
            <Actions>
              <ButtonLink tone="plain" href={profilePath(expert.id)}>
                {words.profile.edit}
              </ButtonLink>
            </Actions>
          )}
          {expert.isMasked && <Notice>{words.directory.expert.maskedNotice}</Notice>}
          <AskLink view={view} path={`/experts/${expert.id}`} />
          <TextSection title={words.directory.expert.summary} text={expert.summary} locale={locale} />
          {!expert.isMasked && <Works {...props} />}
          <Named view={view} title={words.directory.expert.methods} texts={expert.methods} />
          <Named view={view} title={words.directory.expert.materials} texts={expert.materials} />
          <Named view={view} title={words.directory.expert.instruments} texts={expert.instruments} />
        </div>
        <ExpertFacts {...props} />
      </div>
      <TakeAlong view={view} published={props.published} />
      <ClaimLink view={view} id={expert.id} />
    </Page>
  )
}

function Named({ view, title, texts }: { view: View; title: string; texts: readonly string[] }) {
  if (texts.length === 0) return null
  return (
    <Section title={title}>
      <Chips texts={texts} locale={view.locale} />
    </Section>
  )
}

/** Rows with a text of their own, and the offerings that this person completed. */
function Works({ view, expert, works, offerings, keepsWorks }: ExpertPageProps) {
  const { words, locale } = view
  const { kinds, roles } = words.directory.expert
  const shown = works.flatMap((work) => {
    const offering = work.offeringId === null ? undefined : offerings.get(work.offeringId)
    const title = offering?.title ?? work.title
    return title === null || title === undefined ? [] : [{ work, offering, title }]
  })
  return (
    <Section title={words.directory.expert.works}>
      {keepsWorks && (
        <p>
          <a href={`/experts/${expert.id}/evidence`}>{words.works.open}</a>
        </p>
      )}
      {shown.length === 0 && <p class="quiet">{words.directory.expert.noWorks}</p>}
      <ul class="works">
        {shown.map(({ work, offering, title }) => (
          <li>
            <div class="card-head">
              <h3 lang={langOf(title, locale)}>{offering ? <a href={`/offerings/${offering.id}`}>{title}</a> : title}</h3>
              <Tag>{kinds[work.kind]}</Tag>
            </div>
            <Facts
              facts={[
                work.role && roles[work.role],
                work.on && words.units.dayOrYear(work.on),
                work.source && <Written text={work.source} locale={locale} />,
                work.number,
              ]}
            />
            {work.abstract && <Paragraphs text={work.abstract} locale={locale} />}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function ExpertFacts({ view, expert, institutions }: ExpertPageProps) {
  const { words, locale } = view
  const { expert: names } = words.directory
  const { capacity } = expert
  return (
    <aside class="terms" aria-labelledby="terms-title">
      <h2 id="terms-title">{names.facts}</h2>
      <Rows
        rows={[
          [names.field, expert.isMasked && expert.field ? <Written text={expert.field} locale={locale} /> : null],
          [names.institution, <Affiliations {...{ view, expert, institutions }} />],
          [names.titleLevel, expert.title ?? (expert.titleLevel && labelOf('title-level', expert.titleLevel, locale))],
          [names.degree, expert.degree && labelOf('degree', expert.degree, locale)],
          [names.modes, expert.modes.length > 0 ? modeNames(expert.modes, view) : null],
          [names.daysPerYear, capacity?.daysPerYear == null ? null : names.days(capacity.daysPerYear)],
          [names.freeFrom, capacity?.freeFrom && words.units.day(capacity.freeFrom)],
          [names.industry, codeNames(expert.classification, view)],
          [names.region, expert.region && codeNames([expert.region], view)],
        ]}
      />
    </aside>
  )
}

function Affiliations({ view, expert, institutions }: Pick<ExpertPageProps, 'view' | 'expert' | 'institutions'>) {
  const { words, locale } = view
  const known = expert.affiliations.flatMap((affiliation) => {
    const institution = institutions.get(affiliation.institutionId)
    return institution ? [{ ...affiliation, institution }] : []
  })
  if (known.length === 0) return <>{words.units.notStated}</>
  return (
    <ul>
      {known.map(({ institution, department, post }) => (
        <li>
          <a href={`/institutions/${institution.id}`}>
            <Written text={institution.name} locale={locale} />
          </a>
          {(department || post) && (
            <div class="quiet">
              <Mixed text={words.units.list([department, post].filter((part) => part !== null))} />
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}
