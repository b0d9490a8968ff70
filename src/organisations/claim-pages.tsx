import { Page } from '../platform/web/page.tsx'
import { Actions, Button } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, TextArea, Yes } from '../platform/web/parts/fields.tsx'
import { Once } from '../platform/web/parts/once.tsx'
import { Section, Tag, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import { currentTexts, ProfilePurpose } from '../privacy/consent.ts'
import { ConsentText } from '../privacy/parts/consent-text.tsx'
import type { ListedClaim } from './actions/claim.ts'

interface ClaimPageProps {
  view: View
  subject: { id: string; name: string | null; isExpert: boolean }
  form: FormState
}

/** Says that a profile is one's own; an expert is asked what may be done with it. */
export function ClaimPage({ view, subject, form }: ClaimPageProps) {
  const { claim: words } = view.words.organisation
  const labels = { note: words.note.label, subjectId: words.of, agreesTo: view.words.privacy.agreement.wanted }
  return (
    <Page view={view} title={words.offer}>
      <div class="narrow">
        <h1>
          {words.title}
          {view.words.units.colon}
          <Written text={subject.name ?? subject.id} locale={view.locale} />
        </h1>
        <p class="lead">{words.lead}</p>
        <ErrorSummary view={view} form={form} labels={labels} />
        <form method="post" action={`/claims/new/${subject.id}`} novalidate class="stack">
          <Once view={view} />
          <TextArea {...{ view, form, name: 'note', ...words.note }} rows={4} />
          {subject.isExpert && (
            <div id="agreesTo">
              {ProfilePurpose.options.map((purpose) => (
                <section>
                  <ConsentText view={view} purpose={purpose} heading="h2" />
                  <Yes form={form} name={purpose} label={agreed(view, purpose)} />
                </section>
              ))}
            </div>
          )}
          <Button isLarge>{words.submit}</Button>
        </form>
      </div>
    </Page>
  )
}

/** What a box says by which somebody agrees. */
export const agreed = ({ words }: View, purpose: ProfilePurpose) =>
  `${words.privacy.data.consents.give}${words.units.colon}${words.privacy.consents[purpose][currentTexts[purpose]]!.title}`

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
                <Button tone="plain" name="id" value={id}>
                  {words.withdraw}
                </Button>
              </form>
            )}
          </Section>
        ))}
        <Actions>
          <a href="/account">{view.words.account.own.back}</a>
        </Actions>
      </div>
    </Page>
  )
}
