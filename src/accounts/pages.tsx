import { Hono } from 'hono'
import type { IdentityOption } from '../platform/identity/provider.ts'
import { parseInput } from '../platform/input.ts'
import { Problem } from '../platform/problem.ts'
import { z } from '../platform/schema.ts'
import { type AppContext, type Env, isSecure } from '../platform/web/context.ts'
import { answerPage } from '../platform/web/page.tsx'
import type { FormState } from '../platform/web/parts/fields.tsx'
import { ownPath, viewOf } from '../platform/web/view.ts'
import { Phone } from './account.ts'
import { sendCode } from './actions/code.ts'
import { signInByPassword } from './actions/factor.ts'
import { beginSession, type OpenAuth, signInByCode, signOut } from './actions/session.ts'
import { readSetUpLink, setUp } from './actions/set-up.ts'
import type { Demo } from './demo.ts'
import { enter, landing, trierOf, wayOn } from './device-cookie.ts'
import { blankForm, doneOrShortForm, postedFields, withCookies, writtenFields } from './form.ts'
import { PasswordPage } from './password-page.tsx'
import { SetUpPage } from './set-up-page.tsx'
import { CodePage, SignInPage } from './sign-in-page.tsx'
import { findCode } from './store.ts'

/** Signing in and out. A session is a cookie, so what is posted here must come from our own pages. */
export function accountPages(auth: OpenAuth, demo: Demo | null, identity: IdentityOption | null) {
  return new Hono<Env>()
    .get('/sign-in', (c) =>
      answerPage(c, <SignInPage view={viewOf(c)} form={blankForm} back={backOf(c.req.query('back'))} demo={demo} identity={identity} />),
    )
    .post('/sign-in', async (c) => {
      const fields = await writtenFields(c)
      const back = backOf(fields.back)
      const view = viewOf(c)
      const sent = await doneOrShortForm(view.words, fields, ['phone'], async () =>
        sendCode(c.var.ports, await trierOf(c), { phone: phoneIn(fields), locale: c.var.locale }),
      )
      if ('form' in sent) return answerPage(c, <SignInPage view={view} form={sent.form} back={back} demo={demo} identity={identity} />, 422)
      return toCode(c, sent.done, back, demo)
    })
    .post('/sign-in/demo', async (c) => {
      const { role, back } = await postedFields(c)
      const found = demo?.accounts.find((each) => each.role === role)
      if (found === undefined) throw new Problem('not-found')
      // Nobody has an authenticator for an account that everybody may use.
      const cookies = await beginSession(await auth(isSecure(c)), found.account, c.req.raw.headers, c.var.ports.now())
      return withCookies(c, cookies, landing(found.role, backOf(back)))
    })
    .get('/sign-in/password', (c) => answerPage(c, <PasswordPage view={viewOf(c)} form={blankForm} back={backOf(c.req.query('back'))} />))
    .post('/sign-in/password', async (c) => {
      const fields = await writtenFields(c)
      const { email = '', password = '' } = fields
      const back = backOf(fields.back)
      const headers = c.req.raw.headers
      const signedIn = await doneOrShortForm(viewOf(c).words, fields, ['email'], async () =>
        signInByPassword(c.var.ports, await auth(isSecure(c)), await trierOf(c), { email, password, headers }),
      )
      if ('form' in signedIn) return answerPage(c, <PasswordPage view={viewOf(c)} form={signedIn.form} back={back} />, 422)
      const { result, cookies } = signedIn.done
      if (result === 'second-factor') return withCookies(c, cookies, '/account/second-factor')
      return enter(c, { accountId: result.accountId, cookies }, await wayOn(c, result.accountId, back))
    })
    .get('/sign-in/:id', (c) => codePage(c, blankForm, backOf(c.req.query('back')), demo))
    .post('/sign-in/:id', async (c) => {
      const fields = await writtenFields(c)
      const back = backOf(fields.back)
      const { ports } = c.var
      const code = (fields.code ?? '').normalize('NFKC').replaceAll(/\s/g, '')
      const headers = c.req.raw.headers
      const signedIn = await doneOrShortForm(viewOf(c).words, fields, [], async () =>
        signInByCode(ports, await auth(isSecure(c)), await trierOf(c), { id: c.req.param('id'), code, headers }),
      )
      if ('form' in signedIn) return codePage(c, signedIn.form, back, demo)
      const { result, cookies } = signedIn.done
      return enter(c, { accountId: result.id, cookies }, await wayOn(c, result.id, back))
    })
    .post('/sign-in/:id/again', async (c) => {
      const fields = await writtenFields(c)
      const back = backOf(fields.back)
      const { phone } = await codeOf(c)
      const sent = await doneOrShortForm(viewOf(c).words, fields, [], async () =>
        sendCode(c.var.ports, await trierOf(c), { phone, locale: c.var.locale, inPlaceOf: c.req.param('id') }),
      )
      if ('form' in sent) return codePage(c, sent.form, back, demo)
      return toCode(c, sent.done, back, demo)
    })
    .get('/set-up/:secret', async (c) => {
      const secret = c.req.param('secret')
      await readSetUpLink(c.var.ports, secret)
      return answerPage(c, <SetUpPage view={viewOf(c)} form={blankForm} secret={secret} />)
    })
    .post('/set-up/:secret', async (c) => {
      const fields = await writtenFields(c)
      const secret = c.req.param('secret')
      const made = await doneOrShortForm(viewOf(c).words, fields, ['phone'], async () => setUp(c.var.ports, secret, phoneIn(fields)))
      if ('form' in made) return answerPage(c, <SetUpPage view={viewOf(c)} form={made.form} secret={secret} />, 422)
      const cookies = await beginSession(await auth(isSecure(c)), made.done, c.req.raw.headers)
      return enter(c, { accountId: made.done.id, cookies }, '/account/second-factor')
    })
    .post('/sign-out', async (c) => {
      // What a browser has kept of pages goes too; the language and the known device stay.
      c.header('clear-site-data', '"cache", "storage"')
      return withCookies(c, await signOut(await auth(isSecure(c)), c.req.raw.headers), '/')
    })
}

/** The number is not in the address: it would stand in the logs of whatever is in between. */
function toCode(c: AppContext, { id, code }: { id: string; code: string }, back: string, demo: Demo | null) {
  return c.redirect(`/sign-in/${id}?${new URLSearchParams({ back, ...(demo !== null && { code }) })}`, 303)
}

async function codePage(c: AppContext, form: FormState, back: string, demo: Demo | null) {
  const { id, phone } = await codeOf(c)
  const code = demo === null ? null : (c.req.query('code') ?? null)
  const status = Object.keys(form.messages).length > 0 ? 422 : 200
  return answerPage(c, <CodePage {...{ view: viewOf(c), form, id, phone, back, code }} />, status)
}

/** Its id is known to the browser that asked for it, and to nobody else. */
async function codeOf(c: AppContext) {
  const found = await findCode(c.var.ports.database, c.req.param('id') ?? '')
  if (found === undefined) throw new Problem('not-found')
  return found
}

const backOf = (back: string | undefined) => ownPath(back ?? '/')
const phoneIn = ({ phone = '' }: Record<string, string>) => parseInput(z.object({ phone: Phone }), { phone }).phone
