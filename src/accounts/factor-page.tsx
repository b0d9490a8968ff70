import type { Child } from 'hono/jsx'
import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, TextField } from '../platform/web/parts/fields.tsx'
import { QrCode } from '../platform/web/parts/qr-code.tsx'
import { Notice, Rows, Section } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { SecondFactor } from './actions/factor.ts'

const action = '/account/second-factor'

/** The second factor of an account: none yet, one that has just been drawn, one to be shown, or one that was. */
export type FactorState =
  | { kind: 'none'; hasPassword: boolean }
  | { kind: 'drawn'; factor: SecondFactor }
  | { kind: 'asked' }
  | { kind: 'shown'; hasPassword: boolean; mayTurnOff: boolean }
  | { kind: 'renewed'; recoveryCodes: string[] }

export function FactorPage({ view, form, state }: { view: View; form: FormState; state: FactorState }) {
  const {
    factor: words,
    password: { password },
  } = view.words.account
  return (
    <Page view={view} title={words.title}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <ErrorSummary
          view={view}
          form={form}
          labels={{ code: words.code.label, recovery: words.recovery.label, password: password.label }}
        />
        {state.kind === 'none' && (
          <form method="post" action={`${action}/draw`} class="stack">
            <p class="lead">{words.none}</p>
            {state.hasPassword && (
              <TextField
                {...{ view, form, name: 'password', label: password.label }}
                type="password"
                autocomplete="current-password"
                isRequired
              />
            )}
            <Button isLarge>{words.draw}</Button>
          </form>
        )}
        {state.kind === 'drawn' && <Drawn view={view} form={form} factor={state.factor} />}
        {state.kind === 'asked' && (
          <>
            <p class="lead">{words.asked}</p>
            <CodeForm view={view} form={form} />
            <details class="more">
              <summary>{words.lost}</summary>
              <CodeForm view={view} form={form} isRecovery />
            </details>
          </>
        )}
        {state.kind === 'shown' && <Shown view={view} form={form} {...state} />}
        {state.kind === 'renewed' && (
          <>
            <RecoveryCodes view={view} title={view.words.access.factor.renewed} codes={state.recoveryCodes} />
            <Actions>
              <ButtonLink href="/account">{view.words.access.members.done}</ButtonLink>
            </Actions>
          </>
        )}
      </div>
    </Page>
  )
}

/** Its key and codes come back with the form, so that a mistyped code does not lose them. */
function Drawn({ view, form, factor }: { view: View; form: FormState; factor: SecondFactor }) {
  const { account, access } = view.words
  const words = account.factor
  return (
    <>
      <Section title={words.keyTitle}>
        <p>{access.factor.scan}</p>
        <QrCode text={factor.uri} label={access.factor.qr} />
        <Rows rows={[[words.key, <code>{factor.key.replaceAll(/(.{4})/g, '$1 ').trim()}</code>]]} />
        <p>
          <a href={factor.uri}>{words.open}</a>
        </p>
      </Section>
      <RecoveryCodes view={view} title={words.recoveryTitle} codes={factor.recoveryCodes} />
      <CodeForm view={view} form={form}>
        <input type="hidden" name="uri" value={factor.uri} />
        <input type="hidden" name="key" value={factor.key} />
        <input type="hidden" name="recoveryCodes" value={factor.recoveryCodes.join(' ')} />
      </CodeForm>
    </>
  )
}

function RecoveryCodes({ view, title, codes }: { view: View; title: string; codes: readonly string[] }) {
  return (
    <Section title={title}>
      <p>{view.words.account.factor.recoveryLead}</p>
      <ul class="codes">
        {codes.map((code) => (
          <li>
            <code>{code}</code>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** What can be done about a second factor that is there: each asks for a code of it. */
function Shown({ view, form, hasPassword, mayTurnOff }: { view: View; form: FormState; hasPassword: boolean; mayTurnOff: boolean }) {
  const { account, access } = view.words
  const words = access.factor
  return (
    <>
      <Notice>
        <p>{account.factor.shown}</p>
      </Notice>
      <Section title={words.renew}>
        <p>{words.renewLead}</p>
        <form method="post" novalidate class="stack">
          <TextField {...{ view, form, name: 'code', ...account.factor.code }} mode="numeric" autocomplete="one-time-code" />
          <TextField {...{ view, form, name: 'recovery', ...account.factor.recovery }} />
          {hasPassword && (
            <TextField
              {...{ view, form, name: 'password', label: account.password.password.label, hint: words.renew }}
              type="password"
              autocomplete="current-password"
            />
          )}
          <div class="actions">
            <Button formaction={`${action}/recovery`}>{words.renew}</Button>
            {mayTurnOff && (
              <Button tone="plain" formaction={`${action}/off`} aria-describedby="off-hint">
                {words.off}
              </Button>
            )}
          </div>
          <p class="hint" id="off-hint">
            {mayTurnOff ? words.offLead : words.mandatory}
          </p>
        </form>
      </Section>
    </>
  )
}

function CodeForm({ view, form, isRecovery = false, children }: { view: View; form: FormState; isRecovery?: boolean; children?: Child }) {
  const words = view.words.account.factor
  const field = isRecovery ? words.recovery : words.code
  return (
    <form method="post" action={action} novalidate class="stack">
      {children}
      {isRecovery && <input type="hidden" name="isRecovery" value="yes" />}
      <TextField
        {...{ view, form, name: isRecovery ? 'recovery' : 'code', ...field }}
        {...(!isRecovery && { mode: 'numeric' as const, autocomplete: 'one-time-code' as const })}
        isRequired
      />
      <Button isLarge>{words.submit}</Button>
    </form>
  )
}
