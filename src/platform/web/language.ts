import { Hono } from 'hono'
import { keepChoice, keptChoice } from './choice.ts'
import type { AppContext, Env } from './context.ts'
import { ownPath } from './view.ts'

const name = 'lang'

/** `/language?to=en&back=/demands`: keeps the choice and goes back to the page, which is always one of ours. */
export function languagePages() {
  return new Hono<Env>().get('/language', (c) => {
    keepChoice(c, name, c.req.query('to') === 'en' ? 'en' : 'zh-CN')
    return c.redirect(ownPath(c.req.query('back') ?? '/'), 303)
  })
}

/** The language that was chosen here before. */
export const languageCookie = (c: AppContext): string | undefined => keptChoice(c, name)
