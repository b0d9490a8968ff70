import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { widths } from '../runtimes/sight.ts'
import { onDemo } from './demo-served.ts'
import { roundByTab } from './keyboard.ts'
import type { Outcome } from './lines.ts'
import { spendMonday } from './monday.ts'
import { locales, rolesOf, type Walker, walk, walkAs } from './walk.ts'

/** Pages of one kind that each reader looks at in each language, at full size. */
const ofKind = 2
/** Pages that one reader opens at most. */
const pagesAtMost = 200
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const themes = ['light', 'dark'] as const
/** How wide 1280 pixels are when everything is twice as large, or four times (WCAG 1.4.10). */
const enlarged = { '200 %': 640, '400 %': 320 }

/** What a kind of page came to. */
interface Tally {
  pages: number
  stops: number
  faults: number
}

/**
 * Every kind of page, as everybody who can sign in to the demonstration: WCAG 2.2 A and AA as far as axe sees it, in both themes, languages and
 * sizes; no scrolling sideways when enlarged; everything by keyboard. Below full size each kind is looked at once, by whoever comes to it first.
 */
export function readable(scale: number): Promise<Outcome> {
  return onDemo(async (address, browser) => {
    const isWhole = scale >= 1
    // In its evening there are cases, shortlists, tables and forms to look at.
    const { failure } = scale < 0.1 ? { failure: null } : await spendMonday(browser, address, true)
    const tallies = new Map<string, Tally>()
    const faults = new Map<string, string>()
    const readers = (await rolesOf(browser, address)).flatMap((role, at) =>
      (isWhole ? locales : [locales[at % locales.length]!]).map((locale) => ({ role, locale })),
    )
    // Two at once: while one page is drawn, the other is read. Below full size what one has seen the next leaves out.
    const next = async (): Promise<void> => {
      const reader = readers.shift()
      if (reader === undefined) return
      const { role, locale } = reader
      await walkAs(browser, address, reader, (walker) =>
        walk(walker, {
          most: Math.max(5, Math.round(pagesAtMost * scale)),
          ofKind: isWhole ? ofKind : 1,
          async look({ path, kind }) {
            if (!isWhole && tallies.has(kind)) return
            const tally = tallies.get(kind) ?? { pages: 0, stops: 0, faults: 0 }
            tallies.set(kind, tally)
            tally.pages++
            const found = await looked(walker)
            tally.stops += found.stops
            tally.faults += found.faults.length
            for (const { rule, how, selector } of found.faults) {
              // The same fault on other pages of the kind, or for somebody else, is one to mend.
              const name = `${kind} ${rule} ${selector}`
              if (!faults.has(name)) faults.set(name, `${rule}: ${path} as ${role ?? 'nobody'}, ${locale}, ${how}: ${selector}`)
            }
          },
        }),
      )
      await next()
    }
    await Promise.all(isWhole ? [next(), next()] : [next()])
    const figures: Outcome['figures'] = { ...(failure !== null && { 'stopped before the evening': failure }) }
    for (const [kind, { pages, stops, faults }] of tallies) figures[kind] = `pages ${pages}, stops of Tab ${stops}, faults ${faults}`
    for (const [at, fault] of [...faults.values()].slice(0, 60).entries()) figures[`fault ${at + 1}`] = fault
    const sum = (what: keyof Tally) => [...tallies.values()].reduce((total, tally) => total + tally[what], 0)
    Object.assign(figures, { kinds: tallies.size, pages: sum('pages'), 'stops of Tab': sum('stops'), faults: faults.size })
    return { passed: faults.size === 0 && failure === null, figures }
  })
}

interface Fault {
  rule: string
  /** The theme, the width: what it takes to see it. */
  how: string
  selector: string
}

async function looked({ page }: Walker): Promise<{ stops: number; faults: Fault[] }> {
  const faults: Fault[] = []
  let stops = 0
  for (const [size, width] of Object.entries(widths)) {
    await page.setViewportSize({ width, height: 844 })
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme })
      // Loaded anew: a page whose theme has just changed is still between two colours.
      await page.reload()
      faults.push(...(await unreadable(page)).map((fault) => ({ ...fault, how: `${size}, ${colorScheme}` })))
    }
    const round = await roundByTab(page)
    stops += round.stops
    faults.push(...round.faults.map((fault) => ({ ...fault, how: size })))
  }
  for (const [how, width] of Object.entries(enlarged)) {
    await page.setViewportSize({ width, height: 512 })
    faults.push(...(await sideways(page)).map((selector) => ({ rule: 'scrolls sideways', how, selector })))
  }
  return { stops, faults }
}

/** Cards below the screen take their height when they come near it; before, axe would find them where nobody sees them. After scrollIntoView, Tab would go on from there. */
const drawn = `(async () => {
  for (const card of document.querySelectorAll('.results .cards > li')) {
    scrollTo(0, scrollY + card.getBoundingClientRect().top)
    await new Promise((done) => requestAnimationFrame(done))
  }
  scrollTo(0, 0)
})()`

async function unreadable(page: Page): Promise<{ rule: string; selector: string }[]> {
  await page.evaluate(drawn)
  // Pages have no frames; without looking for them axe takes a third of the time.
  const { violations } = await new AxeBuilder({ page })
    .withTags(rules)
    .options({ resultTypes: ['violations'] })
    .setLegacyMode()
    .analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => ({ rule: id, selector: target.join(' ') })))
}

/** What makes the page wider than the screen; a table may scroll within its own frame. */
function sideways(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    if (document.scrollingElement.scrollWidth <= innerWidth) return []
    const wide = [...document.querySelectorAll('body *')].filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
    const framed = (each) => each.closest('.wide-table') !== null && !each.matches('.wide-table')
    const found = wide.filter((each) => !framed(each) && ![...each.children].some((child) => wide.includes(child)))
    return found.length === 0 ? ['the page'] : found.map((each) => each.localName + (each.className ? '.' + each.className : '') + ' ' + each.textContent.trim().slice(0, 30))
  })()`)
}
