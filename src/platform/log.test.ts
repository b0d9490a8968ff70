import { afterEach, describe, expect, it, vi } from 'vitest'
import { log } from './log.ts'

const secret = 'a'.repeat(40)

describe('a line of the log', () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })
  function logged(facts: Record<string, unknown>): Record<string, unknown> {
    const lines: string[] = []
    vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line))
    log('error', 'bug', facts)
    vi.restoreAllMocks()
    return JSON.parse(lines[0]!)
  }

  it.each([
    [`/set-up/sml_${secret}`, '/set-up/sml_…'],
    [`authorization: Bearer smt_${secret}`, 'authorization: Bearer …'],
    ['Basic b3BlcmF0b3I6c2VjcmV0', 'Basic …'],
    ['cookie __Host-sunmao.session_token=abc.def%3D; lang=en', 'cookie __Host-sunmao.session_token=…; lang=en'],
    ['/sign-in/cod_abc?back=/&code=073512', '/sign-in/cod_abc?…'],
    ['GET http://127.0.0.1/search?q=压铸 failed', 'GET http://127.0.0.1/search?… failed'],
    ['Key (email)=(luo@zhongli.example) already exists', 'Key (email)=(…@…) already exists'],
    ['+8613800138000 and 13900139000', '1********** and 1**********'],
    ['otpauth://totp/Sunmao:x?secret=ABC', 'otpauth:…'],
  ])('does not tell %s', (written, told) => {
    expect(logged({ error: written, deep: { cause: [written] } })).toMatchObject({ error: told, deep: { cause: [told] } })
  })

  it('tells ids, instants, paths and places in the code', () => {
    const facts = {
      requestId: '4a030df6-2382-43cd-bc29-dd60bd332b8a',
      path: '/api/demands/dem_aaaaaaaaaaaaaaaaaaaa',
      at: '2026-11-22T01:00:00.000Z',
      stack: 'Error: no\n    at file:///app/node_modules/@hono/node-server/dist/index.mjs:1:13800',
      count: 1732237200000,
    }
    expect(logged(facts)).toMatchObject(facts)
  })
})
