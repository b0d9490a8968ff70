import { createToken } from '../../../src/accounts/actions.ts'
import { createApp } from '../../../src/app.tsx'
import { defaultLimits, type Limits } from '../../../src/platform/limits/limits.ts'
import { memoryDatabase, testPorts } from '../../worlds.ts'
import { cityOf, type Firm, type Pick, postingDays } from './city.ts'
import { type Client, clientOf } from './client.ts'
import { type Publishing, publishPatiently } from './planting.ts'
import { devices, type Group, groups, type Planted, writeDemand } from './writing.ts'

/** A demand that was posted, and what became of it. */
export interface Hidden extends Planted {
  id: string
  ownerId: string
  publishing: Publishing
}

export interface Story {
  firms: Firm[]
  ids: Map<Firm, string>
  hidden: Hidden[]
  /** Somebody outside; `secret` is the key of a firm that is registered and has nothing to do with it. */
  outsider(secret: string | null, seen: (path: string, answer: string) => void): Client
  stranger: string
}

interface Event {
  day: number
  run(): Promise<void>
}

/**
 * The market's days: enterprises register, post what they hide and, some of them the same day, what they do not; each morning the
 * operator publishes what has come.
 */
export async function tell(firmCount: number, demandCount: number, pick: Pick): Promise<Story> {
  const { next, from } = pick
  let at = Date.parse('2025-09-01T01:00:00.000Z')
  const ports = testPorts(await memoryDatabase(), {
    now: () => {
      at += 1000
      return new Date(at).toISOString()
    },
    limits: Object.fromEntries(Object.keys(defaultLimits).map((name) => [name, null])) as Limits,
    embedder: null,
  })
  const app = createApp(ports)
  const keyOf = async (role: 'operator' | 'enterprise', subjectId: string | null) =>
    (await createToken(ports, 'the test', { role, subjectId, days: 3650 })).secret
  const operator = clientOf(app, await keyOf('operator', null))
  const brokers = await Promise.all(
    ['鲁经理', '沈经理', '铁经理'].map((name) => posted<{ id: string }>(operator, '/api/brokers', { name })),
  )

  const firms = cityOf(firmCount, pick)
  const ids = new Map<Firm, string>()
  const owners = new Map<Firm, Client>()
  const ownerOf = async (firm: Firm) => {
    const known = owners.get(firm) ?? clientOf(app, await keyOf('enterprise', ids.get(firm)!))
    owners.set(firm, known)
    return known
  }
  const hidden: Hidden[] = []
  let waiting: (() => Promise<void>)[] = []

  const hide = async (firm: Firm, group: Group, number: number, device: string | null) => {
    const owner = await ownerOf(firm)
    const planted = writeDemand(firm, group, number, device, pick)
    const { id } = await posted<{ id: string }>(owner, '/api/demands', planted.draft)
    await posted(owner, `/api/demands/${id}/publication-request`)
    if (next() < 0.4)
      await posted(operator, `/api/demands/${id}/assignment`, { brokerId: brokers[firms.indexOf(firm) % brokers.length]!.id })
    waiting.push(
      async () => void hidden.push({ ...planted, id, ownerId: ids.get(firm)!, publishing: await publishPatiently(operator, owner, id) }),
    )
  }
  const show = async (firm: Firm, what: 'demand' | 'offering') => {
    const owner = await ownerOf(firm)
    const { draft } = writeDemand(firm, 'anonymous', 0, null, pick)
    const { title, teaser, problem, keywords, region, classification } = draft
    const listing = { title, teaser, keywords, region, classification }
    const path = what === 'demand' ? '/api/demands' : '/api/offerings'
    const body =
      what === 'demand'
        ? { ...listing, problem }
        : { ...listing, kind: 'result', title: `${from(firm.goods)}${from(firm.trade.processes)}技术`, problemSolved: problem }
    const { id } = await posted<{ id: string }>(owner, path, body)
    await posted(owner, `${path}/${id}/publication-request`)
    waiting.push(() =>
      posted(operator, `${path}/${id}/publication`, {
        checks: ['authenticity', 'secrecy', 'wording'].map((check) => ({ check, result: 'passed', reason: null })),
      }),
    )
  }

  const events: Event[] = firms.map((firm) => ({
    day: firm.day,
    run: async () => void ids.set(firm, (await posted<{ id: string }>(operator, '/api/enterprises', firm.draft)).id),
  }))
  const [singletons, others] = [firms.filter(({ isSingleton }) => isSingleton), firms.filter(({ isSingleton }) => !isSingleton)]
  for (let number = 0; number < demandCount; number++) {
    for (const group of groups) {
      const day = Math.floor(next() * postingDays)
      const there = (next() < 0.25 ? singletons : others).filter((firm) => firm.day <= day)
      const fresh = there.filter((firm) => firm.day > day - 3)
      const firm = from(fresh.length > 0 && next() < 0.25 ? fresh : there.length > 0 ? there : others.filter((each) => each.day < 0))
      const device = next() < 0.4 ? from(Object.keys(devices)) : null
      events.push({ day, run: () => hide(firm, group, 2 * number + groups.indexOf(group), device) })
      if (next() < 0.15) events.push({ day, run: () => show(firm, from(['demand', 'offering'] as const)) })
    }
  }
  for (const firm of firms) {
    if (next() < 0.25) events.push({ day: Math.max(firm.day, Math.floor(next() * postingDays)), run: () => show(firm, 'demand') })
    if (next() < 0.2) events.push({ day: Math.max(firm.day, Math.floor(next() * postingDays)), run: () => show(firm, 'offering') })
  }
  for (const [day, ofDay] of [...Map.groupBy(events, (event) => event.day)].sort(([a], [b]) => a - b)) {
    at = Math.max(at, Date.parse('2026-09-01T01:00:00.000Z') + day * 86_400_000)
    const come = waiting
    waiting = []
    for (const publish of come) await publish()
    for (const event of ofDay) await event.run()
  }
  at += 86_400_000
  for (const publish of waiting) await publish()
  const stranger = await posted<{ id: string }>(operator, '/api/enterprises', { name: '北塬贸易有限公司' })
  return { firms, ids, hidden, stranger: await keyOf('enterprise', stranger.id), outsider: (secret, seen) => clientOf(app, secret, seen) }
}

async function posted<Shape>(client: Client, path: string, body?: unknown): Promise<Shape> {
  const { status, text } = await client.send('POST', path, body)
  if (status >= 300) throw new Error(`${path} answered ${status}: ${text.slice(0, 400)}`)
  return JSON.parse(text) as Shape
}
