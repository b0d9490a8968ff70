import type { Verification } from '../directory/verification.ts'
import { Page } from '../platform/web/page.tsx'
import { Actions, Button } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, TextArea } from '../platform/web/parts/fields.tsx'
import { Notice, Rows, Tag } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'

interface VerificationPageProps {
  view: View
  /** The organisation one acts for; null where there is none that can be verified. */
  subject: { id: string; name: string; creditCode?: string | null } | null
  verification: Verification | null
  mayRequest: boolean
  form: FormState
}

/** Whether one's organisation is verified, and the way to it. */
export function VerificationPage({ view, subject, verification, mayRequest, form }: VerificationPageProps) {
  const { verification: words } = view.words.organisation
  const isOutdated =
    verification?.state === 'granted' && (verification.name !== subject?.name || verification.creditCode !== (subject?.creditCode ?? null))
  const isOpen = verification === null || isOutdated || !['requested', 'granted'].includes(verification.state)
  return (
    <Page view={view} title={words.title}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        {subject === null && <Notice>{words.onlyFor}</Notice>}
        {subject !== null && verification === null && <p class="quiet">{words.none}</p>}
        {verification !== null && <VerificationFacts view={view} verification={verification} />}
        {isOutdated && <Notice tone="warn">{words.outdated}</Notice>}
        {mayRequest && verification?.state === 'requested' && (
          <form method="post" action="/account/verification/withdrawal">
            <Button tone="plain" name="id" value={verification.id}>
              {words.withdraw}
            </Button>
          </form>
        )}
        {mayRequest && isOpen && (
          <>
            <ErrorSummary view={view} form={form} labels={{ note: words.note.label }} />
            <form method="post" action="/account/verification" novalidate class="stack">
              <TextArea {...{ view, form, name: 'note', ...words.note }} rows={4} />
              <Button isLarge>{words.submit}</Button>
            </form>
          </>
        )}
        <Actions>
          <a href="/account">{view.words.account.own.back}</a>
        </Actions>
      </div>
    </Page>
  )
}

export function VerificationFacts({ view, verification }: { view: View; verification: Verification }) {
  const { verification: words } = view.words.organisation
  const { state, name, creditCode, codeCheck, note, reason } = verification
  return (
    <>
      <p>
        <Tag tone={state === 'granted' ? 'good' : state === 'requested' ? 'busy' : 'quiet'}>{words.states[state]}</Tag>
      </p>
      <Rows
        rows={[
          [words.name, name],
          [
            words.code,
            creditCode === null ? words.noCode : view.words.units.withNote(creditCode, words.codeChecks[codeCheck ?? 'doubtful']),
          ],
          [words.note.label, note],
          [words.reason, reason],
        ]}
      />
    </>
  )
}
