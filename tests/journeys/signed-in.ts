import { expect } from 'vitest'
import { type Membership, type Rank, ranksOf } from '../../src/accounts/account.ts'
import { admitMember } from '../../src/accounts/actions/membership.ts'
import { accountOf } from '../../src/accounts/actions/session.ts'
import type { Role } from '../../src/accounts/actor.ts'
import type { AppOptions } from '../../src/app.tsx'
import type { Message } from '../../src/platform/messages/messenger.ts'
import type { Ports } from '../../src/platform/ports.ts'
import { peerBehind } from '../../src/platform/web/peer.ts'
import { databases, letterBox, type World } from '../worlds.ts'
import { type Browser, openBrowser, type Sheet } from './browser.ts'
import { type Market, openMarket } from './market.ts'

/** A market on one of the databases, whose messages a test reads, and whose clock it moves. */
export interface SignInMarket extends Market {
  world: World
  browser(at?: string): Browser
  /** A browser at an address of the internet, behind a proxy that the market trusts. */
  browserFrom(address: string): Browser
  /** Signs in by code, as a person does; gives the page he is sent to. */
  signIn(own: Browser, phone: string): Promise<Sheet>
  admit(phone: string, role: Role, subjectId: string | null, rank?: Rank): Promise<Membership>
  /** Sets a password and opens the link to its address. */
  setPassword(own: Browser, email: string, password: string): Promise<void>
  pass(seconds: number): void
  /** The code that was sent last. */
  code(): string
  /** All messages so far. */
  sent: readonly Message[]
}

/** Where callers are who they say, behind one proxy. */
export const behindProxy = peerBehind(1, () => ({ address: '10.0.0.1', isSecure: false }))

export async function openSignInMarket(
  name: string,
  options: Partial<AppOptions> = {},
  changes: Partial<Ports> = {},
): Promise<SignInMarket> {
  const world = await databases[name]!()
  const { messenger, sent } = letterBox()
  const start = Date.parse('2026-11-22T01:00:00.000Z')
  let elapsedMs = 0
  const now = () => {
    elapsedMs += 10
    return new Date(start + elapsedMs).toISOString()
  }
  const market = await openMarket({ database: world.database, messenger, now, ...changes }, options)
  const pass = (seconds: number) => {
    elapsedMs += seconds * 1000
  }
  return {
    ...market,
    world,
    sent,
    pass,
    code: () => String(sent.at(-1)!.facts.code),
    browser: (at) => openBrowser((url, request) => market.app.request(url, request), at),
    browserFrom: (address) =>
      openBrowser((url, request) => {
        const headers = { ...(request.headers as Record<string, string>), 'x-forwarded-for': address }
        return market.app.request(url, { ...request, headers })
      }),
    async signIn(own, phone) {
      pass(60)
      const asked = await own.post('/sign-in', { phone })
      return own.post(asked.location.split('?')[0]!, { code: String(sent.at(-1)!.facts.code) })
    },
    async setPassword(own, email, password) {
      expect((await own.post('/account/password', { email, password })).status).toBe(200)
      const { kind, facts } = sent.at(-1)!
      expect(kind).toBe('verify-email')
      expect((await own.post(new URL(String(facts.link)).pathname)).status).toBe(200)
    },
    async admit(phone, role, subjectId, rank = ranksOf(role)[0]) {
      const { id } = await accountOf(market.ports, `+86${phone}`)
      return admitMember(market.ports, 'the test', { accountId: id, role, subjectId, rank })
    },
  }
}
