import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { commandLine } from '../../src/accounts/actor.ts'
import { publishDemand, requestDemandPublication } from '../../src/demands/actions.ts'
import { serveMarket } from '../../src/main-node.ts'
import { catchUp } from '../../src/matching/catch-up.ts'
import { openMarket } from '../../src/open-market.ts'
import { configFrom } from '../../src/platform/config.ts'
import { fill } from '../bench/core.ts'
import { checks } from '../journeys/market.ts'
import { onDemo } from './demo-served.ts'
import type { Outcome } from './lines.ts'
import { kindOf, walk, walkAs } from './walk.ts'

/** What a page may cost on a slow phone: bytes without pictures, bytes of scripts as sent, milliseconds, and the share of the screen that moves. */
const most = { kilobytes: 60, scriptKilobytes: 15, thirdParty: 0, lcpMs: 1_000, tbtMs: 100, cls: 0.02 }
/** A phone four times slower than this machine, on 1.6 Mbit/s with 150 ms there and back. */
const phone = { slower: 4, bytesPerSecond: 1_600_000 / 8, latencyMs: 150 }
/** What a server with twenty thousand listings may take for all but one in twenty. */
const listings = 20_000
const p95Ms = 50

type Cost = Record<keyof typeof most, number>

/** Kinds of pages that anybody may open, at most. */
const kindsAtMost = 80

/** Every kind of page that anybody may open: what it costs on a slow phone, and how long a full market takes to answer it. */
export async function pageCosts(scale: number): Promise<Outcome> {
  const figures: Outcome['figures'] = {}
  const onPhone = await onDemo(async (address, browser) => {
    let passed = true
    for (const path of await publicPages(browser, address, Math.max(4, Math.round(kindsAtMost * scale)))) {
      const cost = middle([
        await costOf(browser, address + path),
        await costOf(browser, address + path),
        await costOf(browser, address + path),
      ])
      const told = Object.entries(cost).map(([what, value]) => `${what} ${value}`)
      figures[kindOf(path)] = told.join(', ')
      // How long a page takes is judged on a quiet machine, at full size.
      const judged = (Object.keys(most) as (keyof Cost)[]).filter((what) => scale >= 1 || !what.endsWith('Ms'))
      passed &&= judged.every((what) => cost[what] <= most[what])
    }
    return { passed, figures }
  })
  const server = await answering(Math.max(200, Math.round(listings * scale)))
  // A small market says nothing of a large one.
  return { passed: onPhone.passed && (scale < 1 || server.passed), figures: { ...figures, ...server.figures } }
}

/** One page of each kind to which links lead somebody who has not signed in. */
async function publicPages(browser: Browser, address: string, atMost: number): Promise<string[]> {
  const paths: string[] = []
  const look = async ({ path }: { path: string }) => void paths.push(path)
  await walkAs(browser, address, { role: null, locale: 'zh-CN' }, (walker) => walk(walker, { most: atMost, ofKind: 1, look }))
  return paths
}

/** Each figure's median over three visits: what a machine does beside a page is not the page's. */
const middle = (visits: readonly Cost[]): Cost => {
  const of = (what: keyof Cost) => visits.map((visit) => visit[what]).toSorted((a, b) => a - b)[1]!
  return Object.fromEntries((Object.keys(most) as (keyof Cost)[]).map((what) => [what, of(what)])) as Cost
}

const visiting = { accept: 'text/html', 'accept-language': 'zh-CN' }

/** A page as a phone opens it that has never been here. */
async function costOf(browser: Browser, url: string): Promise<Cost> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' })
  try {
    const page = await context.newPage()
    const cdp = await context.newCDPSession(page)
    const sent = await slowed(cdp, new URL(url).host)
    await page.addInitScript(watching)
    await page.goto(url, { waitUntil: 'load', timeout: 60_000 })
    await page.waitForTimeout(1_000)
    return { ...sent(), ...(await seen(page)) }
  } finally {
    await context.close()
  }
}

async function slowed(cdp: CDPSession, host: string): Promise<() => Pick<Cost, 'kilobytes' | 'scriptKilobytes' | 'thirdParty'>> {
  const kinds = new Map<string, string>()
  const totals = { all: 0, scripts: 0, thirdParty: 0 }
  cdp.on('Network.responseReceived', ({ requestId, type, response }) => {
    kinds.set(requestId, type)
    if (/^https?:/.test(response.url) && new URL(response.url).host !== host) totals.thirdParty++
  })
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (kinds.get(requestId) !== 'Image') totals.all += encodedDataLength
    if (kinds.get(requestId) === 'Script') totals.scripts += encodedDataLength
  })
  await cdp.send('Network.enable')
  const { bytesPerSecond, latencyMs, slower } = phone
  const speed = { downloadThroughput: bytesPerSecond, uploadThroughput: bytesPerSecond, latency: latencyMs }
  await cdp.send('Network.emulateNetworkConditions', { offline: false, ...speed })
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slower })
  const kilo = (bytes: number) => Math.round(bytes / 100) / 10
  return () => ({ kilobytes: kilo(totals.all), scriptKilobytes: kilo(totals.scripts), thirdParty: totals.thirdParty })
}

/** Runs in the page, before anything else does. */
const watching = `
  window.watched = { lcpMs: 0, tbtMs: 0, cls: 0 }
  const watch = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true })
  watch('largest-contentful-paint', (entry) => { watched.lcpMs = entry.startTime })
  watch('layout-shift', (entry) => { if (!entry.hadRecentInput) watched.cls += entry.value })
  // What keeps somebody waiting who sees something already.
  let painted = Infinity
  const tasks = []
  const reckon = () => {
    const after = tasks.map(({ startTime, duration }) => startTime + duration - Math.max(startTime, painted))
    watched.tbtMs = after.reduce((sum, each) => sum + Math.max(0, each - 50), 0)
  }
  watch('longtask', (entry) => { tasks.push(entry); reckon() })
  watch('paint', (entry) => { if (entry.name === 'first-contentful-paint') { painted = entry.startTime; reckon() } })
`
async function seen(page: Page): Promise<Pick<Cost, 'lcpMs' | 'tbtMs' | 'cls'>> {
  const { lcpMs, tbtMs, cls } = await page.evaluate<Pick<Cost, 'lcpMs' | 'tbtMs' | 'cls'>>('watched')
  return { lcpMs: Math.round(lcpMs), tbtMs: Math.round(tbtMs), cls: Math.round(cls * 1000) / 1000 }
}

/** How long a market of so many results takes for its pages, one after another. */
async function answering(count: number): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'sunmao-pages-'))
  const environment = { SUNMAO_DATABASE: join(folder, 'bench.db'), SUNMAO_PORT: '0', SUNMAO_LIMITS: 'off' }
  const config = { ...configFrom(environment), embedding: { kind: 'hashing' as const } }
  try {
    const { ids } = await fill(config, count)
    const market = await openMarket(config)
    const server = await serveMarket(market, config)
    try {
      const published = ids.slice(0, 20).map(({ plain }) => plain)
      for (const id of published) {
        await requestDemandPublication(market.ports, commandLine, id)
        await publishDemand(market.ports, commandLine, id, checks)
      }
      await catchUp(market.ports)
      const paths: Record<string, (at: number) => string> = {
        home: () => '/',
        offerings: () => '/offerings',
        search: (at) => `/offerings?q=${encodeURIComponent(ids[at % ids.length]!.title)}`,
        demands: () => '/demands',
        demand: (at) => `/demands/${published[at % published.length]}`,
        matches: (at) => `/demands/${published[at % published.length]}/matches`,
      }
      const figures: Outcome['figures'] = {}
      let passed = true
      for (const [name, path] of Object.entries(paths)) {
        const times: number[] = []
        for (let at = 0; at < 120; at++) {
          const started = performance.now()
          const answer = await fetch(server.address + path(at), { headers: visiting })
          await answer.text()
          // The first ones make what all others use.
          if (at >= 20) times.push(performance.now() - started)
          if (!answer.ok) throw new Error(`${path(at)}: ${answer.status}`)
        }
        const p95 = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)]!
        figures[`${count} results, ${name}: p95, ms`] = p95.toFixed(1)
        passed &&= p95 <= p95Ms
      }
      return { passed, figures }
    } finally {
      await server.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
