import { Page } from '../platform/web/page.tsx'
import { Button } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, TextField } from '../platform/web/parts/fields.tsx'
import type { View } from '../platform/web/view.ts'

/** Where the set-up link leads: makes the first operator's account. */
export function SetUpPage({ view, form, secret }: { view: View; form: FormState; secret: string }) {
  const { setUp: words, byPhone } = view.words.account
  return (
    <Page view={view} title={words.title}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <ErrorSummary view={view} form={form} labels={{ phone: byPhone.phone.label }} />
        <form method="post" action={`/set-up/${secret}`} novalidate class="stack">
          <TextField {...{ view, form, name: 'phone', ...byPhone.phone }} type="tel" mode="numeric" autocomplete="tel" isRequired />
          <Button isLarge>{words.submit}</Button>
        </form>
      </div>
    </Page>
  )
}
