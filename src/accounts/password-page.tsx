import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, TextField } from '../platform/web/parts/fields.tsx'
import type { View } from '../platform/web/view.ts'

/** Asks for e-mail and password. */
export function PasswordPage({ view, form, back }: { view: View; form: FormState; back: string }) {
  const { account, access } = view.words
  const words = account.password
  return (
    <Page view={view} title={words.signIn}>
      <div class="narrow">
        <h1>{words.signIn}</h1>
        <ErrorSummary view={view} form={form} labels={{ email: words.email.label, password: words.password.label }} />
        <form method="post" action="/sign-in/password" novalidate class="stack">
          <input type="hidden" name="back" value={back} />
          <TextField {...{ view, form, name: 'email', ...words.email }} type="email" autocomplete="username" isRequired />
          <TextField
            {...{ view, form, name: 'password', label: words.password.label }}
            type="password"
            autocomplete="current-password"
            isRequired
          />
          <Button isLarge>{account.signIn}</Button>
        </form>
        <Actions>
          <ButtonLink tone="plain" href={`/sign-in?${new URLSearchParams({ back })}`}>
            {words.toPhone}
          </ButtonLink>
          <ButtonLink tone="plain" href="/sign-in/password/forgotten">
            {access.reset.forgotten}
          </ButtonLink>
        </Actions>
      </div>
    </Page>
  )
}
