import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { parseInput } from '../platform/input.ts'
import { Problem } from '../platform/problem.ts'
import { z } from '../platform/schema.ts'
import { type AppContext, type Env, isSecure } from '../platform/web/context.ts'
import { answerPage, Page } from '../platform/web/page.tsx'
import { Actions, Button } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, TextField } from '../platform/web/parts/fields.tsx'
import { OutboxNote } from '../platform/web/parts/outbox-note.tsx'
import { type View, viewOf } from '../platform/web/view.ts'
import { type Account, maskedPhone, Phone } from './account.ts'
import { changePhone, openPhoneLink, sendToNewPhone, sendToOldPhone, showOldPhone, showPassword } from './actions/phone.ts'
import type { OpenAuth } from './actions/session.ts'
import { trierOf } from './device-cookie.ts'
import { blankForm, doneOrShortForm, writtenFields } from './form.ts'
import { signedIn } from './own-pages.tsx'
import { SaidPage } from './recovery-page.tsx'
import { findCode } from './store.ts'

const base = '/account/phone'

/** To change the number one signs in with: first what shows that the account is one's own, then a code to the new number. */
export function phonePages(auth: OpenAuth) {
  return new Hono<Env>()
    .get(base, (c) => signedIn(c, async ({ account }) => startPage(c, account, blankForm)))
    .post(`${base}/code`, (c) =>
      signedIn(c, async (session) => {
        const sent = await attempt(c, {}, async () => sendToOldPhone(c.var.ports, await trierOf(c), session, c.var.locale))
        return 'form' in sent ? startPage(c, session.account, sent.form) : c.redirect(`${base}/code/${sent.done.id}`, 303)
      }),
    )
    .get(`${base}/code/:id`, (c) => signedIn(c, async () => codePage(c, blankForm)))
    .post(`${base}/code/:id`, (c) =>
      signedIn(c, async (session) => {
        const fields = await writtenFields(c)
        const shown = await attempt(c, fields, async () => ({
          secret: await showOldPhone(c.var.ports, await trierOf(c), session, { id: c.req.param('id'), code: codeIn(fields) }),
        }))
        return 'form' in shown ? codePage(c, shown.form) : c.redirect(`${base}/to/${shown.done.secret}`, 303)
      }),
    )
    .post(`${base}/password`, (c) =>
      signedIn(c, async (session) => {
        const fields = await writtenFields(c)
        const shown = await attempt(c, fields, async () => ({
          secret: await showPassword(c.var.ports, await auth(isSecure(c)), session, fields.current ?? ''),
        }))
        return 'form' in shown ? startPage(c, session.account, shown.form) : c.redirect(`${base}/to/${shown.done.secret}`, 303)
      }),
    )
    .get(`${base}/to/:secret`, (c) =>
      signedIn(c, async (session) => {
        await openPhoneLink(c.var.ports, session, c.req.param('secret'))
        return newPhonePage(c, blankForm)
      }),
    )
    .post(`${base}/to/:secret`, (c) =>
      signedIn(c, async (session) => {
        const fields = await writtenFields(c)
        const secret = c.req.param('secret')
        const sent = await attempt(c, fields, async () => {
          const { phone } = parseInput(z.object({ phone: Phone }), { phone: fields.phone ?? '' })
          return sendToNewPhone(c.var.ports, await trierOf(c), session, { secret, phone, locale: c.var.locale })
        })
        return 'form' in sent ? newPhonePage(c, sent.form) : c.redirect(`${base}/to/${secret}/${sent.done.id}`, 303)
      }),
    )
    .get(`${base}/to/:secret/:id`, (c) => signedIn(c, async () => codePage(c, blankForm)))
    .post(`${base}/to/:secret/:id`, (c) =>
      signedIn(c, async (session) => {
        const fields = await writtenFields(c)
        const changed = await attempt(c, fields, async () => {
          await changePhone(c.var.ports, await trierOf(c), session, c.req.param('secret'), { id: c.req.param('id'), code: codeIn(fields) })
          return {}
        })
        // A number that another account has: the way is open still, to another one.
        if ('form' in changed) return changed.form.messages.phone === undefined ? codePage(c, changed.form) : newPhonePage(c, changed.form)
        const view = viewOf(c)
        const { access, account } = view.words
        return answerPage(
          c,
          <SaidPage view={view} title={access.phone.title} text={access.phone.done} to={['/account', account.own.back]} />,
        )
      }),
    )
}

const codeIn = ({ code = '' }: Record<string, string>) => code.normalize('NFKC').replaceAll(/\s/g, '')

function attempt<Done extends object>(c: AppContext, fields: Record<string, string>, act: () => Promise<Done>) {
  return doneOrShortForm(viewOf(c).words, fields, ['phone'], act)
}

function startPage(c: AppContext, { phone, hasPassword }: Account, form: FormState) {
  const view = viewOf(c)
  const { access, account } = view.words
  const words = access.phone
  const { label } = access.password.current
  return answerPage(
    c,
    <PhonePage view={view} form={form} lead={phone === null ? words.leadNone : words.lead(maskedPhone(phone))}>
      {phone !== null && (
        <form method="post" action={`${base}/code`} id="phone" class="actions">
          <Button isLarge>{words.sendOld}</Button>
        </form>
      )}
      {(hasPassword || phone === null) && (
        <details class="more" open={phone === null || form.messages.current !== undefined}>
          <summary>{words.byPassword}</summary>
          <form method="post" action={`${base}/password`} novalidate class="stack">
            <TextField {...{ view, form, name: 'current', label }} type="password" autocomplete="current-password" isRequired />
            <Button>{words.next}</Button>
          </form>
        </details>
      )}
      <Actions>
        <a href="/account">{account.own.back}</a>
      </Actions>
    </PhonePage>,
    statusOf(form),
  )
}

/** Its address is that of the form: where a code went is found by its id, and the rest of the way by the secret. */
async function codePage(c: AppContext, form: FormState) {
  const view = viewOf(c)
  const { code: words } = view.words.account
  const found = await findCode(c.var.ports.database, c.req.param('id') ?? '')
  if (found === undefined) throw new Problem('not-found')
  return answerPage(
    c,
    <PhonePage view={view} form={form} lead={words.sent(maskedPhone(found.phone))}>
      <OutboxNote view={view} />
      <form method="post" novalidate class="stack">
        <TextField {...{ view, form, name: 'code', label: words.field.label }} mode="numeric" autocomplete="one-time-code" isRequired />
        <Button isLarge>{view.words.access.phone.next}</Button>
      </form>
    </PhonePage>,
    statusOf(form),
  )
}

function newPhonePage(c: AppContext, form: FormState) {
  const view = viewOf(c)
  const { access, account } = view.words
  return answerPage(
    c,
    <PhonePage view={view} form={form} lead={access.phone.newTitle}>
      <form method="post" action={`${base}/to/${c.req.param('secret')}`} novalidate class="stack">
        <TextField {...{ view, form, name: 'phone', ...account.byPhone.phone }} type="tel" mode="numeric" autocomplete="tel" isRequired />
        <Button isLarge>{access.phone.sendNew}</Button>
      </form>
    </PhonePage>,
    statusOf(form),
  )
}

function PhonePage({ view, form, lead, children }: { view: View; form: FormState; lead: string; children: Child }) {
  const { account, access } = view.words
  const labels = { phone: account.byPhone.phone.label, code: account.code.field.label, current: access.password.current.label }
  return (
    <Page view={view} title={access.phone.title}>
      <div class="narrow">
        <h1>{access.phone.title}</h1>
        <p class="lead">{lead}</p>
        <ErrorSummary view={view} form={form} labels={labels} />
        {children}
      </div>
    </Page>
  )
}

const statusOf = ({ messages }: FormState) => (Object.keys(messages).length > 0 ? 422 : 200)
