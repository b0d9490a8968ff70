import { Hono } from 'hono'
import { type AppContext, type Env, isSecure } from '../platform/web/context.ts'
import { answerPage } from '../platform/web/page.tsx'
import type { FormState } from '../platform/web/parts/fields.tsx'
import { viewOf } from '../platform/web/view.ts'
import type { Session } from './account.ts'
import { askForReset, isFresh, openEmailLink, openReset, resetPassword, setPassword, verifyEmail } from './actions/password.ts'
import type { OpenAuth } from './actions/session.ts'
import { trierOf } from './device-cookie.ts'
import { blankForm, doneOrShortForm, writtenFields } from './form.ts'
import { signedIn } from './own-pages.tsx'
import { EmailPage, ForgottenPage, NewPasswordPage, OwnPasswordPage, SaidPage } from './recovery-page.tsx'

/** One's password and e-mail address: to set them, to show that the address is one's own, to come back without the password. */
export function recoveryPages(auth: OpenAuth) {
  return new Hono<Env>()
    .get('/account/password', (c) =>
      signedIn(c, async (session) => passwordPage(c, session, { ...blankForm, values: { email: session.account.email ?? '' } })),
    )
    .post('/account/password', (c) =>
      signedIn(c, async (session) => {
        const fields = await writtenFields(c)
        const { email = '', password = '', current = '' } = fields
        const asked = { headers: c.req.raw.headers, locale: c.var.locale }
        const set = await doneOrShortForm(viewOf(c).words, fields, ['email'], async () =>
          setPassword(c.var.ports, await auth(isSecure(c)), session, { email, password, current }, asked),
        )
        if ('form' in set) return passwordPage(c, session, set.form)
        const { pending } = set.done
        if (pending === null) return c.redirect('/account', 303)
        const { access, account } = viewOf(c).words
        return said(c, { title: access.email.title, text: access.email.pending(pending), to: ['/account', account.own.back], isSent: true })
      }),
    )
    .get('/email-verification/:secret', (c) => emailPage(c, blankForm))
    .post('/email-verification/:secret', async (c) => {
      const verified = await doneOrShortForm(viewOf(c).words, {}, [], async () => {
        await verifyEmail(c.var.ports, c.req.param('secret'))
        return {}
      })
      if ('form' in verified) return emailPage(c, verified.form)
      const { access, account } = viewOf(c).words
      return said(c, { title: access.email.title, text: access.email.done, to: ['/account', account.mine] })
    })
    .get('/sign-in/password/forgotten', (c) => answerPage(c, <ForgottenPage view={viewOf(c)} form={blankForm} />))
    .post('/sign-in/password/forgotten', async (c) => {
      const fields = await writtenFields(c)
      const view = viewOf(c)
      const asked = await doneOrShortForm(view.words, fields, ['email'], async () => {
        await askForReset(c.var.ports, await trierOf(c), fields.email ?? '', c.var.locale)
        return {}
      })
      if ('form' in asked) return answerPage(c, <ForgottenPage view={view} form={asked.form} />, 422)
      const { access, account } = view.words
      return said(c, { title: access.reset.forgotten, text: access.reset.sent, to: ['/sign-in', account.password.toPhone], isSent: true })
    })
    .get('/password-reset/:secret', (c) => newPasswordPage(c, blankForm))
    .post('/password-reset/:secret', async (c) => {
      const fields = await writtenFields(c)
      const set = await doneOrShortForm(viewOf(c).words, fields, [], async () => {
        await resetPassword(c.var.ports, await auth(isSecure(c)), c.req.param('secret'), fields.password ?? '')
        return {}
      })
      if ('form' in set) return newPasswordPage(c, set.form)
      const { access, account } = viewOf(c).words
      return said(c, { title: access.reset.title, text: access.reset.done, to: ['/sign-in/password', account.signIn] })
    })
}

function passwordPage(c: AppContext, session: Session, form: FormState) {
  const asksCurrent = !isFresh(c.var.ports, session)
  return answerPage(c, <OwnPasswordPage {...{ view: viewOf(c), form, asksCurrent, account: session.account }} />, statusOf(form))
}

async function emailPage(c: AppContext, form: FormState) {
  const { email } = await openEmailLink(c.var.ports, c.req.param('secret')!)
  return answerPage(c, <EmailPage view={viewOf(c)} form={form} email={email} />, statusOf(form))
}

async function newPasswordPage(c: AppContext, form: FormState) {
  await openReset(c.var.ports, c.req.param('secret')!)
  return answerPage(c, <NewPasswordPage view={viewOf(c)} form={form} />, statusOf(form))
}

function said(c: AppContext, what: { title: string; text: string; to: [string, string]; isSent?: boolean }) {
  return answerPage(c, <SaidPage view={viewOf(c)} {...what} />)
}

const statusOf = ({ messages }: FormState) => (Object.keys(messages).length > 0 ? 422 : 200)
