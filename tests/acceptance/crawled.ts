import type { Browser, BrowserContext, Page } from 'playwright-core'
import { onDemo } from './demo-served.ts'
import type { Outcome } from './lines.ts'

/** Pages that a crawl looks at for each reader and language, at full size. */
const pagesAtMost = 300
const locales = ['zh-CN', 'en'] as const
type Locale = (typeof locales)[number]

/** What is wrong with a page, and where. */
type Fault = `${'console' | 'broken link' | 'leftover' | 'too wide'}: ${string}`

interface Crawl {
  pages: number
  faults: Fault[]
}

/** The demonstration as everybody sees it who can sign in to it, in both languages: every page that a link leads to. */
export function crawled(scale: number): Promise<Outcome> {
  return onDemo(async (address, browser) => {
    const most = Math.max(6, Math.round(pagesAtMost * scale))
    const figures: Outcome['figures'] = {}
    const faults = new Set<Fault>()
    for (const locale of locales)
      for (const role of [null, ...(await rolesOf(browser, address))]) {
        const crawl = await crawlAs(browser, address, { role, locale, most })
        figures[`${role ?? 'not signed in'}, ${locale}: pages`] = crawl.pages
        for (const fault of crawl.faults) faults.add(fault)
      }
    for (const [at, fault] of [...faults].slice(0, 40).entries()) figures[`fault ${at + 1}`] = fault
    figures.faults = faults.size
    return { passed: faults.size === 0, figures }
  })
}

/** As whom one click signs in. */
async function rolesOf(browser: Browser, address: string): Promise<string[]> {
  const page = await browser.newPage()
  await page.goto(`${address}/sign-in`)
  const roles = await page.evaluate<string[]>(`[...document.querySelectorAll('button[name=role]')].map((each) => each.value)`)
  await page.close()
  return roles
}

async function crawlAs(
  browser: Browser,
  address: string,
  { role, locale, most }: { role: string | null; locale: Locale; most: number },
): Promise<Crawl> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale })
  try {
    const page = await context.newPage()
    if (role !== null) {
      await page.goto(`${address}/sign-in`)
      await page.locator(`button[name=role][value="${role}"]`).click()
    }
    return await walk(context, page, address, { who: `${role ?? 'nobody'}, ${locale}`, locale, most })
  } finally {
    await context.close()
  }
}

async function walk(
  context: BrowserContext,
  page: Page,
  address: string,
  { who, locale, most }: { who: string; locale: Locale; most: number },
): Promise<Crawl> {
  const faults: Fault[] = []
  let at = '/'
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) faults.push(`console: ${who} at ${at}: ${message.text()}`)
  })
  page.on('pageerror', (error) => faults.push(`console: ${who} at ${at}: ${error.message}`))
  const waiting = ['/']
  const known = new Map<string, string>([['/', '/']])
  let pages = 0
  while (waiting.length > 0 && pages < most) {
    at = waiting.shift()!
    const answer = await context.request.get(address + at, { maxRedirects: 0 })
    if (answer.status() >= 400) {
      faults.push(`broken link: ${who}: ${known.get(at)} → ${at}: ${answer.status()}`)
      continue
    }
    if (!/text\/html/.test(answer.headers()['content-type'] ?? '') || answer.status() >= 300) continue
    await page.goto(address + at)
    pages++
    faults.push(...(await leftovers(page, locale)).map((text): Fault => `leftover: ${locale} at ${shape(at)}: ${text}`))
    const wide = Number(await page.evaluate('document.documentElement.scrollWidth'))
    if (wide > 1280) faults.push(`too wide: ${who} at ${at}: ${wide}`)
    const links = await page.evaluate<string[]>(`[...document.querySelectorAll('a[href]')].map((each) => each.getAttribute('href'))`)
    for (const link of links) {
      const url = URL.parse(link, address + at)
      const next = url === null ? '' : url.pathname + url.search
      if (url?.origin !== address || leaving.test(url.pathname) || known.has(next)) continue
      known.set(next, at)
      // One page of a kind tells what a hundred do: those with other ids wait until the end.
      if (known.size - waiting.length < most && [...known.keys()].filter((each) => shape(each) === shape(next)).length <= 3)
        waiting.unshift(next)
      else waiting.push(next)
    }
  }
  return { pages, faults }
}

/** What changes as whom or how one looks; the description of the API, whose page is another project's. */
const leaving = /^\/(sign-out|language|display|docs$)/
const shape = (path: string) => path.replace(/\?.*/, '').replaceAll(/[a-z]{3}_[a-z2-7]{20}/g, '…')

/** Words of the other language that do not say which language they are in. */
function leftovers(page: Page, locale: Locale): Promise<string[]> {
  const other = locale === 'en' ? String.raw`/\p{Script=Han}/u` : '/[A-Za-z]{3,}[ ,]+[A-Za-z]{3,}[ ,]+[A-Za-z]{3,}/'
  // As text, because the browser's own names are none of ours.
  return page.evaluate<string[]>(`(() => {
    const found = []
    const tell = (element, text) => {
      if (${other}.test(text) && element?.closest('[lang]')?.getAttribute('lang') === '${locale}') found.push(text.trim().slice(0, 60))
    }
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode())
      if (!node.parentElement?.closest('script, style, code, textarea, option, .secret')) tell(node.parentElement, node.textContent)
    for (const name of ['aria-label', 'title', 'alt'])
      for (const element of document.querySelectorAll('[' + name + ']'))
        // An attribute cannot say that a part of it is in another language.
        if (!/[A-Za-z]/.test(element.getAttribute(name)) || '${locale}' === 'zh-CN') tell(element, element.getAttribute(name))
    return found
  })()`)
}
