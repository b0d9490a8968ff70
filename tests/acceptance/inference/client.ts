/** Who asks over HTTP, and what he has ever been answered. */
export interface Client {
  send(method: string, path: string, body?: unknown, version?: number): Promise<Answer>
  read<Shape>(path: string): Promise<Shape>
}
export interface Answer {
  status: number
  text: string
}

interface App {
  request(path: string, init?: RequestInit): Response | Promise<Response>
}

/** `seen` is told of every answer with its headers. */
export function clientOf(app: App, secret: string | null, seen?: (path: string, answer: string) => void): Client {
  const send: Client['send'] = async (method, path, body, version) => {
    const headers = {
      ...(secret !== null && { authorization: `Bearer ${secret}` }),
      ...(body !== undefined && { 'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json' }),
      ...(version !== undefined && { 'if-match': `"${version}"` }),
    }
    const response = await app.request(path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
    const text = await response.text()
    seen?.(path, `${response.status} ${JSON.stringify([...response.headers])} ${text}`)
    return { status: response.status, text }
  }
  return {
    send,
    async read(path) {
      const { status, text } = await send('GET', path)
      if (status !== 200) throw new Error(`${path} answered ${status}: ${text.slice(0, 300)}`)
      return JSON.parse(text)
    },
  }
}
