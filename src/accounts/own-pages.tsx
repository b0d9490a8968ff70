import { Hono } from 'hono'
import type { IdentityOption } from '../platform/identity/provider.ts'
import { type AppContext, type Env, isSecure } from '../platform/web/context.ts'
import { answerPage } from '../platform/web/page.tsx'
import type { FormState } from '../platform/web/parts/fields.tsx'
import { ownPath, viewOf } from '../platform/web/view.ts'
import type { Session } from './account.ts'
import { AccountPage } from './account-page.tsx'
import { endAllDevices, endDevice } from './actions/device.ts'
import { drawSecondFactor, showSecondFactor } from './actions/factor.ts'
import { mayTurnOff, renewRecoveryCodes, turnFactorOff } from './actions/factor-change.ts'
import { actFor, named } from './actions/membership.ts'
import { setName } from './actions/name.ts'
import type { OpenAuth } from './actions/session.ts'
import { enter, trierOf } from './device-cookie.ts'
import { DevicesPage } from './devices-page.tsx'
import { FactorPage, type FactorState } from './factor-page.tsx'
import { blankForm, doneOrShortForm, postedFields, writtenFields } from './form.ts'
import { hasIdentity } from './store/identity.ts'
import { devicesOf } from './store.ts'

/** What is one's own: for whom one acts, the second factor, the password, the devices. Whoever is not signed in is asked to, and comes back. */
export function ownPages(auth: OpenAuth, identity: IdentityOption | null) {
  return new Hono<Env>()
    .get('/account', (c) =>
      signedIn(c, async (session) => {
        return accountPage(c, session, { ...blankForm, values: { name: session.account.name ?? '' } })
      }),
    )
    .post('/account/name', (c) =>
      signedIn(c, async (session) => {
        const fields = await writtenFields(c)
        const named = await doneOrShortForm(viewOf(c).words, fields, ['name'], async () => setName(c.var.ports, session, fields.name ?? ''))
        return 'form' in named ? accountPage(c, session, named.form) : c.redirect('/account', 303)
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
        const fields = await writtenFields(c)
        const { password = '' } = fields
        const drawn = await doneOrShortForm(viewOf(c).words, fields, [], async () =>
          drawSecondFactor(c.var.ports, await auth(isSecure(c)), session, { password, headers: c.req.raw.headers }),
        )
        if ('form' in drawn) return factorPage(c, drawn.form, stateOf(session))
        return factorPage(c, blankForm, { kind: 'drawn', factor: drawn.done })
      }),
    )
    .post('/account/second-factor', async (c) => {
      const fields = await writtenFields(c)
      const { ports, session } = c.var
      const isRecovery = fields.isRecovery === 'yes'
      const code = (isRecovery ? (fields.recovery ?? '') : (fields.code ?? '')).trim()
      const shown = await doneOrShortForm(viewOf(c).words, fields, [], async () =>
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
    .post('/account/second-factor/recovery', (c) =>
      signedIn(c, async (session) => {
        const fields = await writtenFields(c)
        const renewed = await doneOrShortForm(viewOf(c).words, fields, [], async () => ({
          recoveryCodes: await renewRecoveryCodes(c.var.ports, await auth(isSecure(c)), session, shownIn(c, fields)),
        }))
        if ('form' in renewed) return factorPage(c, renewed.form, stateOf(session))
        return factorPage(c, blankForm, { kind: 'renewed', ...renewed.done })
      }),
    )
    .post('/account/second-factor/off', (c) =>
      signedIn(c, async (session) => {
        const fields = await writtenFields(c)
        const off = await doneOrShortForm(viewOf(c).words, fields, [], async () => {
          await turnFactorOff(c.var.ports, await auth(isSecure(c)), session, shownIn(c, fields))
          return session
        })
        return 'form' in off ? factorPage(c, off.form, stateOf(session)) : c.redirect('/account/second-factor', 303)
      }),
    )
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

  async function accountPage(c: AppContext, session: Session, form: FormState) {
    const memberships = await named(c.var.ports, session.memberships)
    const isLinked = identity !== null && (await hasIdentity(c.var.ports.database, session.account.id))
    const linked = identity && { label: identity.labels[c.var.locale], isLinked }
    const back = ownPath(c.req.query('back') ?? '/account')
    const status = Object.keys(form.messages).length > 0 ? 422 : 200
    return answerPage(c, <AccountPage {...{ view: viewOf(c), form, session, memberships, linked, back }} />, status)
  }
}

/** Without a session somebody has brought a password, and shows the second factor before he gets one. */
function stateOf(session: Session | null): FactorState {
  if (session === null || session.needsSecondFactor) return session?.account.hasSecondFactor === false ? none(session) : { kind: 'asked' }
  if (!session.account.hasSecondFactor) return none(session)
  return { kind: 'shown', hasPassword: session.account.hasPassword, mayTurnOff: mayTurnOff(session) }
}

const none = ({ account }: Session): FactorState => ({ kind: 'none', hasPassword: account.hasPassword })

/** A code of the app, or else a recovery code. */
function shownIn(c: AppContext, { code = '', recovery = '', password = '' }: Record<string, string>) {
  const isRecovery = code.trim() === ''
  return { code: (isRecovery ? recovery : code).trim(), isRecovery, password, headers: c.req.raw.headers }
}

function factorPage(c: AppContext, form: FormState, state: FactorState) {
  return answerPage(c, <FactorPage view={viewOf(c)} form={form} state={state} />, Object.keys(form.messages).length > 0 ? 422 : 200)
}

export function signedIn(c: AppContext, answer: (session: Session) => Promise<Response>): Promise<Response> | Response {
  if (c.var.session !== null) return answer(c.var.session)
  const back = c.req.method === 'GET' ? viewOf(c).path : '/account'
  return c.redirect(`/sign-in?${new URLSearchParams({ back })}`, 303)
}
