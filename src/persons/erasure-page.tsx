import { maskedPhone } from '../accounts/account.ts'
import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, TextField, Yes } from '../platform/web/parts/fields.tsx'
import { OutboxNote } from '../platform/web/parts/outbox-note.tsx'
import { Mixed, Section } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'

interface ErasurePageProps {
  view: View
  form: FormState
  phone: string | null
  hasPassword: boolean
  /** Of the code that was sent; null before. */
  codeId: string | null
  /** Names of the profiles that go with the account. */
  profiles: readonly string[]
  /** Demands in which he is a contact person. */
  contacts: number
}

/** What an erasure takes and what it leaves, and the way to show that it is oneself. */
export function ErasurePage({ view, form, phone, hasPassword, codeId, profiles, contacts }: ErasurePageProps) {
  const { erasure: words, data } = view.words.privacy
  const labels = {
    code: words.code.label,
    password: words.password.label,
    confirmed: words.confirm,
    phone: words.send,
    kind: words.proveTitle,
  }
  return (
    <Page view={view} title={words.title}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <Section title={words.goesTitle}>
          <ul class="prose">
            <li>{words.goes.account}</li>
            <li>{words.goes.consents}</li>
            {profiles.map((name) => (
              <li>
                <Mixed text={words.goes.profile(name)} />
              </li>
            ))}
            {contacts > 0 && <li>{words.goes.contacts(contacts)}</li>}
            <li>{words.goes.documents}</li>
            <li>{words.goes.links}</li>
            <li>{words.goes.messages}</li>
          </ul>
        </Section>
        <Section title={words.staysTitle}>
          <ul class="prose">
            {words.stays.map((each) => (
              <li>{each}</li>
            ))}
          </ul>
          <p>{words.backups}</p>
        </Section>
        <p>
          <strong>{words.noWait}</strong> <a href="/account/data/export">{data.access.download}</a>
        </p>
        <Section title={words.proveTitle}>
          <ErrorSummary view={view} form={form} labels={labels} />
          {codeId !== null && phone !== null && <p role="status">{words.sent(maskedPhone(phone))}</p>}
          {codeId !== null && <OutboxNote view={view} />}
          {phone !== null && (
            <form method="post" action="/account/data/erasure/code" class="actions">
              {codeId !== null && <input type="hidden" name="id" value={codeId} />}
              <Button tone="plain" id="phone">
                {words.send}
              </Button>
            </form>
          )}
          <form method="post" action="/account/data/erasure" novalidate class="stack">
            {codeId !== null && <input type="hidden" name="id" value={codeId} />}
            {codeId !== null && (
              <TextField
                {...{ view, form, name: 'code', ...words.code }}
                mode="numeric"
                autocomplete="one-time-code"
                isRequired={!hasPassword}
              />
            )}
            {hasPassword && (
              <TextField {...{ view, form, name: 'password', ...words.password }} type="password" autocomplete="current-password" />
            )}
            <Yes form={form} name="confirmed" label={words.confirm} />
            <Actions>
              <Button isLarge>{words.submit}</Button>
              <ButtonLink tone="plain" href="/account/data">
                {words.cancel}
              </ButtonLink>
            </Actions>
          </form>
        </Section>
      </div>
    </Page>
  )
}

/** It is done, and nobody is signed in any more. */
export function ErasedPage({ view }: { view: View }) {
  const { title, text } = view.words.privacy.erasure.done
  return (
    <Page view={view} title={title}>
      <div class="narrow">
        <h1>{title}</h1>
        <p class="lead">{text}</p>
      </div>
    </Page>
  )
}
