import { Hono } from 'hono'
import { z } from '../schema.ts'
import { keepChoice, keptChoice } from './choice.ts'
import type { AppContext, Env } from './context.ts'
import { ownPath } from './view.ts'

/** As the device is set, or light or dark whatever it is set to. */
export const Theme = z.enum(['auto', 'light', 'dark'])
export type Theme = z.infer<typeof Theme>
/** `large` is 长辈模式: larger text, wider targets, stronger contrast. */
export const Size = z.enum(['standard', 'large'])
export type Size = z.infer<typeof Size>

/** How a reader wants pages to look; chosen once, kept in his browser. */
export interface Display {
  theme: Theme
  size: Size
}

const choices = { theme: Theme.catch('auto'), size: Size.catch('standard') }

export function displayOf(c: AppContext): Display {
  return { theme: choices.theme.parse(keptChoice(c, 'theme')), size: choices.size.parse(keptChoice(c, 'size')) }
}

/** `/display?theme=dark&size=large&back=/demands`: keeps what is named and goes back to the page. What nobody knows is the default. */
export function displayPages() {
  return new Hono<Env>().get('/display', (c) => {
    for (const name of ['theme', 'size'] as const) {
      const wanted = c.req.query(name)
      if (wanted !== undefined) keepChoice(c, name, choices[name].parse(wanted))
    }
    return c.redirect(ownPath(c.req.query('back') ?? '/'), 303)
  })
}
