import type { Context } from 'hono'
import type { Actor } from '../../accounts/actor.ts'
import type { Locale } from '../i18n/words.ts'
import type { Ports } from '../ports.ts'

/** What every request carries once the first middlewares have run. */
export interface Env {
  Variables: { ports: Ports; actor: Actor; locale: Locale; requestId: string }
}
export type AppContext = Context<Env>
