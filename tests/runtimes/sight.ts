import { AxeBuilder } from '@axe-core/playwright'
import chromium from '@sparticuz/chromium'
import { type Browser, type Locator, type Page, chromium as playwright } from 'playwright-core'

/** What somebody sees of a page in a real browser, on a phone and on a desk. */

export const widths = { phone: 390, desk: 1280 }

export async function launchBrowser(): Promise<Browser> {
  // In a single process it ends with the first context that is closed.
  const args = chromium.args.filter((each) => each !== '--single-process')
  return playwright.launch({ args, executablePath: await chromium.executablePath() })
}

/** Presses what leads to another page, and waits until that is there: a click alone returns before its form is answered. */
export async function press(page: Page, what: string | Locator): Promise<void> {
  const target = typeof what === 'string' ? page.locator(what).first() : what
  // What fails to press is what to say; the page that then never comes is not.
  const loaded = page.waitForEvent('load').catch((error: unknown) => error)
  await target.click()
  const failure = await loaded
  if (failure instanceof Error) throw failure
}

/** Gathers what the browser complains of while the page is open. */
export function listenTo(page: Page): readonly string[] {
  const said: string[] = []
  // A refused form answers 422, which a browser calls an error too.
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) said.push(message.text())
  })
  page.on('pageerror', (error) => said.push(error.message))
  return said
}

/** What is unreadable (axe), and what lies outside the screen or is too small to touch, as wide as the page is and as wide as the other kind. */
export async function faultsOf(page: Page): Promise<string[]> {
  // Our pages have no frames; without looking for them axe takes half the time.
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .setLegacyMode()
    .analyze()
  const unreadable = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target}: ${failureSummary}`),
  )
  const { width, height } = page.viewportSize()!
  const misplaced = await outOfPlace(page, width)
  const other = width === widths.phone ? widths.desk : widths.phone
  await page.setViewportSize({ width: other, height })
  return [...unreadable, ...misplaced, ...(await outOfPlace(page, other))]
}

async function outOfPlace(page: Page, width: number): Promise<string[]> {
  const wide = await page.evaluate('document.documentElement.scrollWidth')
  const small = await page.evaluate<string[]>(`[...document.querySelectorAll('main button, main .button, main select')]
    .filter((each) => each.getClientRects().length > 0 && each.getBoundingClientRect().height < 43.5).map((each) => each.textContent.trim())`)
  return [
    ...(Number(wide) > width ? [`${wide} of ${width} pixels wide`] : []),
    ...small.map((each) => `too small to touch at ${width} pixels: ${each}`),
  ]
}
