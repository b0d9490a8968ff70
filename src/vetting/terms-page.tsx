import { FlaggedKind, type FlaggedTerms } from '../market/flagged-terms.ts'
import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, TextArea } from '../platform/web/parts/fields.tsx'
import { Notice, Rows, Section, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { NamedTermsChange } from './terms.ts'

interface TermsPageProps {
  view: View
  terms: FlaggedTerms
  version: number
  history: readonly NamedTermsChange[]
  form: FormState
  maySet: boolean
  /** Somebody else changed the list while this one was being written. */
  isChanged: boolean
}

/** The list of terms at which vetting looks twice, one a line, and who changed it. */
export function TermsPage({ view, terms, version, history, form, maySet, isChanged }: TermsPageProps) {
  const { vetting } = view.words
  const { terms: words } = vetting
  const labels = Object.fromEntries(FlaggedKind.options.map((kind) => [kind, words.fields[kind].label]))
  return (
    <Page view={view} title={words.title}>
      <div class="narrow">
        <p>
          <a class="back" href="/desk/vetting">
            {vetting.back}
          </a>
        </p>
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        {isChanged && <Notice tone="warn">{words.changed}</Notice>}
        <ErrorSummary view={view} form={form} labels={labels} />
        {maySet && (
          <form method="post" action="/desk/flagged-terms" novalidate class="stack">
            <input type="hidden" name="version" value={String(version)} />
            {FlaggedKind.options.map((kind) => (
              <TextArea {...{ view, form, name: kind, ...words.fields[kind] }} rows={8} />
            ))}
            <Actions>
              <Button isLarge>{words.save}</Button>
              <ButtonLink tone="plain" isLarge href="/desk/vetting">
                {vetting.back}
              </ButtonLink>
            </Actions>
          </form>
        )}
        {(isChanged || !maySet) && (
          <Section title={words.current}>
            <Rows rows={FlaggedKind.options.map((kind) => [labels[kind]!, view.words.units.list(terms[kind])])} />
          </Section>
        )}
        <History view={view} history={history} />
      </div>
    </Page>
  )
}

function History({ view, history }: Pick<TermsPageProps, 'view' | 'history'>) {
  const { terms: words } = view.words.vetting
  const { units } = view.words
  return (
    <Section title={words.history}>
      {history.length === 0 ? (
        <p class="quiet">{words.noHistory}</p>
      ) : (
        <section class="wide-table" aria-label={words.history} tabindex={0}>
          <table>
            <thead>
              <tr>
                {Object.values(words.columns).map((name) => (
                  <th scope="col">{name}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {history.map(({ at, actorId, byName, added, removed }) => (
                <tr>
                  <td class="nowrap">{units.day(view.dayOf(at))}</td>
                  <td>{byName === null ? <code>{actorId}</code> : <Written text={byName} locale={view.locale} />}</td>
                  <td>{units.list(added)}</td>
                  <td>{units.list(removed)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Section>
  )
}
