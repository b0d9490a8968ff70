import type { Session } from '../../accounts/account.ts'
import type { Actor } from '../../accounts/actor.ts'
import { clockOf, dayOf } from '../days.ts'
import { type Locale, type Words, wordsOf } from '../i18n/words.ts'
import { today } from '../ports.ts'
import type { AppContext } from './context.ts'
import { type Display, displayOf } from './display.ts'

/** What every part of a page needs to speak to its reader. */
export interface View {
  words: Words
  locale: Locale
  display: Display
  actor: Actor
  /** Null for a visitor and for whoever comes with a token. */
  session: Session | null
  /** On the demonstration: as whom somebody looks around who has not signed in. */
  visitingAs: string | null
  /** The name of whom somebody acts for who is signed in; null where that has none. */
  actingFor: string | null
  /** Path and query of this page, for links that come back to it. */
  path: string
  /** The market's day. */
  today: string
  /** Calendar day of an instant in the market's time zone. */
  dayOf(instant: string): string
  /** Its time of day. */
  clockOf(instant: string): string
  /** No model runs: the market works on text alone and says so. */
  isDegraded: boolean
  /** A number that nothing else has, for a form. */
  once(): string
  /** No gateway is set: messages lie in a folder of the server's. */
  isOutbox: boolean
}

export function viewOf(c: AppContext): View {
  const { ports, locale, actor, session } = c.var
  const { pathname, search } = new URL(c.req.url)
  return {
    words: wordsOf(locale),
    locale,
    display: displayOf(c),
    actor,
    session,
    visitingAs: c.var.visitingAs,
    actingFor: c.var.actingFor,
    path: pathname + search,
    today: today(ports),
    dayOf: (instant) => dayOf(instant, ports.timeZone),
    clockOf: (instant) => clockOf(instant, ports.timeZone),
    isDegraded: ports.embedder === null,
    once: () => ports.newId('salt'),
    isOutbox: ports.messenger.reaches === 'outbox',
  }
}

/** The same path with some parameters set, repeated or (null) taken away. */
export function withQuery(path: string, changes: Record<string, string | readonly string[] | null>): string {
  const url = new URL(path, 'http://here')
  for (const [name, value] of Object.entries(changes)) {
    url.searchParams.delete(name)
    for (const each of value === null ? [] : [value].flat()) url.searchParams.append(name, each)
  }
  return url.pathname + url.search
}

/** A path of this site, or the home page: whatever a browser would read as another host is refused. */
export function ownPath(back: string): string {
  const url = back.startsWith('/') ? URL.parse(back, 'http://here') : null
  if (url === null || url.origin !== 'http://here' || url.pathname.startsWith('//')) return '/'
  return withQuery(url.pathname + url.search, { lang: null })
}
