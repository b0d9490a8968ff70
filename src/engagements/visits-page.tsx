import { may } from '../accounts/permissions.ts'
import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { TextField } from '../platform/web/parts/fields.tsx'
import { Pager } from '../platform/web/parts/pager.tsx'
import { Empty, Facts, Tag, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { Contact } from './contact.ts'

interface ShownVisit {
  contact: Contact
  about: { name: string; path: string } | null
}

interface VisitsPageProps {
  view: View
  days: { from: string | null; until: string | null }
  visits: readonly ShownVisit[]
  next: string | null
}

/** A broker's visits, the latest first. */
export function VisitsPage({ view, days, visits, next }: VisitsPageProps) {
  const { visit: words } = view.words
  const isFiltered = days.from !== null || days.until !== null
  const form = { values: { from: days.from ?? '', until: days.until ?? '' }, chosen: {}, messages: {} }
  return (
    <Page view={view} title={words.title}>
      <h1>{words.title}</h1>
      <p class="lead">{may(view.actor, 'contact.read') ? words.leadAll : words.lead}</p>
      <Actions>
        <ButtonLink href="/visits/new">{words.new}</ButtonLink>
      </Actions>
      {(visits.length > 0 || isFiltered) && (
        <form method="get" action="/visits" class="days">
          <TextField view={view} form={form} name="from" label={words.from} type="date" />
          <TextField view={view} form={form} name="until" label={words.until} type="date" />
          <Actions>
            <Button tone="plain">{words.filter}</Button>
            {isFiltered && (
              <ButtonLink tone="plain" href="/visits">
                {words.all}
              </ButtonLink>
            )}
          </Actions>
        </form>
      )}
      {visits.length === 0 && (
        <Empty title={isFiltered ? words.noneTitle : words.emptyTitle} text={isFiltered ? words.noneText : words.emptyText} />
      )}
      <ul class="cards">
        {visits.map((visit) => (
          <li>
            <VisitCard view={view} {...visit} />
          </li>
        ))}
      </ul>
      <Pager view={view} next={next} />
    </Page>
  )
}

function VisitCard({ view, contact, about }: ShownVisit & { view: View }) {
  const { visit: words, engagement, units } = view.words
  const { id, on, visit, result } = contact
  const needs = visit?.needs ?? []
  return (
    <article class="card">
      <div class="card-head">
        <h2>
          <a href={`/visits/${id}`}>
            <Written text={about?.name ?? words.gone} locale={view.locale} />
          </a>
        </h2>
        <Tag tone="quiet">{engagement.contact.results[result]}</Tag>
      </div>
      {needs[0] !== undefined && (
        <p class="excerpt">
          <Written text={needs[0]} locale={view.locale} />
        </p>
      )}
      <Facts
        facts={[
          units.day(on),
          needs.length > 0 && words.needCount(needs.length),
          visit?.place && <Written text={visit.place} locale={view.locale} />,
        ]}
      />
    </article>
  )
}
