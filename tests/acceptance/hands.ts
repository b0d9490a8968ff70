import type { Locator, Page } from 'playwright-core'

/**
 * Somebody at a page, and how long he takes by the keystroke-level model (Card, Moran and Newell 1980): a keystroke of an average typist,
 * pointing, a press, the hand between keyboard and mouse, and getting ready for each thing that he does. Beside it he reads what is new on
 * the page, 5 characters of Chinese a second, at most so many of one page.
 */
export interface Hands {
  press(what: string | Locator): Promise<void>
  write(what: string | Locator, text: string): Promise<void>
  choose(what: string | Locator, value: string): Promise<void>
  tick(what: string | Locator): Promise<void>
  /** Looks at the page that has come. */
  read(): Promise<void>
  /** So far, in seconds. */
  seconds(): number
  presses(): number
}

/** What of an element is asked in the browser, whose names are none of ours. */
interface Placed {
  ownerDocument: { activeElement: unknown }
  closest(selector: string): { getAttribute(name: string): string | null } | null
}

const seconds = { key: 0.28, point: 1.1, press: 0.2, hand: 0.4, ready: 1.35 }
/** A character of Chinese takes two strokes and its part of a choice. */
const strokesOf = (text: string) => [...text].reduce((sum, each) => sum + (/\p{Script=Han}/u.test(each) ? 2.5 : 1), 0)
const charactersASecond = 5
const readAtMost = 150
/** What somebody presses Tab to get to, he gives up before that. */
const tabsAtMost = 400

export function handsOn(page: Page, way: 'mouse' | 'keyboard'): Hands {
  let spent = 0
  let presses = 0
  const locate = (what: string | Locator) => (typeof what === 'string' ? page.locator(what).first() : what)
  /** Brings the focus there, as he would: by pointing, or by Tab. */
  const reach = async (target: Locator) => {
    spent += seconds.ready
    if (way === 'mouse') {
      spent += seconds.hand + seconds.point + seconds.press
      return
    }
    const isThere = () => target.evaluate((element: Placed) => element === element.ownerDocument.activeElement)
    for (let tabs = 0; !(await isThere()); tabs++) {
      if (tabs >= tabsAtMost) throw new Error(`Tab does not lead to ${target}`)
      await page.keyboard.press('Tab')
      spent += seconds.key
    }
  }
  const following = async (act: () => Promise<unknown>, leads: boolean) => {
    presses++
    const loaded = leads ? page.waitForEvent('load').catch((error: unknown) => error) : null
    await act()
    const failure = await loaded
    if (failure instanceof Error) throw failure
  }
  /** Whether a press leads to another page: a link within this one does not. */
  const leadsOn = (target: Locator) =>
    target.evaluate((element: Placed) => {
      const href = element.closest('a')?.getAttribute('href')
      return href ? !href.startsWith('#') : element.closest('button') !== null
    })
  return {
    async press(what) {
      const target = locate(what)
      const leads = await leadsOn(target)
      await reach(target)
      await following(() => (way === 'mouse' ? target.click() : page.keyboard.press('Enter')), leads)
      spent += way === 'mouse' ? 0 : seconds.key
    },
    async write(what, text) {
      const target = locate(what)
      await reach(target)
      if (way === 'mouse') {
        await target.click()
        spent += seconds.hand
      }
      await page.keyboard.insertText(text)
      spent += strokesOf(text) * seconds.key
    },
    async choose(what, value) {
      const target = locate(what)
      await reach(target)
      await target.selectOption(value)
      spent += way === 'mouse' ? seconds.point + seconds.press : 3 * seconds.key
      presses++
    },
    async tick(what) {
      const target = locate(what)
      await reach(target)
      if (way === 'mouse') await target.check()
      else await page.keyboard.press('Space')
      if (!(await target.isChecked())) throw new Error(`${target} does not stay ticked`)
      spent += way === 'mouse' ? 0 : seconds.key
      presses++
    },
    async read() {
      const shown = await page.evaluate<string>("document.querySelector('main').innerText")
      spent += Math.min(shown.replaceAll(/\s+/g, '').length, readAtMost) / charactersASecond
    },
    seconds: () => Math.round(spent),
    presses: () => presses,
  }
}
