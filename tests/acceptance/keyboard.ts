import type { Page } from 'playwright-core'

/** What a round by Tab alone comes to. */
export interface Round {
  /** How often the focus moved. */
  stops: number
  faults: { rule: KeyboardRule; selector: string }[]
}
type KeyboardRule = 'not reached by Tab' | 'focus stays' | 'no visible focus' | 'focus is covered'

/** One element keeps the focus for several Tabs: a field of a date has parts, each with its own stop. */
const partsAtMost = 8

/** From the top of the page that is open, Tab by Tab, until the focus leaves it. */
export async function roundByTab(page: Page): Promise<Round> {
  await page.evaluate(prepare)
  const faults: Round['faults'] = []
  const expected = await page.evaluate<number>('tabbing.expected.length')
  const most = 2 * expected + 100
  let [stops, stayed, last] = [0, 0, '']
  for (;;) {
    await page.keyboard.press('Tab')
    const seen = await page.evaluate<Seen | null>('tabbing.look()')
    if (seen === null) break
    stops++
    stayed = seen.selector === last ? stayed + 1 : 0
    last = seen.selector
    if (stayed > partsAtMost || stops > most) {
      faults.push({ rule: 'focus stays', selector: seen.selector })
      break
    }
    if (stayed > 0) continue
    if (!seen.isRinged) faults.push({ rule: 'no visible focus', selector: seen.selector })
    if (seen.isCovered) faults.push({ rule: 'focus is covered', selector: seen.selector })
  }
  const missed = await page.evaluate<string[]>('tabbing.missed()')
  return { stops, faults: [...faults, ...missed.map((selector) => ({ rule: 'not reached by Tab' as const, selector }))] }
}

interface Seen {
  selector: string
  isRinged: boolean
  isCovered: boolean
}

/** Runs in the page. A group of radio buttons is one stop; what a closed <details> holds is none. */
const prepare = `window.tabbing = (() => {
  const selectors = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"], [role=button], [role=link]'
  const isThere = (each) => each.checkVisibility({ visibilityProperty: true }) && each.getClientRects().length > 0 && !each.matches(':disabled')
  const expected = [...document.querySelectorAll(selectors)].filter(isThere)
  const reached = new Set()
  const radios = [...document.querySelectorAll('input[type=radio]')]
  const groupOf = (each) => (radios.includes(each) ? radios.find((other) => other.name === each.name && other.form === each.form) : each)
  const partOf = (each) => {
    if (each.id) return '#' + each.id
    const alike = [...(each.parentElement?.children ?? [])].filter((other) => other.localName === each.localName)
    return each.localName + (alike.length > 1 ? ':nth-of-type(' + (alike.indexOf(each) + 1) + ')' : '')
  }
  const selectorOf = (each) => {
    const parts = []
    for (let at = each; at !== null && at !== document.body; at = at.parentElement) {
      parts.unshift(partOf(at))
      if (at.id) break
    }
    return parts.join(' > ')
  }
  const isCovered = (each) => {
    // Of a link over two lines its first; of what is larger than the screen the part on it.
    const box = each.getClientRects()[0]
    const between = (from, to, end) => (Math.max(from, 0) + Math.min(to, end)) / 2
    const there = document.elementFromPoint(between(box.left, box.right, innerWidth), between(box.top, box.bottom, innerHeight))
    return there === null || !(each.contains(there) || there.contains(each))
  }
  const isRinged = (each) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each)
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
  }
  return {
    expected,
    look() {
      const at = document.activeElement
      if (at === null || at === document.body || at === document.documentElement) return null
      reached.add(groupOf(at))
      return { selector: selectorOf(at), isRinged: isRinged(at), isCovered: isCovered(at) }
    },
    missed: () => expected.filter((each) => isThere(each) && !reached.has(groupOf(each))).map(selectorOf),
  }
})()`
