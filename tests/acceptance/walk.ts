import type { Browser, BrowserContext, Page } from 'playwright-core'

export const locales = ['zh-CN', 'en'] as const
export type Locale = (typeof locales)[number]

/** Somebody before the demonstration: signed in by one click as a role, or (null) not signed in. */
export interface Walker {
  role: string | null
  locale: Locale
  context: BrowserContext
  page: Page
  address: string
}

/** What stands at the end of a link. */
export interface Stop {
  path: string
  /** The page on which the link stood. */
  from: string
  /** Which page it is, whatever it is about: its path without ids and query. */
  kind: string
  /** The page as it was sent, before a browser made what it could of it. */
  html: string
}

export interface Way {
  /** Pages that are looked at, at most. */
  most: number
  /** Pages of one kind that are looked at, at most; without it, those beyond the third come last. */
  ofKind?: number
  look(stop: Stop): Promise<void>
  /** A link that leads nowhere. */
  broken?(stop: Omit<Stop, 'html'>, status: number): void
}

/** As whom one click signs in; null for nobody. */
export async function rolesOf(browser: Browser, address: string): Promise<(string | null)[]> {
  const page = await browser.newPage()
  await page.goto(`${address}/sign-in`)
  const roles = await page.evaluate<string[]>(`[...document.querySelectorAll('button[name=role]')].map((each) => each.value)`)
  await page.close()
  return [null, ...roles]
}

export async function walkAs<Result>(
  browser: Browser,
  address: string,
  { role, locale, width = 1280 }: { role: string | null; locale: Locale; width?: number },
  go: (walker: Walker) => Promise<Result>,
): Promise<Result> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale })
  try {
    const page = await context.newPage()
    const walker = { role, locale, context, page, address }
    if (role !== null) await signIn(walker, role)
    return await go(walker)
  } finally {
    await context.close()
  }
}

export async function signIn({ page, address }: Pick<Walker, 'page' | 'address'>, role: string): Promise<void> {
  await page.goto(`${address}/sign-in`)
  const loaded = page.waitForEvent('load')
  await page.locator(`button[name=role][value="${role}"]`).click()
  await loaded
}

/** The front page, and what no link leads to. */
const doors = ['/', '/design']

/** From the doors by every link and every form that only asks, the open page at each stop; the number of pages looked at. */
export async function walk({ context, page, address }: Walker, { most, ofKind = Infinity, look, broken }: Way): Promise<number> {
  const waiting = [...doors]
  const known = new Map<string, string>(doors.map((door) => [door, '/']))
  const seen = new Map<string, number>()
  let pages = 0
  while (waiting.length > 0 && pages < most) {
    const path = waiting.shift()!
    const stop = { path, from: known.get(path)!, kind: kindOf(path) }
    const count = seen.get(stop.kind) ?? 0
    if (count >= ofKind) continue
    // A connection that was idle while a page was read may be closed just as it is used again.
    const answer = await context.request.get(address + path, { maxRedirects: 0, maxRetries: 2 })
    if (answer.status() >= 400) {
      broken?.(stop, answer.status())
      continue
    }
    if (!/text\/html/.test(answer.headers()['content-type'] ?? '') || answer.status() >= 300) continue
    seen.set(stop.kind, count + 1)
    await page.goto(address + path)
    pages++
    const links = await page.evaluate<string[]>(leadingOn)
    await look({ ...stop, html: await answer.text() })
    for (const link of links) {
      const url = URL.parse(link, address + path)
      const next = url === null ? '' : url.pathname + url.search
      if (url?.origin !== address || leaving.test(url.pathname) || known.has(next)) continue
      known.set(next, path)
      // One page of a kind tells what a hundred do: those with other ids wait until the end.
      if ([...known.keys()].filter((each) => kindOf(each) === kindOf(next)).length <= 3) waiting.unshift(next)
      else waiting.push(next)
    }
  }
  return pages
}

/** Runs in the page. A form that asks is sent as it stands; where nothing is ticked, with its first two boxes. */
const leadingOn = `[
  ...[...document.querySelectorAll('a[href]')].map((each) => each.getAttribute('href')),
  ...[...document.querySelectorAll('form[action][method=get]')].map((form) => {
    const boxes = [...form.elements].filter((each) => each.type === 'checkbox')
    const ticked = boxes.some((each) => each.checked) ? [] : boxes.slice(0, 2).map((each) => [each.name, each.value])
    return form.getAttribute('action') + '?' + new URLSearchParams([...new FormData(form), ...ticked])
  }),
]`

/** What changes as whom or how one looks; the description of the API, whose page is another project's. */
const leaving = /^\/(sign-out|language|display|docs$)/

export const kindOf = (path: string) => path.replace(/[?#].*/, '').replaceAll(/[a-z]{3}_[a-z2-7]{20}/g, '…')
