import { getCookie, setCookie } from 'hono/cookie'
import { type AppContext, isSecure } from './context.ts'

const yearSeconds = 365 * 86_400

/** Keeps for a year, in this browser alone, how somebody wants pages to be. It says nothing of who he is. */
export function keepChoice(c: AppContext, name: string, value: string): void {
  const prefix = isSecure(c) ? { prefix: 'host' as const } : {}
  setCookie(c, name, value, { path: '/', maxAge: yearSeconds, sameSite: 'Lax', httpOnly: true, ...prefix })
}

/** What was chosen here before; anybody may have written it. */
export function keptChoice(c: AppContext, name: string): string | undefined {
  return (isSecure(c) ? getCookie(c, name, 'host') : undefined) ?? getCookie(c, name)
}
