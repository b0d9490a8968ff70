import { type LookupAddress, type LookupAllOptions, lookup as lookupByDns } from 'node:dns'
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import {
  type InternalHosts,
  isInternal,
  type Outgoing,
  OutgoingFailed,
  type OutgoingRequest,
  refusalOf,
  refusalOfAddresses,
} from './outgoing.ts'

/** Finds all addresses of a name. */
export type Resolve = (
  host: string,
  options: LookupAllOptions,
  found: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/** The way out of a server on Node: what a name stands for is looked at when the connection is made, and connected to as it was looked at. */
export function outgoingOfNode({ internal, resolve = lookupByDns }: { internal: InternalHosts; resolve?: Resolve }): Outgoing {
  // Every request makes a connection of its own, which is looked at when it is made.
  const agents = { 'http:': new HttpAgent({ keepAlive: false }), 'https:': new HttpsAgent({ keepAlive: false }) }
  return async (asked) => {
    const refusal = refusalOf(asked.url, internal)
    if (refusal !== null) throw new OutgoingFailed('refused', refusal)
    const url = new URL(asked.url)
    const signal = AbortSignal.timeout(asked.timeoutMs)
    try {
      const answer = await answered(url, asked, signal, lookupOf(url, internal, resolve), agents)
      const mediaType = answer.headers['content-type'] ?? null
      return { status: answer.statusCode ?? 0, mediaType, text: await textOf(answer, url, asked.bytesAtMost) }
    } catch (error) {
      if (error instanceof OutgoingFailed) throw error
      if (signal.aborted) throw new OutgoingFailed('timeout', `${url.host} did not answer within ${asked.timeoutMs} ms`)
      const code = error instanceof Error && 'code' in error ? ` (${error.code})` : ''
      throw new OutgoingFailed('unreachable', `${url.host} cannot be reached${code}`)
    }
  }
}

function answered(
  url: URL,
  { method, headers, body }: OutgoingRequest,
  signal: AbortSignal,
  lookup: LookupFunction,
  agents: { 'http:': HttpAgent; 'https:': HttpsAgent },
): Promise<IncomingMessage> {
  const length = body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  return new Promise((resolve, reject) => {
    const options = { method, headers: { ...headers, ...length }, signal, lookup }
    const request =
      url.protocol === 'https:'
        ? requestHttps(url, { ...options, agent: agents['https:'] })
        : requestHttp(url, { ...options, agent: agents['http:'] })
    request
      .once('response', resolve)
      .once('error', reject)
      .end(body ?? undefined)
  })
}

/** An address in the place of a name is never looked up; `refusalOf` has looked at it. */
function lookupOf(url: URL, internal: InternalHosts, resolve: Resolve): LookupFunction {
  const host = { host: url.host, isNamed: isInternal(url, internal) }
  return (name, options, found) => {
    resolve(name, { ...options, all: true }, (error, addresses) => {
      const refusal =
        error === null
          ? refusalOfAddresses(
              host,
              addresses.map(({ address }) => address),
            )
          : null
      if (error !== null) found(error, [])
      else if (refusal !== null) found(new OutgoingFailed('refused', refusal), [])
      else if (options.all) found(null, addresses)
      else found(null, addresses[0]!.address, addresses[0]!.family)
    })
  }
}

async function textOf(answer: IncomingMessage, url: URL, bytesAtMost: number | null): Promise<string> {
  if (bytesAtMost === null) {
    answer.destroy()
    return ''
  }
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of answer as AsyncIterable<Buffer>) {
    bytes += piece.length
    if (bytes > bytesAtMost) {
      answer.destroy()
      throw new OutgoingFailed('too-large', `${url.host} answered with more than ${bytesAtMost} bytes`)
    }
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}
