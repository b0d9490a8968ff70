import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actingAs } from '../../src/accounts/actor.ts'
import { draftDemand, publishDemand, requestDemandPublication } from '../../src/demands/actions.ts'
import { enterpriseActions } from '../../src/directory/actions.ts'
import { type Server, serveMarket } from '../../src/main-node.ts'
import { openMarket } from '../../src/open-market.ts'
import { configFrom } from '../../src/platform/config.ts'
import { welding } from '../journeys/fixtures.ts'
import { checks } from '../journeys/market.ts'
import { faultsOf, launchBrowser, listenTo, widths } from './sight.ts'

/** How pages look as they were chosen to look: light and dark, in standard and larger text. */

let server: Server
let browser: Browser
let demandId: string
beforeAll(async () => {
  const config = configFrom({ SUNMAO_DATABASE: ':memory:', SUNMAO_EMBEDDING: 'off', SUNMAO_PORT: '0' })
  const market = await openMarket(config)
  server = await serveMarket(market, config)
  const operator = actingAs('operator', 'tok_operator')
  const { id } = await enterpriseActions.register(market.ports, operator, { name: '砺州众砺重型机械制造有限责任公司' })
  demandId = (await draftDemand(market.ports, operator, { ...welding, enterpriseId: id })).id
  await requestDemandPublication(market.ports, operator, demandId)
  await publishDemand(market.ports, operator, demandId, checks)
  browser = await launchBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const paths = ['/', '/demands', '/demands/new', '/search?q=箱形梁', '/design']
/** Each language meets each theme and each size. */
const looks = [
  ['light', 'standard', 'en'],
  ['light', 'large', 'zh-CN'],
  ['dark', 'standard', 'zh-CN'],
  ['dark', 'large', 'en'],
] as const

describe('pages', () => {
  it.each(looks)('%s, %s text, in %s: readable, reachable, and within the screen', async (theme, size, locale) => {
    const width = locale === 'en' ? widths.desk : widths.phone
    const context = await browser.newContext({ viewport: { width, height: 844 }, locale })
    try {
      const page = await context.newPage()
      const said = listenTo(page)
      await page.goto(`${server.address}/display?theme=${theme}`)
      await page.goto(`${server.address}/display?size=${size}`)
      const faults: string[] = []
      for (const path of [...paths, `/demands/${demandId}`]) {
        await page.setViewportSize({ width, height: 844 })
        await page.goto(server.address + path)
        faults.push(...(await faultsOf(page)).map((fault) => `${path}: ${fault}`))
      }
      expect([...faults, ...said]).toEqual([])
      const seen = await page.evaluate<{ ground: string; text: string }>(
        `({ ground: getComputedStyle(document.body).backgroundColor, text: getComputedStyle(document.body).fontSize })`,
      )
      expect(seen).toEqual({
        ground: theme === 'dark' ? 'rgb(18, 23, 26)' : 'rgb(245, 246, 247)',
        text: size === 'large' ? '20px' : '16px',
      })
    } finally {
      await context.close()
    }
  })
})

it.each(['zh-CN', 'en'])('in %s the head takes two lines on a phone and one on a desk, and its menu opens by keyboard', async (locale) => {
  const context = await browser.newContext({ viewport: { width: widths.phone, height: 844 }, locale })
  try {
    const page = await context.newPage()
    await page.goto(`${server.address}/demands`)
    const height = async () => (await page.locator('.top > .wide').boundingBox())!.height
    expect(await height()).toBeLessThan(110)
    const menu = page.locator('.menu > div')
    expect(await menu.isVisible()).toBe(false)
    await page.locator('.menu > summary').focus()
    await page.keyboard.press('Enter')
    expect(await menu.isVisible()).toBe(true)
    expect(await faultsOf(page)).toEqual([])
    await page.setViewportSize({ width: widths.desk, height: 844 })
    expect(await height()).toBeLessThan(60)
  } finally {
    await context.close()
  }
})

it('dark is the same whether it is set on the device or chosen here', () => {
  const css = readFileSync('public/app.css', 'utf8')
  const tokens = (selector: string) =>
    css
      .slice(css.indexOf(selector))
      .split('}')[0]!
      .match(/--[\w-]+: [^;]+/g)!
  expect(tokens(':root[data-theme="dark"]')).toEqual(tokens(':root:not([data-theme="light"])'))
})

it('paper is light, whatever was chosen', async () => {
  const context = await browser.newContext({ colorScheme: 'dark' })
  try {
    const page = await context.newPage()
    await page.goto(`${server.address}/display?theme=dark&back=/demands`)
    await page.emulateMedia({ media: 'print' })
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)')
  } finally {
    await context.close()
  }
})
