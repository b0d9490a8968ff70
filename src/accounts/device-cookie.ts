import { generateCookie, getCookie } from 'hono/cookie'
import { type AppContext, isSecure } from '../platform/web/context.ts'
import type { Trier } from './actions/attempts.ts'
import { knownDays, readDevice, sealDevice } from './actions/known-device.ts'
import type { Role } from './actor.ts'
import { withCookies } from './form.ts'
import { membershipsOf } from './store.ts'

const name = 'sunmao.device'

/** Who tries to sign in with this request. */
export async function trierOf(c: AppContext): Promise<Trier> {
  const value = isSecure(c) ? getCookie(c, name, 'host') : getCookie(c, name)
  return { address: c.var.peer.address, knownAccountId: value === undefined ? null : await readDevice(c.var.ports, value) }
}

/** 303 to the next page of whoever has signed in; from now on this browser is known to be his. */
export async function enter(c: AppContext, { accountId, cookies }: { accountId: string; cookies: string[] }, to: string) {
  const answer = withCookies(c, cookies, to)
  const prefix = isSecure(c) ? { prefix: 'host' as const } : {}
  const value = await sealDevice(c.var.ports, accountId)
  answer.headers.append(
    'set-cookie',
    generateCookie(name, value, { path: '/', maxAge: knownDays * 86_400, sameSite: 'Lax', httpOnly: true, ...prefix }),
  )
  return answer
}

/** Whoever may act for several says for whom before he goes on. */
export async function wayOn(c: AppContext, accountId: string, back: string): Promise<string> {
  const memberships = await membershipsOf(c.var.ports.database, accountId)
  if (memberships.length > 1) return `/account?${new URLSearchParams({ back })}`
  return landing(memberships[0]?.role, back)
}

/** Who was on the way somewhere goes on there; a broker's day begins with what is due. */
export const landing = (role: Role | undefined, back: string): string => (back === '/' && role === 'broker' ? '/today' : back)
