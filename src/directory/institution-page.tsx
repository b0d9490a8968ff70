import { ProofLink } from '../attachments/parts/proof-link.tsx'
import type { Published } from '../market/parts/published.ts'
import { PublishedHead, TakeAlong } from '../market/parts/published-parts.tsx'
import type { Fields } from '../matching/belonging.ts'
import { Cards, type Found } from '../matching/parts/cards.tsx'
import { Page } from '../platform/web/page.tsx'
import { codeNames } from '../platform/web/parts/labels.ts'
import { langOf, Paragraphs, Rows, Section, Tag, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import { ClaimLink } from './claim-link.tsx'
import { FieldCounts } from './field-counts.tsx'
import type { Institution } from './institution.ts'

interface InstitutionPageProps {
  view: View
  institution: Institution
  parent: Institution | null
  units: readonly Institution[]
  /** Units below those units. */
  subunits: readonly Institution[]
  experts: { count: number; fields: Fields; found: Found }
  offerings: { count: number; fields: Fields; found: Found }
  isDemonstration: boolean
  /** What everybody may know of it, and take along. */
  published: Published | null
}

/** A university, institute or hospital, or a unit of one: its units, its people, its results. */
export function InstitutionPage(props: InstitutionPageProps) {
  const { view, institution, parent, units, experts, offerings } = props
  const { words, locale } = view
  const { institution: names } = words.directory
  return (
    <Page
      view={view}
      title={institution.name}
      at="institutions"
      isDemonstration={props.isDemonstration}
      head={<PublishedHead view={view} published={props.published} />}
    >
      <header class="title">
        <span class="tags">
          <Tag>{names.kinds[institution.kind]}</Tag>
        </span>
        <h1 id="name" lang={langOf(institution.name, locale)}>
          {institution.name}
        </h1>
      </header>
      <div class="detail">
        <div>
          {institution.summary && <Paragraphs text={institution.summary} locale={locale} />}
          {units.length > 0 && (
            <Section title={names.units}>
              <UnitTree {...props} />
            </Section>
          )}
        </div>
        <aside class="terms" aria-labelledby="name">
          <Rows
            rows={[
              [names.parent, parent && <UnitLink view={view} unit={parent} />],
              [names.transferOffice, institution.transferOffice && <Written text={institution.transferOffice} locale={locale} />],
              [names.industry, codeNames(institution.classification, view)],
              [names.region, institution.region && codeNames([institution.region], view)],
            ]}
          />
          <ProofLink view={view} id={institution.id} path={`/institutions/${institution.id}`} />
          {institution.hasStandingTrust && <Tag tone="good">{names.trusted}</Tag>}
        </aside>
      </div>
      <FieldCounts {...props} />
      <Listed view={view} id="offerings" title={names.offerings} {...offerings} path={`/institutions/${institution.id}`} />
      <Listed view={view} id="experts" title={names.experts} {...experts} path={`/institutions/${institution.id}`} />
      <TakeAlong view={view} published={props.published} />
      <ClaimLink view={view} id={institution.id} />
    </Page>
  )
}

function UnitTree({ view, units, subunits }: InstitutionPageProps) {
  return (
    <ul class="tree">
      {units.map((unit) => {
        const below = subunits.filter(({ parentId }) => parentId === unit.id)
        return (
          <li>
            <UnitLink view={view} unit={unit} />
            {below.length > 0 && (
              <ul>
                {below.map((subunit) => (
                  <li>
                    <UnitLink view={view} unit={subunit} />
                  </li>
                ))}
              </ul>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function UnitLink({ view, unit }: { view: View; unit: Institution }) {
  return (
    <a href={`/institutions/${unit.id}`}>
      <Written text={unit.name} locale={view.locale} />
    </a>
  )
}

interface ListedProps {
  view: View
  id: string
  title: string
  count: number
  found: Found
  path: string
}

function Listed({ view, id, title, count, found, path }: ListedProps) {
  const { directory, units } = view.words
  return (
    <Section id={id} title={units.withNote(title, units.count(count))}>
      {found.nouns.length === 0 ? <p class="quiet">{directory.institution.none}</p> : <Cards view={view} found={found} heading="h3" />}
      {found.nouns.length < count && found.nouns.length > 0 && (
        <p>
          <a href={`${path}?all=1#${id}`}>
            {directory.institution.all(count)}
            <span class="unseen">{title}</span>
          </a>
        </p>
      )}
    </Section>
  )
}
