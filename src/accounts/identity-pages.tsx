import { Hono } from 'hono'
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie'
import type { Identity, IdentityOption } from '../platform/identity/provider.ts'
import { addressOf } from '../platform/ports.ts'
import { Problem } from '../platform/problem.ts'
import { z } from '../platform/schema.ts'
import { type AppContext, type Env, isSecure } from '../platform/web/context.ts'
import { answerPage, Page } from '../platform/web/page.tsx'
import { Actions, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { unlessRefused } from '../platform/web/parts/readable.ts'
import { ownPath, viewOf } from '../platform/web/view.ts'
import { linkIdentity, signInByIdentity } from './actions/identity.ts'
import { secretOf } from './actions/secret.ts'
import type { OpenAuth } from './actions/session.ts'
import { enter, wayOn } from './device-cookie.ts'
import { signedIn } from './own-pages.tsx'
import { SaidPage } from './recovery-page.tsx'

const callback = '/sign-in/identity/callback'
const cookie = 'sunmao.identity'
const minutes = 10

/** What the browser keeps while somebody signs in elsewhere; sealed, and good for a few minutes. */
const Kept = z.object({
  attempt: z.object({ state: z.string(), nonce: z.string(), verifier: z.string() }),
  back: z.string(),
  /** The account that is to be linked; null for signing in. */
  linkTo: z.string().nullable(),
  at: z.string(),
})
type Kept = z.infer<typeof Kept>

/** Signing in by another party. The way there is a link and no form: a form may lead to our own pages only. */
export function identityPages(auth: OpenAuth, option: IdentityOption | null) {
  const pages = new Hono<Env>()
  if (option === null) return pages
  return pages
    .get('/sign-in/identity', async (c) => {
      const url = await begin(c, option, { back: ownPath(c.req.query('back') ?? '/'), linkTo: null })
      return c.redirect(url, 303)
    })
    .post('/account/identity', (c) =>
      signedIn(c, async ({ account }) => {
        const url = await begin(c, option, { back: '/account', linkTo: account.id })
        return linkPage(c, option, url)
      }),
    )
    .get(callback, async (c) => {
      const kept = await takeKept(c)
      const identity = kept && (await option.provider.finish(redirectUri(c), new URL(c.req.url).searchParams, kept.attempt))
      if (!kept || !identity) return refusedPage(c)
      return kept.linkTo === null ? signIn(c, auth, option, identity, kept) : link(c, identity, kept)
    })
}

const redirectUri = (c: AppContext) => addressOf(c.var.ports, callback)

async function begin(c: AppContext, { provider }: IdentityOption, { back, linkTo }: Pick<Kept, 'back' | 'linkTo'>): Promise<string> {
  const { url, attempt } = await provider.begin(redirectUri(c))
  const kept: Kept = { attempt, back, linkTo, at: c.var.ports.now() }
  await setSignedCookie(c, cookie, JSON.stringify(kept), secretOf(c.var.ports), {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    maxAge: minutes * 60,
    ...prefixOf(c),
  })
  return url
}

/** Over https the cookie is this host's alone. */
const prefixOf = (c: AppContext): { prefix?: 'host' } => (isSecure(c) ? { prefix: 'host' } : {})

/** What this browser began, once; null for an answer that it did not ask for. */
async function takeKept(c: AppContext): Promise<Kept | null> {
  const { ports } = c.var
  const value = await getSignedCookie(c, secretOf(ports), cookie, prefixOf(c).prefix)
  deleteCookie(c, cookie, { path: '/', ...prefixOf(c) })
  if (typeof value !== 'string') return null
  // The seal has shown that we wrote it.
  const kept = Kept.parse(JSON.parse(value))
  return Date.parse(ports.now()) - Date.parse(kept.at) > minutes * 60_000 ? null : kept
}

async function signIn(c: AppContext, auth: OpenAuth, { phoneClaim }: IdentityOption, identity: Identity, { back }: Kept) {
  const asked = { phoneClaim, headers: c.req.raw.headers }
  const { result, cookies } = await signInByIdentity(c.var.ports, await auth(isSecure(c)), identity, asked)
  return enter(c, { accountId: result.id, cookies }, await wayOn(c, result.id, back))
}

/** Only for whoever began it and is signed in still. */
async function link(c: AppContext, identity: Identity, { linkTo, back }: Kept) {
  const { ports, session } = c.var
  if (session === null || session.account.id !== linkTo) return refusedPage(c)
  const done = await unlessRefused(async () => {
    await linkIdentity(ports, session, identity)
    return {}
  }, ['already-exists'])
  if (!(done instanceof Problem)) return c.redirect(back, 303)
  const view = viewOf(c)
  const { access, account } = view.words
  return answerPage(
    c,
    <SaidPage view={view} title={access.identity.refused} text={access.identity.otherAccount} to={['/account', account.own.back]} />,
    422,
  )
}

function refusedPage(c: AppContext) {
  const view = viewOf(c)
  const { identity } = view.words.access
  return answerPage(c, <SaidPage view={view} title={identity.refused} text={identity.refusedLead} to={['/sign-in', identity.again]} />, 422)
}

function linkPage(c: AppContext, { labels }: IdentityOption, url: string) {
  const view = viewOf(c)
  const words = view.words.access.identity
  const label = labels[view.locale]
  return answerPage(
    c,
    <Page view={view} title={words.title(label)}>
      <div class="narrow">
        <h1>{words.title(label)}</h1>
        <p class="lead">{words.lead(label)}</p>
        <Actions>
          <ButtonLink isLarge href={url} rel="noreferrer">
            {words.go(label)}
          </ButtonLink>
        </Actions>
      </div>
    </Page>,
  )
}
