import assert from 'node:assert/strict'
import { codeOf } from '../journeys/authenticator.ts'
import { type Browser, openBrowser } from '../journeys/browser.ts'

/** A market that serves, and what it has sent to people. */
export interface Site {
  fetch(url: string, request: RequestInit): Promise<Response>
  origin: string
  sent: { to: string; kind: string; code: string; link: string }[]
  operatorToken: string
}

/**
 * Sign in by phone → verify the organisation → second factor → invite → one-time link → API key → sign out everywhere. Gives the steps
 * that were taken; throws at the first that goes otherwise.
 */
export async function tellStory(site: Site): Promise<string[]> {
  const steps: string[] = []
  const step = async <Result>(name: string, take: () => Promise<Result>): Promise<Result> => {
    const result = await take().catch((cause) => {
      throw new Error(`${name}: ${cause instanceof Error ? cause.message : cause}`, { cause })
    })
    steps.push(name)
    return result
  }
  const operator = program(site, site.operatorToken)
  const [wen, luo] = [openBrowser(site.fetch, site.origin), openBrowser(site.fetch, site.origin)]

  await step('sign in by phone', async () => {
    await signIn(site, wen, '13800138000')
    assert.match((await wen.get('/account')).html, /138\*\*\*\*8000/)
    assert.equal((await who(wen)).role, null)
  })

  const enterprise = await step('verify organisation', async () => {
    const { json: profile } = await operator('POST', '/api/enterprises', { name: '砺州恒砺机械有限公司' })
    const claim = await json(wen, 'POST', '/api/claims', { subjectId: profile.id, note: '我是恒砺机械的负责人' })
    assert.equal(claim.status, 201)
    assert.equal((await operator('POST', `/api/claims/${claim.json.id}/decision`, { verdict: 'grant', reason: null })).status, 200)
    const asked = await json(wen, 'POST', `/api/organisations/${profile.id}/verification`, { note: '营业执照见附件' })
    assert.deepEqual([asked.status, asked.json.state], [201, 'requested'])
    // Nobody verifies himself.
    const decision = [`/api/verifications/${asked.json.id}/decision`, { verdict: 'grant', reason: '电话核对无误' }] as const
    assert.equal((await json(wen, 'POST', ...decision)).status, 403)
    const granted = await operator('POST', ...decision)
    assert.deepEqual([granted.status, granted.json.state], [200, 'granted'])
    const { role, rank, subjectId } = await who(wen)
    assert.deepEqual([role, rank, subjectId], ['enterprise', 'owner', profile.id])
    return String(profile.id)
  })

  const factor = await step('second factor', async () => {
    const { html } = await wen.post('/account/second-factor/draw')
    assert.match(html, /<svg class="qr"/)
    const hidden = (field: string) => new RegExp(`name="${field}" value="([^"]*)"`).exec(html)![1]!.replaceAll('&amp;', '&')
    const drawn = { uri: hidden('uri'), key: hidden('key'), recoveryCodes: hidden('recoveryCodes') }
    assert.equal((await wen.post('/account/second-factor', { ...drawn, code: codeOf(drawn.key) })).location, '/account')
    assert.equal((await who(wen)).account.hasSecondFactor, true)
    return drawn.key
  })

  await step('invite', async () => {
    const invited = await json(wen, 'POST', '/api/members/invitations', { phone: '13900139000', email: null, rank: 'viewer' })
    assert.equal(invited.status, 201)
    const path = await lastLink(site, 'invitation')
    await signIn(site, luo, '13900139000')
    assert.match((await luo.get(path)).html, /138\*\*\*\*8000/)
    assert.equal((await luo.post(`${path}/acceptance`)).location, '/account')
    const { json: members } = await json(wen, 'GET', '/api/members')
    assert.deepEqual(
      members.items.map(({ rank }: { rank: string }) => rank),
      ['owner', 'viewer'],
    )
  })

  await step('one-time link', async () => {
    const draft = { title: '薄板焊完翘曲变形', problem: '2毫米薄板焊接以后变形太大，要校平。', enterpriseId: enterprise }
    const demand = await operator('POST', '/api/demands', draft)
    assert.equal(demand.status, 201)
    const made = await operator('POST', `/api/demands/${demand.json.id}/confirmation-link`)
    assert.equal(made.status, 201)
    const path = new URL(made.json.link).pathname
    const stranger = openBrowser(site.fetch, site.origin)
    assert.match((await stranger.get(path)).html, /变形太大/)
    assert.equal((await stranger.get(`/demands/${demand.json.id}`)).status, 404)
    assert.equal((await stranger.post(path, { answer: 'confirmed', by: '罗采薇', version: '1' })).status, 200)
    assert.equal((await stranger.get(path)).status, 410)
    const { json: confirmed } = await json(wen, 'GET', `/api/demands/${demand.json.id}`)
    assert.deepEqual([confirmed.confirmation.how, confirmed.confirmation.by], ['link', '罗采薇'])
  })

  const key = await step('API key', async () => {
    const draft = { name: '周报系统', days: 30, scopes: ['demand.read', 'member.read'], rank: null, requestsPerMinute: 60 }
    const made = await json(wen, 'POST', '/api/keys', draft)
    assert.equal(made.status, 201)
    const asked = program(site, made.json.secret)
    assert.equal((await asked('GET', '/api/members')).status, 200)
    assert.equal((await asked('POST', '/api/demands', { title: '镀层起泡', problem: '镀层起泡。' })).status, 403)
    assert.ok(!(await json(wen, 'GET', '/api/keys')).text.includes(made.json.secret))
    return { id: String(made.json.id), asked }
  })

  await step('sign out everywhere', async () => {
    assert.equal((await json(wen, 'POST', '/api/sign-out-everywhere')).status, 200)
    assert.equal((await json(wen, 'GET', '/api/account')).status, 401)
    assert.match((await wen.get('/account')).location, /^\/sign-in/)
    // A key is no session: it goes on until somebody takes it away.
    assert.equal((await key.asked('GET', '/api/account')).status, 200)
    assert.equal((await json(luo, 'POST', `/api/keys/${key.id}/revocation`)).status, 403)
    await signIn(site, wen, '13800138000')
    assert.equal((await wen.get('/account')).location, '/account/second-factor')
    // Its own second factor is asked for again, and no code counts twice.
    assert.equal((await wen.post('/account/second-factor', { code: codeOf(factor, 1) })).location, '/account')
    assert.equal((await json(wen, 'POST', `/api/keys/${key.id}/revocation`)).status, 200)
    assert.equal((await key.asked('GET', '/api/account')).status, 401)
  })
  return steps
}

async function signIn({ sent }: Site, own: Browser, phone: string): Promise<void> {
  const { status, location } = await own.post('/sign-in', { phone })
  assert.equal(status, 303)
  const message = sent.at(-1)!
  assert.deepEqual([message.to, message.kind], [`+86${phone}`, 'sign-in-code'])
  assert.equal((await own.post(location.split('?')[0]!, { code: message.code })).status, 303)
}

async function lastLink({ sent }: Site, kind: string): Promise<string> {
  const message = sent.at(-1)!
  assert.equal(message.kind, kind)
  return new URL(message.link).pathname
}

const who = async (own: Browser) => (await json(own, 'GET', '/api/account')).json

/** What a script of our own pages would ask for. */
async function json(own: Browser, method: string, path: string, body?: object) {
  return answered(await own.ask(method, path, body))
}

/** A program that comes with a token. */
function program({ fetch, origin }: Site, secret: string) {
  return async (method: string, path: string, body?: object) => {
    const headers = { authorization: `Bearer ${secret}`, ...(body && { 'content-type': 'application/json' }) }
    const answer = await fetch(origin + path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    return answered({ status: answer.status, html: await answer.text() })
  }
}

function answered({ status, html }: { status: number; html: string }) {
  return { status, text: html, json: html.startsWith('{') ? JSON.parse(html) : null }
}
