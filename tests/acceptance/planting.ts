import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeIn } from '../../src/platform/codes/codes.ts'
import { aDocx, aPng } from '../documents.ts'
import { type Browser, openBrowser } from '../journeys/browser.ts'
import type { FileMarket } from './erased-people.ts'
import type { Planted } from './planted-people.ts'

/** Where the planted people stand, and how they can be erased. */
export interface PlantedMarket {
  figures: Record<string, string | number>
  /** By person: an id by which the operator erases him. */
  ids: Map<Planted, string>
  /** Those who do it themselves. */
  browsers: Map<Planted, Browser>
}

const password = '竹林 里 的 风 与 月亮'
const region = codeIn('region', '990102')

/** Brings everybody in by one of the doors, and uses what is known of them: searches, matches, pages, exports, refusals. */
export async function plant(address: string, market: FileMarket, people: readonly Planted[]): Promise<PlantedMarket> {
  const ask = operatorAt(address, market)
  const planted: PlantedMarket = { figures: {}, ids: new Map(), browsers: new Map() }
  const responsible = { name: '砺州市科技局', nameEn: null, address: null, contact: '0990-12345678' }
  await ask('PATCH', '/api/privacy', { responsible }, 0)
  const { id: enterpriseId } = await ask('POST', '/api/enterprises', { name: '众砺重工有限公司' })
  const { id: institutionId } = await ask('POST', '/api/institutions', { name: '砺州理工大学', kind: 'university' })
  const asking = { title: '箱形梁焊接变形控制', problem: '箱形梁焊后旁弯超过8毫米。', enterpriseId }
  const { id: demandId } = await ask('POST', '/api/demands', asking)

  const imported = people.filter(({ way }) => way === 'imported')
  await importPeople(market, imported)
  for (const person of people) {
    const { name, nameEn, phone, email, orcid, words, way } = person
    if (way === 'imported') continue
    const browser = await signIn(address, market, person)
    planted.browsers.set(person, browser)
    const contact = { name, phone: `${phone.slice(0, 3)}-${phone.slice(3, 7)}-${phone.slice(7)}`, email: null }
    const others = { name: '罗采薇', phone: '0990-6610233', email: null }
    const demand = await ask('POST', '/api/demands', { ...asking, technicalContact: contact, businessContact: others, keywords: ['焊接'] })
    await ask('PATCH', `/api/demands/${demand.id}`, { businessContact: { name, phone, email } }, 1)
    await ask('POST', `/api/demands/${demand.id}/confirmation`, { how: 'phone', by: name })
    await attach(address, market, demand.id, person)
    if (way === 'contact') await ask('POST', '/api/members/invitations', { phone, email: null, rank: 'viewer' })
    const profile = {
      name,
      nameEn,
      orcid,
      source: 'institution',
      field: '焊接变形',
      region,
      affiliations: [{ institutionId, department: words.origin, post: null }],
      summary: `${words.summary}，控制焊接变形。`,
      methods: [words.method],
    }
    const expert = await ask('POST', '/api/experts', profile)
    await ask('POST', `/api/experts/${expert.id}/evidence`, { kind: 'paper', title: `焊接变形 ${words.work}`, abstract: words.abstract })
    await ask('PATCH', `/api/experts/${expert.id}`, { keywords: [words.method, '焊接变形'] }, 1)
    const claim = { note: words.note, profile: 'yes', ...(person.index % 2 === 0 && { proposal: 'yes' }) }
    await expectStatus(browser.post(`/claims/new/${expert.id}`, claim), 303)
    const { items } = await ask('GET', `/api/claims?subjectId=${expert.id}`)
    await ask('POST', `/api/claims/${items[0]!.id}/decision`, { verdict: 'grant', reason: null })
    planted.ids.set(person, expert.id)
  }
  const all = await everyExpert(ask)
  for (const person of imported) planted.ids.set(person, all.find(({ name }) => name === person.name)!.id)
  await use(address, ask, people, planted, demandId)
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  planted.figures = {
    ...Object.fromEntries(Object.entries(Object.groupBy(people, ({ way }) => way)).map(([way, some]) => [`of them ${way}`, some!.length])),
  }
  return planted
}

/** A list that is plain text, a document of Word, and one that is called after the person. */
async function attach(address: string, { operatorToken }: FileMarket, demandId: string, { name, phone, email, words }: Planted) {
  const documents = {
    '联系人.csv': Buffer.from(`姓名,电话,邮箱,备注\n${name},${phone},${email},${words.note}\n`),
    '工况说明.docx': aDocx([{ name: 'word/footer1.xml', content: `<w:p><w:r><w:t>${name} ${words.document}</w:t></w:r></w:p>` }]),
    [`${name}的说明.png`]: aPng(),
  }
  for (const [called, bytes] of Object.entries(documents)) {
    const path = `/api/demands/${demandId}/attachments?${new URLSearchParams({ name: called, group: 'detail' })}`
    const headers = { authorization: `Bearer ${operatorToken}`, 'content-type': 'application/octet-stream' }
    const answer = await fetch(address + path, { method: 'POST', headers, body: new Uint8Array(bytes) })
    if (answer.status !== 201) throw new Error(`a document was answered with ${answer.status}: ${await answer.text()}`)
  }
}

async function use(
  address: string,
  ask: Ask,
  people: readonly Planted[],
  { ids, browsers }: PlantedMarket,
  demandId: string,
): Promise<void> {
  await ask('GET', `/api/demands/${demandId}/matches?kind=expert&limit=50`)
  for (const person of people) {
    const { name, phone, words } = person
    await ask('GET', `/api/search?kind=expert&q=${encodeURIComponent(name)}`)
    await ask('GET', `/api/experts/${ids.get(person)}/matches`)
    const own = browsers.get(person)
    if (own === undefined) continue
    for (const path of [
      '/account',
      '/account/data',
      '/account/data/export',
      `/experts/${ids.get(person)}`,
      `/search?q=${encodeURIComponent(words.work)}`,
    ])
      await expectStatus(own.get(path), 200)
    // What is refused may not be written down anywhere either.
    const again = await openBrowser((url, request) => fetch(url, request), address).post('/sign-in', { phone: `${phone}5` })
    if (again.status !== 422) throw new Error(`a wrong number was answered with ${again.status}`)
  }
}

/** Some erase themselves, the others the operator erases, over HTTP and at the command line. */
export async function eraseAll(address: string, market: FileMarket, { ids, browsers, figures }: PlantedMarket): Promise<void> {
  const ask = operatorAt(address, market)
  const counts = { 'erased by themselves': 0, 'erased by the operator over HTTP': 0, 'erased at the command line': 0 }
  for (const [person, id] of ids) {
    const own = browsers.get(person)
    if (own !== undefined && person.way === 'signs-in') {
      // The address of the server is another one since it was started again: the cookie is the same.
      const again = browserAt(address, own)
      await expectStatus(again.post('/account/data/erasure', { password, confirmed: 'yes' }), 200)
      counts['erased by themselves']++
    } else if (counts['erased at the command line'] < Math.min(3, ids.size / 20)) {
      const { code, stderr } = await market.cli('person', 'erase', id, '--reason', 'request')
      if (code !== 0) throw new Error(stderr)
      counts['erased at the command line']++
    } else {
      await ask('POST', `/api/persons/${id}/erasure`, { reason: person.way === 'imported' ? 'objection' : 'request' })
      counts['erased by the operator over HTTP']++
    }
  }
  Object.assign(figures, counts)
}

type Ask = ReturnType<typeof operatorAt>

/** What of the market's answers is needed here. */
interface Told {
  id: string
  name: string
  items: Told[]
  next: string | null
}

let keys = 0
function operatorAt(address: string, { operatorToken }: FileMarket) {
  return async (method: string, path: string, body?: object, version?: number): Promise<Told> => {
    const answer = await fetch(address + path, {
      method,
      headers: {
        authorization: `Bearer ${operatorToken}`,
        ...(body && { 'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json' }),
        ...(version !== undefined && { 'if-match': `"${version}"` }),
        // Answers are kept for whoever asks again.
        ...(method === 'POST' && { 'idempotency-key': `planting-${++keys}` }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text.slice(0, 300)}`)
    // An answer has what the API describes, of which this names what it needs.
    return JSON.parse(text) as Told
  }
}

async function signIn(address: string, market: FileMarket, { phone, email }: Planted): Promise<Browser> {
  const browser = openBrowser((url, request) => fetch(url, request), address)
  const asked = await expectStatus(browser.post('/sign-in', { phone }), 303)
  const path = asked.location.split('?')[0]!
  await expectStatus(browser.post(path, { code: '000000' }), 422)
  await expectStatus(browser.post(path, { code: sentTo(market.outbox, `+86${phone}`).code! }), 303)
  await expectStatus(browser.post('/account/agreement', { decision: 'agree', back: '/account' }), 303)
  await expectStatus(browser.post('/account/password', { email, password }), 200)
  // Opened by hand: nobody listens where the link says, since the port is whichever was free.
  const { pathname } = new URL(sentTo(market.outbox, email).link!)
  await expectStatus(browser.post(pathname), 200)
  return browser
}

function browserAt(address: string, own: Browser): Browser {
  const cookie = `sunmao.session_token=${own.session()}`
  return openBrowser((url, request) => fetch(url, { ...request, headers: { ...request.headers, cookie } }), address)
}

/** What the latest message to a number or an address tells. */
function sentTo(outbox: string, whom: string): Record<string, string> {
  const files = readdirSync(outbox).toSorted().toReversed()
  for (const file of files) {
    const { to, facts } = JSON.parse(readFileSync(join(outbox, file), 'utf8'))
    if (to === whom) return facts
  }
  throw new Error(`nothing was sent to ${whom}`)
}

async function importPeople(market: FileMarket, people: readonly Planted[]): Promise<void> {
  const lines = (rows: object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  const experts = people.map(({ name, nameEn, orcid, phone, email, words }) => ({
    originId: `kjj/${words.origin}`,
    name,
    nameEn,
    orcid,
    source: 'public-web',
    field: '焊接变形',
    summary: `${words.summary}，公开电话 ${phone}，邮箱 ${email}。${words.note}`,
    methods: [words.method],
  }))
  const works = people.map(({ words }) => ({
    expertId: `@kjj/${words.origin}`,
    kind: 'paper',
    title: `焊接变形 ${words.work}`,
    abstract: words.abstract,
  }))
  for (const [kind, rows] of [
    ['expert', experts],
    ['evidence', works],
  ] as const) {
    const file = market.write(`${kind}.jsonl`, lines(rows))
    const { code, stdout, stderr } = await market.cli('import', file, '--kind', kind, '--source', 'kjj')
    if (code !== 0) throw new Error(stdout + stderr)
  }
}

async function everyExpert(ask: Ask): Promise<Told[]> {
  const items: Told[] = []
  for (let cursor = ''; ; ) {
    const page = await ask('GET', `/api/experts?limit=100${cursor && `&cursor=${cursor}`}`)
    items.push(...page.items)
    if (page.next === null) return items
    cursor = page.next
  }
}

async function expectStatus<Answer extends { status: number; html: string }>(asked: Promise<Answer>, status: number): Promise<Answer> {
  const answer = await asked
  if (answer.status !== status)
    throw new Error(`${answer.status}, not ${status}: ${answer.html.replaceAll(/<[^>]+>|\s+/g, ' ').slice(0, 400)}`)
  return answer
}
