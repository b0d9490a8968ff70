import { Page } from '../platform/web/page.tsx'
import { ErrorSummary, type FormState, TextArea } from '../platform/web/parts/fields.tsx'
import { Section, Tag, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { ListedClaim } from './actions/claim.ts'

/** Says that a profile is one's own. */
export function ClaimPage({ view, subject, form }: { view: View; subject: { id: string; name: string | null }; form: FormState }) {
  const { claim: words } = view.words.organisation
  return (
    <Page view={view} title={words.offer}>
      <div class="narrow">
        <h1>
          {words.title}
          {view.words.units.colon}
          <Written text={subject.name ?? subject.id} locale={view.locale} />
        </h1>
        <p class="lead">{words.lead}</p>
        <ErrorSummary view={view} form={form} labels={{ note: words.note.label, subjectId: words.of }} />
        <form method="post" action={`/claims/new/${subject.id}`} novalidate class="stack">
          <TextArea {...{ view, form, name: 'note', ...words.note }} rows={4} />
          <button type="submit" class="button large">
            {words.submit}
          </button>
        </form>
      </div>
    </Page>
  )
}

/** What one has claimed, and what came of it. */
export function ClaimsPage({ view, claims }: { view: View; claims: readonly ListedClaim[] }) {
  const { claim: words, verification } = view.words.organisation
  return (
    <Page view={view} title={words.sent}>
      <div class="narrow">
        <h1>{words.sent}</h1>
        {claims.length === 0 && <p class="quiet">{words.none}</p>}
        {claims.map(({ id, state, subjectName, reason }) => (
          <Section title={subjectName}>
            <p>
              <Tag tone={state === 'granted' ? 'good' : state === 'requested' ? 'busy' : 'quiet'}>{words.states[state]}</Tag>
            </p>
            {reason && <p>{`${verification.reason}${view.words.units.colon}${reason}`}</p>}
            {state === 'requested' && (
              <form method="post" action="/account/claims/withdrawal">
                <button type="submit" name="id" value={id} class="button plain">
                  {words.withdraw}
                </button>
              </form>
            )}
          </Section>
        ))}
        <p class="actions">
          <a href="/account">{view.words.account.own.back}</a>
        </p>
      </div>
    </Page>
  )
}
