/** A browser on one device: keeps cookies, follows nothing by itself, and posts forms as a page of ours would. */
export interface Browser {
  get(path: string, headers?: Record<string, string>): Promise<Sheet>
  post(path: string, form?: Record<string, string> | URLSearchParams, headers?: Record<string, string>): Promise<Sheet>
  /** Asks for JSON in the same session, as a script of our own pages would. */
  ask(method: string, path: string, body?: object): Promise<Sheet>
  /** What stands in the cookie of the session; null where there is none. */
  session(): string | null
  /** A cookie that is kept, as `name=value`, whatever prefix its name has; null where there is none. */
  cookie(name: string): string | null
}
export interface Sheet {
  status: number
  html: string
  location: string
  cookies: string[]
  header(name: string): string | null
}

export const origin = 'http://market.example'

export function openBrowser(fetch: (url: string, request: RequestInit) => Response | Promise<Response>, at = origin): Browser {
  const jar = new Map<string, string>()
  const ask = async (path: string, request: RequestInit, headers: Record<string, string>): Promise<Sheet> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const sent = {
      accept: 'text/html',
      'user-agent': 'Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile',
      ...(cookie && { cookie }),
      ...headers,
    }
    const answer = await fetch(at + path, { redirect: 'manual', ...request, headers: sent })
    const cookies = answer.headers.getSetCookie()
    for (const each of cookies) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(each)!
      if (value === '' || /max-age=0/i.test(each)) jar.delete(name!)
      else jar.set(name!, value!)
    }
    return {
      status: answer.status,
      html: await answer.text(),
      location: answer.headers.get('location') ?? '',
      cookies,
      header: (name) => answer.headers.get(name),
    }
  }
  return {
    get: (path, headers = {}) => ask(path, {}, headers),
    post: (path, form = {}, headers = { origin: at }) => ask(path, { method: 'POST', body: new URLSearchParams(form) }, headers),
    cookie: (wanted) => [...jar].map(([name, value]) => `${name}=${value}`).find((each) => each.startsWith(`${wanted}=`)) ?? null,
    ask: (method, path, body) =>
      ask(
        path,
        { method, ...(body && { body: JSON.stringify(body) }) },
        { accept: 'application/json', origin: at, ...(body && { 'content-type': 'application/json' }) },
      ),
    session: () => [...jar].find(([name]) => name.endsWith('sunmao.session_token'))?.[1] ?? null,
  }
}
