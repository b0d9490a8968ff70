import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import type { Env } from './context.ts'
import { type PeerOf, peerAtEdge, peerBehind } from './peer.ts'

async function addressOf(peerOf: PeerOf, headers: Record<string, string> = {}): Promise<string | null> {
  const app = new Hono<Env>().get('/', (c) => c.json(peerOf(c).address))
  return JSON.parse(await (await app.request('/', { headers })).text())
}

describe('the address of a caller', () => {
  const behind = (proxies: number, address = '203.0.113.9') => peerBehind(proxies, () => ({ address, isSecure: false }))

  it('is that of the connection, whatever a header says', async () => {
    expect(await addressOf(behind(0), { 'x-forwarded-for': '198.51.100.1', 'cf-connecting-ip': '198.51.100.2' })).toBe('203.0.113.9')
    expect(await addressOf(behind(0, '::ffff:203.0.113.9'))).toBe('203.0.113.9')
    expect(await addressOf(behind(0, '2001:db8:7:8:9::1'))).toBe('2001:db8:7:8::/64')
  })

  it('behind proxies is what the outermost of them wrote, and nothing that stood there before', async () => {
    const list = { 'x-forwarded-for': '6.6.6.6, 198.51.100.1, 10.0.0.2' }
    expect(await addressOf(behind(1), list)).toBe('10.0.0.2')
    expect(await addressOf(behind(2), list)).toBe('198.51.100.1')
    expect(await addressOf(behind(1), {})).toBe('203.0.113.9')
    expect(await addressOf(behind(3), { 'x-forwarded-for': '198.51.100.1' })).toBe('198.51.100.1')
  })

  it('that is none is one place for all', async () => {
    expect(await addressOf(behind(1), { 'x-forwarded-for': 'unknown' })).toBe('nowhere')
    expect(await addressOf(behind(0, ''))).toBe('nowhere')
    expect(await addressOf(peerAtEdge)).toBe('nowhere')
  })

  it('at the edge is what the edge says', async () => {
    expect(await addressOf(peerAtEdge, { 'cf-connecting-ip': '198.51.100.1', 'x-forwarded-for': '6.6.6.6' })).toBe('198.51.100.1')
  })
})
