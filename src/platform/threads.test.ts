import { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connect } from './threads.ts'

interface Smithy {
  weld(metal: string): Promise<string>
  refuse(name: string): Promise<never>
  wait(): Promise<never>
  die(): Promise<never>
  unanswerable(): Promise<unknown>
}

const inside = `
  import { serve } from ${JSON.stringify(new URL('./threads.ts', import.meta.url).href)}
  serve({
    weld: async (metal) => metal + '焊缝',
    refuse(name) { throw Object.assign(new RangeError('太厚', { cause: 'thickness' }), { name, facts: { most: 3 } }) },
    wait: () => new Promise(() => {}),
    die() { setImmediate(() => { throw new Error('炉子炸了') }); return new Promise(() => {}) },
    unanswerable: () => () => {},
  })`

describe('a thread', () => {
  let smithy: Smithy & { close(): Promise<void> }
  beforeEach(() => {
    smithy = connect<Smithy>(new Worker(new URL(`data:text/javascript,${encodeURIComponent(inside)}`)))
  })
  afterEach(() => smithy.close())

  it('answers calls, each with its own result', async () => {
    expect(await Promise.all(['钛', '镍', '铝'].map((metal) => smithy.weld(metal)))).toEqual(['钛焊缝', '镍焊缝', '铝焊缝'])
  })
  it('hands back an error whole', async () => {
    const error = await smithy.refuse('RangeError').catch((error) => error)
    expect(error).toBeInstanceOf(RangeError)
    expect(error).toMatchObject({ message: '太厚', cause: 'thickness', facts: { most: 3 } })
    expect(error.stack).toContain('refuse')
    await expect(smithy.refuse('Problem')).rejects.toMatchObject({ name: 'Problem', message: '太厚', facts: { most: 3 } })
  })
  it('rejects a call that it does not know, or whose arguments or result cannot be sent', async () => {
    // A caller with other types than the thread's.
    const stranger = smithy as unknown as Record<string, (argument?: unknown) => Promise<unknown>>
    await expect(stranger.forge!()).rejects.toThrow('no method forge')
    await expect(stranger.toString!()).rejects.toThrow('no method toString')
    await expect(stranger.weld!(() => {})).rejects.toThrow('could not be cloned')
    await expect(smithy.unanswerable()).rejects.toThrow('could not be cloned')
    expect(await smithy.weld('钛')).toBe('钛焊缝')
  })
  it('rejects what is pending and every later call when it dies', async () => {
    const waiting = expect(smithy.wait()).rejects.toThrow('The thread died: 炉子炸了')
    await expect(smithy.die()).rejects.toThrow('The thread died: 炉子炸了')
    await waiting
    await expect(smithy.weld('钛')).rejects.toThrow('The thread died: 炉子炸了')
  })
  it('can be given back by an async function', async () => {
    const given = await (async () => smithy)()
    expect(await given.weld('钛')).toBe('钛焊缝')
  })
})
