import type { Browser, Page } from 'playwright-core'
import { listenTo, widths } from '../runtimes/sight.ts'
import { onDemo } from './demo-served.ts'
import { type Hands, handsOn } from './hands.ts'
import type { Outcome } from './lines.ts'
import { signIn } from './walk.ts'

type Way = 'mouse' | 'keyboard'
interface Visit {
  address: string
  browser: Browser
  way: Way
  open(width?: number): Promise<{ page: Page; hands: Hands }>
}

/** Each story by what it may take, in seconds: an enterprise's ten minutes, an expert's one minute, a visitor's three. */
const stories: Record<string, { most: number; go(visit: Visit): Promise<Hands> }> = {
  'an enterprise, from one sentence to a comparison': { most: 600, go: enterprise },
  'an expert, from a link to an answer': { most: 60, go: expert },
  'a visitor, from a public page to an interest': { most: 180, go: visitor },
}

/** With the mouse and with the keyboard alone, at a desk and (experts and visitors) on a phone; how long each takes by the keystroke-level model. */
export function firstVisits(scale: number): Promise<Outcome> {
  return onDemo(async (address, browser) => {
    const figures: Outcome['figures'] = {}
    let passed = true
    for (const way of scale < 1 ? (['keyboard'] as const) : (['mouse', 'keyboard'] as const)) {
      for (const [name, { most, go }] of Object.entries(stories)) {
        const said: (readonly string[])[] = []
        const contexts: { close(): Promise<void> }[] = []
        const open = async (width: number = widths.desk) => {
          const context = await browser.newContext({ viewport: { width, height: 844 }, locale: 'zh-CN' })
          contexts.push(context)
          const page = await context.newPage()
          page.setDefaultTimeout(15_000)
          said.push(listenTo(page))
          return { page, hands: handsOn(page, way) }
        }
        const at = `${name}, ${way}`
        try {
          const hands = await go({ address, browser, way, open })
          figures[`${at}: seconds`] = hands.seconds()
          figures[`${at}: presses`] = hands.presses()
          passed &&= hands.seconds() <= most
        } catch (error) {
          figures[`${at}: stopped at`] = String(error).replaceAll(/\s+/g, ' ').slice(0, 300)
          passed = false
        }
        const complaints = said.flat()
        figures[`${at}: console messages`] = complaints.length
        passed &&= complaints.length === 0
        for (const context of contexts) await context.close()
      }
    }
    return { passed, figures }
  })
}

/** One sentence, two questions answered, published, and two candidates side by side. What the operator does is nobody's ten minutes. */
async function enterprise({ address, way, open }: Visit): Promise<Hands> {
  const { page, hands } = await open()
  await signIn({ page, address }, 'enterprise')
  await page.goto(address)
  await hands.read()
  await hands.press('header a[href="/demands/new"]')
  await hands.read()
  await hands.write('#title', `薄板焊接后翘曲变形大，校平费时（${way === 'mouse' ? '一' : '二'}号线）`)
  await hands.press('main form button.large')
  await hands.read()
  await hands.write('#problem', '3 毫米不锈钢薄板对接焊后翘曲 5 毫米以上，人工校平每件半小时。')
  await hands.press('#next button')
  await hands.write('#indicators', '平面度 ≤ 1 mm')
  await hands.press('#next button')
  await hands.press('form[action$="/publication-request"] button')
  const demand = page.url()
  const operator = (await open()).page
  await signIn({ page: operator, address }, 'operator')
  await operator.goto(`${address}/desk/vetting/${new URL(demand).pathname.split('/').at(-1)}`)
  for (const check of ['authenticity', 'secrecy', 'wording']) await operator.check(`input[name="result-${check}"][value=passed]`)
  const granted = operator.waitForEvent('load')
  await operator.click('button[value=grant]')
  await granted
  await page.goto(`${address}/demands/mine`)
  await hands.press(page.locator('.card h2 a').first())
  await hands.read()
  const boxes = page.locator('input[name=with]')
  await hands.tick(boxes.nth(0))
  await hands.tick(boxes.nth(1))
  await hands.press('#compare button')
  await hands.read()
  if ((await page.locator('main thead th').count()) !== 3) throw new Error('two candidates are not compared')
  return hands
}

/** On a phone: what is asked, yes, name and number. */
async function expert({ address, way, open }: Visit): Promise<Hands> {
  const broker = (await open()).page
  await signIn({ page: broker, address }, 'broker')
  await broker.goto(`${address}/demands/mine`)
  await broker.goto(`${address}/demands?sort=newest`)
  const demands = await broker
    .locator('main a[href^="/demands/dem_"]')
    .evaluateAll((links) => links.map((each) => each.getAttribute('href')!))
  let link: string | undefined
  for (const path of new Set(demands)) {
    await broker.goto(address + path)
    const pairings = broker.locator('#experts a[href^="/pairings/"]')
    if ((await pairings.count()) === 0) continue
    await broker.goto(address + (await pairings.nth(way === 'mouse' ? 0 : 1).getAttribute('href')))
    const form = broker.locator('form[action$="/invitation"] button')
    if ((await form.count()) === 0) continue
    const loaded = broker.waitForEvent('load')
    await form.click()
    await loaded
    link = (await broker.locator('a.secret').textContent()) ?? undefined
    if (link !== undefined) break
  }
  if (link === undefined) throw new Error('nobody can be invited')
  const { page, hands } = await open(widths.phone)
  await page.goto(address + new URL(link).pathname)
  await hands.read()
  await hands.write('#name', '贺延春')
  await hands.write('#phone', '13812345678')
  await hands.press('button[value=talk]')
  await hands.read()
  if ((await page.locator('form').count()) !== 0) throw new Error('the answer is not taken')
  return hands
}

/** On a phone, from a page that a search engine shows: somebody who is nobody here yet signs in and says that he wants to know more. */
async function visitor({ address, open, way }: Visit): Promise<Hands> {
  const { page, hands } = await open(widths.phone)
  await page.goto(`${address}/demands`)
  await page.goto(address + (await page.locator('main a[href^="/demands/dem_"]').first().getAttribute('href')))
  await hands.read()
  await hands.press('a[href$="/own"]')
  await hands.write('#phone', way === 'mouse' ? '13712340001' : '13712340002')
  await hands.press('form[action="/sign-in"] button')
  // The demonstration shows what a phone would.
  const code = /\d{6}/.exec((await page.locator('main').textContent())!)![0]
  await hands.write('#code', code)
  await hands.press('main form button')
  if (new URL(page.url()).pathname === '/account/agreement') {
    await hands.read()
    await hands.press('button[value=agree]')
  }
  await hands.write('#name', '闻人朔')
  await hands.tick('#noInstitution')
  await hands.write('#field', '焊接变形控制')
  await hands.tick('#profile')
  await hands.press('main form button.large')
  await hands.write('#note', '做过同类薄板的反变形工装，可以先看现场。')
  await hands.write('#name', '闻人朔')
  await hands.write('#phone', '13712340001')
  await hands.press('form[action$="/interest"] button')
  await hands.read()
  if ((await page.locator('form[action$="/interest/withdrawal"]').count()) !== 1) throw new Error('the interest was not sent')
  return hands
}
