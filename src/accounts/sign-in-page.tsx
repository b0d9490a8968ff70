import type { IdentityOption } from '../platform/identity/provider.ts'
import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, TextField } from '../platform/web/parts/fields.tsx'
import { OutboxNote } from '../platform/web/parts/outbox-note.tsx'
import { Notice } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import { maskedPhone } from './account.ts'
import type { Demo } from './demo.ts'

interface SignInPageProps {
  view: View
  form: FormState
  back: string
  demo: Demo | null
  identity: IdentityOption | null
}

/** Asks for a mobile number; the next page asks for the code that was sent there. */
export function SignInPage({ view, form, back, demo, identity }: SignInPageProps) {
  const { byPhone, demo: demoWords, own } = view.words.account
  return (
    <Page view={view} title={byPhone.title}>
      <div class="narrow">
        <h1>{byPhone.title}</h1>
        <p class="lead">{byPhone.lead}</p>
        {demo !== null && (
          <form method="post" action="/sign-in/demo">
            <input type="hidden" name="back" value={back} />
            <p>{demoWords}</p>
            <Actions>
              {demo.accounts.map(({ role }) => (
                <Button tone="plain" name="role" value={role}>
                  {own.roles[role]}
                </Button>
              ))}
            </Actions>
          </form>
        )}
        <ErrorSummary view={view} form={form} labels={{ phone: byPhone.phone.label }} />
        <form method="post" action="/sign-in" novalidate class="stack">
          <input type="hidden" name="back" value={back} />
          <TextField {...{ view, form, name: 'phone', ...byPhone.phone }} type="tel" mode="numeric" autocomplete="tel" isRequired />
          <Button isLarge>{byPhone.send}</Button>
        </form>
        <Actions>
          <ButtonLink tone="plain" href={`/sign-in/password?${new URLSearchParams({ back })}`}>
            {byPhone.toPassword}
          </ButtonLink>
          {identity !== null && (
            <ButtonLink tone="plain" href={`/sign-in/identity?${new URLSearchParams({ back })}`} rel="nofollow">
              {view.words.access.identity.signIn(identity.labels[view.locale])}
            </ButtonLink>
          )}
        </Actions>
      </div>
    </Page>
  )
}

interface CodePageProps {
  view: View
  form: FormState
  /** Of the code that was sent. */
  id: string
  phone: string
  back: string
  /** Shown on the demonstration alone. */
  code: string | null
}

export function CodePage({ view, form, id, phone, back, code }: CodePageProps) {
  const words = view.words.account.code
  return (
    <Page view={view} title={words.title}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <p class="lead">{words.sent(maskedPhone(phone))}</p>
        {code !== null ? (
          <Notice>
            <p>{words.shown(code)}</p>
          </Notice>
        ) : (
          <OutboxNote view={view} />
        )}
        <ErrorSummary view={view} form={form} labels={{ code: words.field.label, phone: view.words.account.byPhone.phone.label }} />
        <form method="post" action={`/sign-in/${id}${code === null ? '' : `?${new URLSearchParams({ code })}`}`} novalidate class="stack">
          <input type="hidden" name="back" value={back} />
          <TextField
            {...{ view, form, name: 'code', label: words.field.label, hint: words.field.hint }}
            mode="numeric"
            autocomplete="one-time-code"
            isRequired
          />
          <Button isLarge>{words.submit}</Button>
        </form>
        <form method="post" action={`/sign-in/${id}/again`} class="actions">
          <input type="hidden" name="back" value={back} />
          <Button tone="plain">{words.again}</Button>
          <ButtonLink tone="plain" href={`/sign-in?${new URLSearchParams({ back })}`}>
            {words.otherPhone}
          </ButtonLink>
        </form>
      </div>
    </Page>
  )
}
