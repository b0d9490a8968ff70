import type { Context } from 'hono'
import type { Session } from '../../accounts/account.ts'
import type { Actor } from '../../accounts/actor.ts'
import type { Locale } from '../i18n/words.ts'
import type { Ports } from '../ports.ts'
import type { Peer } from './peer.ts'

/** What every request carries once the first middlewares have run. */
export interface Env {
  Variables: {
    ports: Ports
    peer: Peer
    actor: Actor
    session: Session | null
    locale: Locale
    /** On the demonstration: as whom somebody looks around who has not signed in. */
    visitingAs: string | null
    /** The name of whom somebody acts for who is signed in; null where that has none. */
    actingFor: string | null
    requestId: string
    /** The whole body of a request that brings a file; see `upload.ts`. */
    upload: Uint8Array<ArrayBuffer> | null
  }
}
export type AppContext = Context<Env>

/** Whether the browser speaks https, to us or to a proxy that the operator trusts. */
export function isSecure(c: AppContext): boolean {
  return c.var.peer.isSecure
}
