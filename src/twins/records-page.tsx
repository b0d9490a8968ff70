import { labelOf } from '../platform/codes/codes.ts'
import { kindOfId } from '../platform/ids.ts'
import { Page } from '../platform/web/page.tsx'
import { Section, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { Records } from './actions/records.ts'

/** What happened to a demand, and to those that were merged into it. */
export function RecordsPage({ view, records }: { view: View; records: readonly Records[] }) {
  const { records: words } = view.words.twins
  const [kept] = records
  return (
    <Page view={view} title={words.title} at="demands">
      <p>
        <a class="back" href={`/demands/${kept!.demand.id}`}>
          <Written text={kept!.demand.title} locale={view.locale} />
        </a>
      </p>
      <h1>{words.title}</h1>
      {records.map((each) => (
        <Section title={words.of(each === kept ? words.kept : words.gone, each.demand.title)}>
          <Entries view={view} records={each} />
        </Section>
      ))}
    </Page>
  )
}

function Entries({ view, records: { demand, entries } }: { view: View; records: Records }) {
  const { records: words } = view.words.twins
  const kinds: Record<string, string> = words.kinds
  return (
    <>
      {demand.channel !== null && (
        <p class="quiet">
          {view.words.demand.channel}
          {view.words.units.colon}
          {labelOf('intake-channel', demand.channel, view.locale)}
        </p>
      )}
      <section class="wide-table" aria-label={demand.title} tabindex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.columns.at}</th>
              <th scope="col">{words.columns.what}</th>
              <th scope="col">{words.columns.by}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map(({ kind, at, actorId }) => (
              <tr>
                <td class="nowrap">{view.words.units.day(view.dayOf(at))}</td>
                <td>{kinds[kind.replace(/^\w+\./, '')] ?? words.kinds.other}</td>
                <td>{actorName(actorId, view)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}

/** Which kind of actor it was: whose hand, the journal knows. */
function actorName(id: string, { words }: View): string {
  const { by } = words.twins.records
  const { roles } = words.account.own
  switch (kindOfId(id)) {
    case 'enterprise':
      return roles.enterprise
    case 'park':
      return roles.park
    case 'county':
      return roles.county
    case 'broker':
      return roles.broker
    case 'link':
      return by.link
    case 'token':
    case 'account':
      return roles.operator
    default:
      return by.market
  }
}
