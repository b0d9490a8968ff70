import { type InternalHosts, type Outgoing, OutgoingFailed, refusalOf } from './outgoing.ts'

/** The way out at the edge, where names cannot be resolved, and the platform itself lets nobody into private networks. */
export function outgoingAtEdge({ internal }: { internal: InternalHosts }): Outgoing {
  return async ({ url, method, headers, body, timeoutMs, bytesAtMost }) => {
    const refusal = refusalOf(url, internal)
    if (refusal !== null) throw new OutgoingFailed('refused', refusal)
    const { host } = new URL(url)
    const signal = AbortSignal.timeout(timeoutMs)
    try {
      const answer = await fetch(url, { method, headers, body, redirect: 'manual', signal })
      const mediaType = answer.headers.get('content-type')
      return { status: answer.status, mediaType, text: await textOf(answer, host, bytesAtMost) }
    } catch (error) {
      if (error instanceof OutgoingFailed) throw error
      if (signal.aborted) throw new OutgoingFailed('timeout', `${host} did not answer within ${timeoutMs} ms`)
      throw new OutgoingFailed('unreachable', `${host} cannot be reached`)
    }
  }
}

async function textOf(answer: Response, host: string, bytesAtMost: number | null): Promise<string> {
  if (bytesAtMost === null || answer.body === null) {
    await answer.body?.cancel()
    return ''
  }
  const decoder = new TextDecoder()
  let [bytes, text] = [0, '']
  for await (const piece of answer.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += piece.length
    // Leaving the loop cancels the rest.
    if (bytes > bytesAtMost) throw new OutgoingFailed('too-large', `${host} answered with more than ${bytesAtMost} bytes`)
    text += decoder.decode(piece, { stream: true })
  }
  return text + decoder.decode()
}
