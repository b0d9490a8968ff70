import type { Verification } from '../directory/verification.ts'
import { daysBetween } from '../platform/days.ts'
import { kindOfId } from '../platform/ids.ts'
import { Page } from '../platform/web/page.tsx'
import { Actions, Button } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, TextArea, TextField } from '../platform/web/parts/fields.tsx'
import { Once } from '../platform/web/parts/once.tsx'
import { Notice, Rows, Tag } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'

interface VerificationPageProps {
  view: View
  /** Whom one acts for: an organisation, or oneself as an expert; null where there is nothing that is verified. */
  subject: { id: string; name: string; creditCode?: string | null } | null
  isPerson: boolean
  verification: Verification | null
  /** Where a person said that he works when he asked. */
  institutions: readonly string[]
  mayRequest: boolean
  form: FormState
}

/** Whether one's organisation is verified, or oneself, and the way to it. */
export function VerificationPage({ view, subject, isPerson, verification, institutions, mayRequest, form }: VerificationPageProps) {
  const { verification: all } = view.words.organisation
  const words = isPerson ? { ...all, ...all.person } : all
  // Who may ask as a person is not verified as what he says now.
  const isOutdated =
    verification?.state === 'granted' &&
    (isPerson ? mayRequest : verification.name !== subject?.name || verification.creditCode !== (subject?.creditCode ?? null))
  const isOpen = verification === null || isOutdated || !['requested', 'granted'].includes(verification.state)
  return (
    <Page view={view} title={words.title}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        {subject === null && <Notice>{words.onlyFor}</Notice>}
        {subject !== null && verification === null && <p class="quiet">{isPerson && !mayRequest ? all.person.notNeeded : words.none}</p>}
        {verification !== null && <VerificationFacts view={view} verification={verification} institutions={institutions} />}
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
            <ErrorSummary view={view} form={form} labels={proofLabels(view)} />
            <form method="post" action="/account/verification" novalidate class="stack">
              <Once view={view} />
              <ProofFields view={view} form={form} isPerson={isPerson} />
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

export const proofFields = ['note', 'email', 'link'] as const
export function proofLabels({ words }: View): Record<(typeof proofFields)[number], string> {
  const { note, email, link } = words.organisation.verification
  return { note: note.label, email: email.label, link: link.label }
}

/** By what the one who answers can tell that it is so. */
export function ProofFields({ view, form, isPerson }: { view: View; form: FormState; isPerson: boolean }) {
  const { note, email, link, person } = view.words.organisation.verification
  return (
    <>
      <TextField {...{ view, form, name: 'email', ...email }} type="email" />
      <TextField {...{ view, form, name: 'link', ...link }} />
      <TextArea {...{ view, form, name: 'note', ...(isPerson ? person.note : note) }} rows={3} />
    </>
  )
}

interface VerificationFactsProps {
  view: View
  verification: Verification
  institutions: readonly string[]
}

export function VerificationFacts({ view, verification, institutions }: VerificationFactsProps) {
  const { verification: words } = view.words.organisation
  const { state, name, subjectId, creditCode, codeCheck, note, email, link, reason, createdAt } = verification
  const { units } = view.words
  const isPerson = kindOfId(subjectId) === 'expert'
  const asked = view.dayOf(createdAt)
  return (
    <>
      <p>
        <Tag tone={state === 'granted' ? 'good' : state === 'requested' ? 'busy' : 'quiet'}>{words.states[state]}</Tag>
      </p>
      <Rows
        rows={[
          [words.name, name],
          isPerson
            ? [words.person.institutions, institutions.length === 0 ? words.person.noInstitution : units.list([...institutions])]
            : [words.code, creditCode === null ? words.noCode : units.withNote(creditCode, words.codeChecks[codeCheck ?? 'doubtful'])],
          [
            words.asked,
            state === 'requested' ? units.withNote(units.day(asked), words.waits(daysBetween(asked, view.today))) : units.day(asked),
          ],
          [words.email.label, email],
          [
            words.link.label,
            link && (
              <a href={link} rel="noreferrer nofollow">
                {link}
              </a>
            ),
          ],
          [words.note.label, note],
          [words.reason, reason],
        ]}
      />
    </>
  )
}
