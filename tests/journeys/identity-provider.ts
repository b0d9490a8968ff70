import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Who is signed in at the provider, and what goes wrong there. */
export interface Provided {
  subject: string
  claims?: Record<string, unknown>
  /** Only in what the userinfo endpoint answers. */
  userInfo?: Record<string, unknown>
  wrong?: 'nonce' | 'audience' | 'signature' | 'issuer' | 'expired' | 'subject'
}

export interface TestProvider {
  issuer: string
  clientId: string
  clientSecret: string
  /** Whoever comes to sign in is this one. */
  is(who: Provided): void
  close(): Promise<void>
}

/** A small OpenID provider of one client, which checks what a strict one checks: redirect address, PKCE, the client's secret, one use of a code. */
export async function openProvider(redirectUri: string): Promise<TestProvider> {
  const [clientId, clientSecret] = ['sunmao', 'a secret of the market']
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const others = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const codes = new Map<string, { who: Provided; nonce: string; challenge: string }>()
  const tokens = new Map<string, Provided>()
  let who: Provided = { subject: 'nobody' }

  const server = createServer(async (request, response) => {
    const url = new URL(request.url!, issuer)
    const json = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return json(200, {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          userinfo_endpoint: `${issuer}/userinfo`,
          jwks_uri: `${issuer}/jwks`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
        })
      case '/jwks':
        return json(200, { keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }] })
      case '/authorize': {
        const asked = (name: string) => url.searchParams.get(name) ?? ''
        const isRight =
          asked('client_id') === clientId &&
          asked('redirect_uri') === redirectUri &&
          asked('code_challenge_method') === 'S256' &&
          asked('scope').split(' ').includes('openid')
        if (!isRight) return response.writeHead(400).end()
        const code = randomBytes(16).toString('hex')
        codes.set(code, { who, nonce: asked('nonce'), challenge: asked('code_challenge') })
        const location = `${redirectUri}?${new URLSearchParams({ code, state: asked('state') })}`
        return response.writeHead(302, { location }).end()
      }
      case '/token': {
        const form = new URLSearchParams(await bodyOf(request))
        const code = form.get('code') ?? ''
        const given = codes.get(code)
        codes.delete(code)
        const basic = `Basic ${Buffer.from(`${clientId}:${encodeURIComponent(clientSecret).replaceAll('%20', '+')}`).toString('base64')}`
        if (request.headers.authorization !== basic) return json(401, { error: 'invalid_client' })
        const challenge = createHash('sha256')
          .update(form.get('code_verifier') ?? '')
          .digest('base64url')
        if (given === undefined || given.challenge !== challenge || form.get('redirect_uri') !== redirectUri) {
          return json(400, { error: 'invalid_grant' })
        }
        const token = randomBytes(16).toString('hex')
        tokens.set(token, given.who)
        return json(200, { access_token: token, token_type: 'Bearer', expires_in: 60, id_token: idToken(given.who, given.nonce) })
      }
      case '/userinfo': {
        const found = tokens.get(request.headers.authorization?.replace('Bearer ', '') ?? '')
        if (found === undefined) return json(401, { error: 'invalid_token' })
        return json(200, { sub: found.wrong === 'subject' ? 'somebody-else' : found.subject, ...found.userInfo })
      }
      default:
        return response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  function idToken({ subject, claims, wrong }: Provided, nonce: string): string {
    const now = Math.floor(Date.now() / 1000)
    const body = {
      iss: wrong === 'issuer' ? 'https://elsewhere.example' : issuer,
      aud: wrong === 'audience' ? 'another client' : clientId,
      sub: subject,
      nonce: wrong === 'nonce' ? 'another' : nonce,
      iat: now,
      exp: wrong === 'expired' ? now - 600 : now + 60,
      ...claims,
    }
    return signed(body, wrong === 'signature' ? others.privateKey : keys.privateKey)
  }

  return {
    issuer,
    clientId,
    clientSecret,
    is(next) {
      who = next
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function signed(body: object, key: KeyObject): string {
  const parts = [{ alg: 'RS256', kid: 'one' }, body].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${parts}.${sign('sha256', Buffer.from(parts), key).toString('base64url')}`
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const piece of request) body += piece
  return body
}
