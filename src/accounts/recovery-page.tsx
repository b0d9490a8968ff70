import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, TextField } from '../platform/web/parts/fields.tsx'
import { OutboxNote } from '../platform/web/parts/outbox-note.tsx'
import type { View } from '../platform/web/view.ts'
import type { Account } from './account.ts'

interface OwnPasswordPageProps {
  view: View
  form: FormState
  account: Account
  /** Whether the session alone is not enough. */
  asksCurrent: boolean
}

/** Sets or changes the password and the e-mail address that goes with it. */
export function OwnPasswordPage({ view, form, account: { hasPassword, email }, asksCurrent }: OwnPasswordPageProps) {
  const { account, access } = view.words
  const words = account.password
  const title = hasPassword ? access.password.change : words.set
  const labels = { email: words.email.label, password: words.password.label, current: access.password.current.label }
  return (
    <Page view={view} title={title}>
      <div class="narrow">
        <h1>{title}</h1>
        <p class="lead">{words.setLead}</p>
        <ErrorSummary view={view} form={form} labels={labels} />
        <form method="post" action="/account/password" novalidate class="stack">
          {asksCurrent && (
            <TextField {...{ view, form, name: 'current', ...access.password.current }} type="password" autocomplete="current-password" />
          )}
          <TextField {...{ view, form, name: 'email', ...words.email }} type="email" autocomplete="username" isRequired />
          <TextField {...{ view, form, name: 'password', ...words.password }} type="password" autocomplete="new-password" isRequired />
          <Button isLarge>{words.submit}</Button>
        </form>
        <Actions>
          {asksCurrent && email !== null && <a href="/sign-in/password/forgotten">{access.reset.forgotten}</a>}
          <a href="/account">{account.own.back}</a>
        </Actions>
      </div>
    </Page>
  )
}

/** Asks whether an address is one's own; opening the page alone says nothing, since mail scanners do so too. */
export function EmailPage({ view, form, email }: { view: View; form: FormState; email: string }) {
  const words = view.words.access.email
  return (
    <Page view={view} title={words.title}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <p class="lead">{words.lead(email)}</p>
        <ErrorSummary view={view} form={form} labels={{ email: words.label }} />
        <form method="post" id="email" class="actions">
          <Button isLarge>{words.submit}</Button>
        </form>
      </div>
    </Page>
  )
}

/** Asks where to send the link. */
export function ForgottenPage({ view, form }: { view: View; form: FormState }) {
  const { account, access } = view.words
  return (
    <Page view={view} title={access.reset.forgotten}>
      <div class="narrow">
        <h1>{access.reset.forgotten}</h1>
        <p class="lead">{access.reset.lead}</p>
        <ErrorSummary view={view} form={form} labels={{ email: account.password.email.label }} />
        <form method="post" action="/sign-in/password/forgotten" novalidate class="stack">
          <TextField {...{ view, form, name: 'email', ...account.password.email }} type="email" autocomplete="username" isRequired />
          <Button isLarge>{access.reset.submit}</Button>
        </form>
        <Actions>
          <ButtonLink tone="plain" href="/sign-in">
            {account.password.toPhone}
          </ButtonLink>
        </Actions>
      </div>
    </Page>
  )
}

/** Where that link leads. */
export function NewPasswordPage({ view, form }: { view: View; form: FormState }) {
  const { account, access } = view.words
  const field = account.password.password
  return (
    <Page view={view} title={access.reset.title}>
      <div class="narrow">
        <h1>{access.reset.title}</h1>
        <p class="lead">{access.reset.newLead}</p>
        <ErrorSummary view={view} form={form} labels={{ password: field.label }} />
        <form method="post" novalidate class="stack">
          <TextField {...{ view, form, name: 'password', ...field }} type="password" autocomplete="new-password" isRequired />
          <Button isLarge>{access.reset.newSubmit}</Button>
        </form>
      </div>
    </Page>
  )
}

/** Says what was done, and the way on. */
interface SaidPageProps {
  view: View
  title: string
  text: string
  to: [href: string, label: string]
  /** Whether it says that something was sent. */
  isSent?: boolean
}

export function SaidPage({ view, title, text, to: [href, label], isSent = false }: SaidPageProps) {
  return (
    <Page view={view} title={title}>
      <div class="narrow">
        <h1>{title}</h1>
        <p class="lead">{text}</p>
        {isSent && <OutboxNote view={view} />}
        <Actions>
          <ButtonLink href={href}>{label}</ButtonLink>
        </Actions>
      </div>
    </Page>
  )
}
