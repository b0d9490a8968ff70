import { callerOf } from '../addresses.ts'
import type { AppContext } from './context.ts'

/** Who is at the other end: his part of the address space (null where nothing says), and whether he speaks https. */
export interface Peer {
  address: string | null
  isSecure: boolean
}
export type PeerOf = (c: AppContext) => Peer

/** What shares one place where an address should be and is none. */
const nowhere = 'nowhere'

/** As the request itself says, and no address: for an application that nothing stands before. */
export const peerOfUrl: PeerOf = (c) => ({ address: null, isSecure: new URL(c.req.url).protocol === 'https:' })

/** At the edge, whose own header nobody else can set. */
export const peerAtEdge: PeerOf = (c) => ({
  address: callerOf(c.req.header('cf-connecting-ip') ?? '') ?? nowhere,
  isSecure: new URL(c.req.url).protocol === 'https:',
})

/**
 * Of a connection, or behind so many proxies of the operator's: each adds whom it was asked by to `X-Forwarded-For`, so that the caller
 * stands so many places from the end, and what stands before may be of his own making. Without proxies these headers count for nothing.
 */
export function peerBehind(proxies: number, connection: (c: AppContext) => { address: string | undefined; isSecure: boolean }): PeerOf {
  return (c) => {
    const { address = '', isSecure } = connection(c)
    if (proxies === 0) return { address: callerOf(address) ?? nowhere, isSecure }
    const forwarded = fromEnd(c.req.header('x-forwarded-for'), proxies) ?? address
    const scheme = fromEnd(c.req.header('x-forwarded-proto'), proxies)
    return { address: callerOf(forwarded) ?? nowhere, isSecure: scheme === undefined ? isSecure : scheme.toLowerCase() === 'https' }
  }
}

/** The entry so many places from the end; the first where there are fewer. */
function fromEnd(list: string | undefined, places: number): string | undefined {
  const entries = list?.split(',').map((entry) => entry.trim()) ?? []
  return entries[Math.max(0, entries.length - places)]
}
