import { Page } from '../platform/web/page.tsx'
import { Actions, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { Empty, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { CaseKind, Waiting } from './actions.ts'
import { casePath } from './case-path.ts'
import { type Done, DoneNotice } from './done.tsx'

interface QueuePageProps {
  view: View
  waiting: readonly Waiting[]
  kind: CaseKind | null
  /** How many demands seem to be the same as one, by its id. */
  twins: ReadonlyMap<string, number>
  /** What was just decided. */
  done: Done | null
}

/** As many as one looks at. */
const shownAtOnce = 50

/** What waits for the operator, the longest first. */
export function QueuePage({ view, waiting, kind, twins, done }: QueuePageProps) {
  const { vetting: words } = view.words
  const chosen = waiting.filter((each) => kind === null || each.kind === kind)
  const rest = chosen.length - shownAtOnce
  return (
    <Page view={view} title={words.title}>
      <h1>{words.title}</h1>
      <DoneNotice view={view} done={done} />
      <p class="lead">{words.lead}</p>
      <nav class="tabs" aria-label={words.tabsLabel}>
        {([null, 'demand', 'offering'] as const).map((each) => (
          <a href={each === null ? '/desk/vetting' : `/desk/vetting?kind=${each}`} aria-current={each === kind ? 'page' : undefined}>
            {words.tab(words.tabs[each ?? 'all'], waiting.filter((one) => each === null || one.kind === each).length)}
          </a>
        ))}
      </nav>
      {chosen.length === 0 ? (
        <Empty title={words.empty} text={words.emptyAdvice} />
      ) : (
        <Queue view={view} waiting={chosen.slice(0, shownAtOnce)} kind={kind} twins={twins} />
      )}
      {rest > 0 && <p class="quiet">{words.more(rest)}</p>}
      <Actions>
        <ButtonLink tone="plain" href="/desk/flagged-terms">
          {words.toTerms}
        </ButtonLink>
        <ButtonLink tone="plain" href="/desk">
          {words.toDesk}
        </ButtonLink>
      </Actions>
    </Page>
  )
}

function Queue({ view, waiting, kind, twins }: Omit<QueuePageProps, 'done'>) {
  const { vetting: words, units } = view.words
  return (
    <section class="wide-table" aria-label={words.title} tabindex={0}>
      <table>
        <thead>
          <tr>
            {Object.values(words.columns).map((name) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {waiting.map((each) => (
            <tr>
              <th scope="row">
                <a href={casePath(each.id, kind)}>
                  <Written text={each.title} locale={view.locale} />
                </a>
                {(twins.get(each.id) ?? 0) > 0 && (
                  <p>
                    <a class="tag busy" href={`${casePath(each.id, kind)}#twins`}>
                      {view.words.twins.count(twins.get(each.id)!)}
                    </a>
                  </p>
                )}
              </th>
              <td class="nowrap">{words.kinds[each.kind]}</td>
              <td>{each.ownerName !== null && <Written text={each.ownerName} locale={view.locale} />}</td>
              <td class="nowrap">{units.day(view.dayOf(each.requestedAt))}</td>
              <td>{each.awaitsOwner ? words.awaitsOwner : words.before(each.checksBefore)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
