import { connect } from 'node:net'

/** What an attacker knows of the market that he attacks. */
export interface Target {
  address: string
  /** Tokens of two parties who have nothing to do with each other. */
  enterpriseToken: string
  institutionToken: string
  /** A subject of the enterprise's that nobody else may read. */
  draftId: string
  demandId: string
}

/** One attempt; gives the status that it was answered with. */
export type Attack = (target: Target, turn: number) => Promise<number>

const from = (turn: number) => `203.0.113.${1 + (turn % attackers)}`
/** So many addresses attack at once. */
const attackers = 4

async function ask(target: Target, turn: number, path: string, request: RequestInit = {}): Promise<number> {
  const headers = { 'x-forwarded-for': from(turn), accept: 'text/html', ...(request.headers as Record<string, string>) }
  const answer = await fetch(target.address + path, { redirect: 'manual', ...request, headers })
  await answer.arrayBuffer()
  return answer.status
}
const json = (token: string, body: unknown, more: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...more },
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
const form = (target: Target, fields: Record<string, string>, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { origin: target.address, ...headers },
  body: new URLSearchParams(fields),
})
const pick = <Item>(items: readonly Item[], turn: number): Item => items[turn % items.length]!

const sql = [
  "' or 1=1 --",
  "'; drop table demand; --",
  "x') union select secret_hash from token --",
  "%' and 1=(select count(*) from account)--",
]
const html = `"><img src=x onerror=alert(1)><script>alert(2)</script>`
const ups = ['..%2f..%2fpackage.json', '%2e%2e/%2e%2e/etc/passwd', '..\\..\\package.json', 'swagger/..%2f..%2f..%2fetc/passwd']
const hard = [
  'a'.repeat(399),
  '1-'.repeat(199),
  '('.repeat(399),
  ' 至 '.repeat(130),
  '\u0301'.repeat(399),
  '1,'.repeat(199),
  '。'.repeat(399),
]

/** Every attack of the acceptance line, as a load. */
export const attacks: Record<string, Attack> = {
  'SQL in words, parameters and paths': (target, turn) => {
    const attack = encodeURIComponent(pick(sql, turn))
    return ask(
      target,
      turn,
      pick([`/api/search?q=${attack}`, `/api/demands?enterpriseId=${attack}`, `/api/demands/${attack}`, `/search?q=${attack}`], turn),
    )
  },
  'HTML in words and drafts': (target, turn) =>
    turn % 2 === 0
      ? ask(target, turn, `/search?q=${encodeURIComponent(html)}`)
      : ask(target, turn, '/api/demands', json(target.enterpriseToken, { title: html, enterpriseId: 'nobody' })),
  'line breaks for headers': (target, turn) =>
    ask(target, turn, `/language?to=en&back=/${encodeURIComponent('\r\nset-cookie: stolen=1')}`, { headers: { 'x-request-id': 'a b\tc' } }),
  'formulas for spreadsheets': (target, turn) =>
    ask(
      target,
      turn,
      '/api/demands',
      json(target.enterpriseToken, { title: pick(['=1+1', '@SUM(1)', '+1', '-1'], turn), problem: '=cmd|x' }),
    ),
  'paths that climb': (target, turn) =>
    raw(target, `GET /${pick(ups, turn)} HTTP/1.1\r\nhost: here\r\nx-forwarded-for: ${from(turn)}\r\nconnection: close\r\n\r\n`),
  'members that nobody writes': (target, turn) =>
    ask(
      target,
      turn,
      '/api/demands',
      json(target.enterpriseToken, { title: '高压油管接头密封', state: 'published', brokerId: 'me', version: 9 }),
    ),
  'ids of others': (target, turn) =>
    pick(
      [
        () => ask(target, turn, `/api/demands/${target.draftId}`, { headers: { authorization: `Bearer ${target.institutionToken}` } }),
        () => ask(target, turn, `/api/demands/${target.draftId}/withdrawal`, json(target.institutionToken, '{}')),
        () => ask(target, turn, `/demands/${target.draftId}`),
      ],
      turn,
    )(),
  'forms of another site': (target, turn) =>
    ask(
      target,
      turn,
      pick(['/demands/new', '/sign-out', '/sign-in', '/account/password'], turn),
      form(target, { title: 'x' }, { origin: 'https://evil.example' }),
    ),
  'addresses to be led away to': (target, turn) =>
    ask(target, turn, `/language?back=${encodeURIComponent(pick(['//evil.example', 'https://evil.example', '/\\evil.example'], turn))}`),
  'cookies put there before': (target, turn) =>
    ask(target, turn, '/account', { headers: { cookie: `sunmao.session_token=${'a'.repeat(32)}.${'b'.repeat(43)}%3D; lang=${turn}` } }),
  'links and codes used again': (target, turn) =>
    pick(
      [
        () => ask(target, turn, `/set-up/sml_${'5c'.repeat(20)}`, form(target, { phone: '13800138000' })),
        () => ask(target, turn, `/sign-in/cod_${'a'.repeat(20)}`, form(target, { code: '123456' })),
      ],
      turn,
    )(),
  'codes guessed': async (target, turn) => {
    const asked = await fetch(`${target.address}/sign-in`, {
      redirect: 'manual',
      ...form(target, { phone: `1390000${String(turn % 10_000).padStart(4, '0')}` }, { 'x-forwarded-for': from(turn) }),
    })
    await asked.arrayBuffer()
    const path = asked.headers.get('location')?.split('?')[0]
    return path === undefined ? asked.status : ask(target, turn, path, form(target, { code: String(100_000 + turn) }))
  },
  'passwords sprayed': (target, turn) =>
    ask(target, turn, '/sign-in/password', form(target, { email: `someone-${turn}@example.com`, password: 'Zhongli-2026-Spring' })),
  'slow bodies': (target, turn) =>
    raw(
      target,
      `POST /api/demands HTTP/1.1\r\nhost: here\r\nx-forwarded-for: ${from(turn)}\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n{`,
      { dripMs: 100, forMs: 1_500 },
    ),
  'bodies that are too large': (target, turn) =>
    ask(target, turn, '/api/demands', json(target.enterpriseToken, `{"title":"${'x'.repeat(2_000_000)}"}`)),
  'texts that are hard to read': (target, turn) => {
    const text = encodeURIComponent(pick(hard, turn))
    return pick(
      [
        () => ask(target, turn, `/api/search?q=${text}`),
        () => ask(target, turn, `/search?q=${text}`),
        () =>
          ask(
            target,
            turn,
            '/api/demands',
            json(target.enterpriseToken, {
              title: '高压油管',
              indicators: Array(40).fill({ text: pick(hard, turn).slice(0, 300), need: 'x' }),
            }),
          ),
      ],
      turn,
    )()
  },
  prototypes: (target, turn) =>
    ask(
      target,
      turn,
      '/api/demands',
      json(target.enterpriseToken, '{"title":"高压油管接头","__proto__":{"isAnonymous":true},"constructor":{"prototype":{"x":1}}}'),
    ),
  'many searches at once': (target, turn) => ask(target, turn, `/api/search?q=${encodeURIComponent(`焊接变形 ${turn}`)}&kind=offering`),
}

/** Says as much as it is let say on a connection of its own; 0 where it is ended without an answer. */
function raw(target: Target, text: string, slow: { dripMs: number; forMs: number } | null = null): Promise<number> {
  const { hostname, port } = new URL(target.address)
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(text))
    const dripping = slow && setInterval(() => socket.write(' '), slow.dripMs)
    const ending = slow && setTimeout(() => socket.destroy(), slow.forMs)
    socket.setEncoding('utf8').on('data', (part) => {
      answer += part
    })
    socket
      .on('error', () => {})
      .on('close', () => {
        if (dripping) clearInterval(dripping)
        if (ending) clearTimeout(ending)
        resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0))
      })
  })
}
