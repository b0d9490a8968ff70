import { Hono } from 'hono'
import { type AppContext, type Env, isSecure } from '../platform/web/context.ts'
import { answerPage } from '../platform/web/page.tsx'
import type { FormState } from '../platform/web/parts/fields.tsx'
import { ownPath, viewOf } from '../platform/web/view.ts'
import type { Session } from './account.ts'
import { AccountPage } from './account-page.tsx'
import { endAllDevices, endDevice } from './actions/device.ts'
import { drawSecondFactor, setPassword, showSecondFactor } from './actions/factor.ts'
import { actFor, named } from './actions/membership.ts'
import type { OpenAuth } from './actions/session.ts'
import { enter, trierOf } from './device-cookie.ts'
import { DevicesPage } from './devices-page.tsx'
import { FactorPage, type FactorState } from './factor-page.tsx'
import { blankForm, doneOrForm, postedFields } from './form.ts'
import { PasswordPage } from './password-page.tsx'
import { devicesOf } from './store.ts'

/** What is one's own: for whom one acts, the second factor, the password, the devices. Whoever is not signed in is asked to, and comes back. */
export function ownPages(auth: OpenAuth) {
  return new Hono<Env>()
    .get('/account', (c) =>
      signedIn(c, async (session) => {
        const memberships = await named(c.var.ports, session.memberships)
        return answerPage(
          c,
          <AccountPage {...{ view: viewOf(c), session, memberships, back: ownPath(c.req.query('back') ?? '/account') }} />,
        )
      }),
    )
    .post('/account/membership', (c) =>
      signedIn(c, async (session) => {
        const { id = '', back = '/account' } = await postedFields(c)
        await actFor(c.var.ports, session, id)
        return c.redirect(ownPath(back), 303)
      }),
    )
    .get('/account/second-factor', (c) => factorPage(c, blankForm, stateOf(c.var.session)))
    .post('/account/second-factor/draw', (c) =>
      signedIn(c, async (session) => {
        const fields = await postedFields(c)
        const { password = '' } = fields
        const drawn = await doneOrForm(viewOf(c).words, fields, [], async () =>
          drawSecondFactor(c.var.ports, await auth(isSecure(c)), session, { password, headers: c.req.raw.headers }),
        )
        if ('form' in drawn) return factorPage(c, drawn.form, stateOf(session))
        return factorPage(c, blankForm, { kind: 'drawn', factor: drawn.done })
      }),
    )
    .post('/account/second-factor', async (c) => {
      const fields = await postedFields(c)
      const { ports, session } = c.var
      const isRecovery = fields.isRecovery === 'yes'
      const code = (isRecovery ? (fields.recovery ?? '') : (fields.code ?? '')).trim()
      const shown = await doneOrForm(viewOf(c).words, fields, [], async () =>
        showSecondFactor(ports, await auth(isSecure(c)), await trierOf(c), session, { code, isRecovery, headers: c.req.raw.headers }),
      )
      if ('done' in shown) return enter(c, { ...shown.done.result, cookies: shown.done.cookies }, '/account')
      const { uri: given = '', key = '', recoveryCodes = '' } = fields
      // It becomes a link: only what an authenticator opens is one.
      const uri = given.startsWith('otpauth://totp/') ? given : ''
      const isDrawn = session !== null && !session.account.hasSecondFactor
      const state: FactorState = isDrawn
        ? { kind: 'drawn', factor: { uri, key, recoveryCodes: recoveryCodes.split(' ') } }
        : { kind: 'asked' }
      return factorPage(c, shown.form, state)
    })
    .get('/account/devices', (c) =>
      signedIn(c, async (session) => {
        const devices = await devicesOf(c.var.ports.database, session.account.id)
        return answerPage(c, <DevicesPage view={viewOf(c)} session={session} devices={devices} />)
      }),
    )
    .post('/account/devices/end', (c) =>
      signedIn(c, async (session) => {
        const { id = '' } = await postedFields(c)
        await endDevice(c.var.ports, session, id)
        return c.redirect('/account/devices', 303)
      }),
    )
    .post('/account/devices/end-all', (c) =>
      signedIn(c, async (session) => {
        await endAllDevices(c.var.ports, session)
        return c.redirect('/', 303)
      }),
    )
    .get('/account/password', (c) =>
      signedIn(c, async ({ account }) => {
        const form = { ...blankForm, values: { email: account.email ?? '' } }
        return answerPage(c, <PasswordPage view={viewOf(c)} form={form} to={account.email === null ? 'set' : 'change'} back="/account" />)
      }),
    )
    .post('/account/password', (c) =>
      signedIn(c, async (session) => {
        const fields = await postedFields(c)
        const { email = '', password = '', current = '' } = fields
        const set = await doneOrForm(viewOf(c).words, fields, ['email'], async () => {
          await setPassword(c.var.ports, await auth(isSecure(c)), session, { email, password, current }, c.req.raw.headers)
          return session
        })
        if ('done' in set) return c.redirect('/account', 303)
        const to = session.account.email === null ? 'set' : 'change'
        return answerPage(c, <PasswordPage view={viewOf(c)} form={set.form} to={to} back="/account" />, 422)
      }),
    )
}

/** Without a session somebody has brought a password, and shows the second factor before he gets one. */
function stateOf(session: Session | null): FactorState {
  if (session === null || session.needsSecondFactor) return session?.account.hasSecondFactor === false ? none(session) : { kind: 'asked' }
  return session.account.hasSecondFactor ? { kind: 'shown' } : none(session)
}

const none = ({ account }: Session): FactorState => ({ kind: 'none', hasPassword: account.email !== null })

function factorPage(c: AppContext, form: FormState, state: FactorState) {
  return answerPage(c, <FactorPage view={viewOf(c)} form={form} state={state} />, Object.keys(form.messages).length > 0 ? 422 : 200)
}

function signedIn(c: AppContext, answer: (session: Session) => Promise<Response>): Promise<Response> | Response {
  if (c.var.session !== null) return answer(c.var.session)
  const back = c.req.method === 'GET' ? viewOf(c).path : '/account'
  return c.redirect(`/sign-in?${new URLSearchParams({ back })}`, 303)
}
