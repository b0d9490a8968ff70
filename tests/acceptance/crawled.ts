import { HtmlValidate, StaticConfigLoader } from 'html-validate'
import type { Page } from 'playwright-core'
import { onDemo } from './demo-served.ts'
import type { Outcome } from './lines.ts'
import { type Locale, locales, rolesOf, type Walker, walk, walkAs } from './walk.ts'

/** Pages that a crawl looks at for each reader and language, at full size. */
const pagesAtMost = 300

/** What is wrong with a page, and where. */
type Fault = `${'console' | 'broken link' | 'leftover' | 'too wide' | 'invalid'}: ${string}`

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
      for (const role of await rolesOf(browser, address)) {
        const found = await walkAs(browser, address, { role, locale }, (walker) => crawl(walker, most))
        figures[`${role ?? 'not signed in'}, ${locale}: pages`] = found.pages
        for (const fault of found.faults) faults.add(fault)
      }
    for (const [at, fault] of [...faults].slice(0, 40).entries()) figures[`fault ${at + 1}`] = fault
    figures.faults = faults.size
    return { passed: faults.size === 0, figures }
  })
}

async function crawl(walker: Walker, most: number): Promise<Crawl> {
  const { page, locale, role } = walker
  const who = `${role ?? 'nobody'}, ${locale}`
  const faults: Fault[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
      faults.push(`console: ${who} at ${page.url()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => faults.push(`console: ${who} at ${page.url()}: ${error.message}`))
  const pages = await walk(walker, {
    most,
    broken: ({ from, path }, status) => faults.push(`broken link: ${who}: ${from} → ${path}: ${status}`),
    async look({ path, kind, html }) {
      faults.push(...(await leftovers(page, locale)).map((text): Fault => `leftover: ${locale} at ${kind}: ${text}`))
      const wide = Number(await page.evaluate('document.documentElement.scrollWidth'))
      if (wide > 1280) faults.push(`too wide: ${who} at ${path}: ${wide}`)
      faults.push(...invalid(html).map((what): Fault => `invalid: ${kind}: ${what}`))
    },
  })
  return { pages, faults }
}

/** What the HTML standard does not allow; how a page is written beyond that is our own affair. */
const standard = new HtmlValidate(new StaticConfigLoader({ root: true, extends: ['html-validate:standard'] }))
function invalid(html: string): string[] {
  const { results } = standard.validateStringSync(html)
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, selector, line }) => `${ruleId}: ${message} (${selector ?? `line ${line}`})`),
  )
}

/** Words of the other language that do not say which language they are in. */
function leftovers(page: Page, locale: Locale): Promise<string[]> {
  // A Chinese sentence may name an English term: it is English where it says more in English than in Chinese.
  const isOther =
    locale === 'en'
      ? String.raw`(text) => /\p{Script=Han}/u.test(text)`
      : String.raw`(text) => /[A-Za-z]{3,}[ ,]+[A-Za-z]{3,}[ ,]+[A-Za-z]{3,}/.test(text) && (text.match(/[A-Za-z]{2,}/g) ?? []).length * 2 > (text.match(/\p{Script=Han}/gu) ?? []).length`
  // As text, because the browser's own names are none of ours.
  return page.evaluate<string[]>(`(() => {
    const found = []
    const isOther = ${isOther}
    const tell = (element, text) => {
      if (isOther(text) && element?.closest('[lang]')?.getAttribute('lang') === '${locale}') found.push(text.trim().slice(0, 60))
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
