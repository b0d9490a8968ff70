import { Page } from '../platform/web/page.tsx'
import { ErrorSummary, type FormState, TextField } from '../platform/web/parts/fields.tsx'
import type { View } from '../platform/web/view.ts'

interface PasswordPageProps {
  view: View
  form: FormState
  /** To sign in with a password, to set the first one, or to set another one in its place. */
  to: 'sign-in' | 'set' | 'change'
  back: string
}

export function PasswordPage({ view, form, to, back }: PasswordPageProps) {
  const { account } = view.words
  const words = account.password
  const title = to === 'sign-in' ? words.signIn : words.set
  return (
    <Page view={view} title={title}>
      <div class="narrow">
        <h1>{title}</h1>
        {to !== 'sign-in' && <p class="lead">{words.setLead}</p>}
        <ErrorSummary
          view={view}
          form={form}
          labels={{ email: words.email.label, password: words.password.label, current: words.current }}
        />
        <form method="post" action={to === 'sign-in' ? '/sign-in/password' : '/account/password'} novalidate class="stack">
          <input type="hidden" name="back" value={back} />
          <TextField {...{ view, form, name: 'email', ...words.email }} type="email" autocomplete="username" isRequired />
          {to === 'change' && (
            <TextField
              {...{ view, form, name: 'current', label: words.current }}
              type="password"
              autocomplete="current-password"
              isRequired
            />
          )}
          <TextField
            {...{ view, form, name: 'password', label: words.password.label, hint: to === 'sign-in' ? '' : words.password.hint }}
            type="password"
            autocomplete={to === 'sign-in' ? 'current-password' : 'new-password'}
            isRequired
          />
          <button type="submit" class="button large">
            {to === 'sign-in' ? account.signIn : words.submit}
          </button>
        </form>
        {to === 'sign-in' && (
          <p class="actions">
            <a class="button plain" href={`/sign-in?${new URLSearchParams({ back })}`}>
              {words.toPhone}
            </a>
          </p>
        )}
      </div>
    </Page>
  )
}
