import { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { type AppContext, type Env, isSecure } from './context.ts'
import { ownPath } from './view.ts'

const name = 'lang'
const yearSeconds = 365 * 86_400

/** `/language?to=en&back=/demands`: keeps the choice and goes back to the page, which is always one of ours. */
export function languagePages() {
  return new Hono<Env>().get('/language', (c) => {
    const to = c.req.query('to') === 'en' ? 'en' : 'zh-CN'
    const prefix = isSecure(c) ? { prefix: 'host' as const } : {}
    setCookie(c, name, to, { path: '/', maxAge: yearSeconds, sameSite: 'Lax', httpOnly: true, ...prefix })
    return c.redirect(ownPath(c.req.query('back') ?? '/'), 303)
  })
}

/** The language that was chosen here before. */
export function languageCookie(c: AppContext): string | undefined {
  return (isSecure(c) ? getCookie(c, name, 'host') : undefined) ?? getCookie(c, name)
}
