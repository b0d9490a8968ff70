import * as oauth from 'oauth4webapi'
import type { Outgoing } from '../outgoing/outgoing.ts'
import { Problem } from '../problem.ts'
import type { Attempt, Identity, IdentityProvider, OidcSettings } from './provider.ts'

/** OpenID Connect: authorization code with PKCE, state and nonce; the identity token's signature is checked too. */
export function oidc({ issuer, clientId, clientSecret, scopes, timeoutMs }: OidcSettings, outgoing: Outgoing): IdentityProvider {
  const url = new URL(issuer)
  const client: oauth.Client = { client_id: clientId }
  const options = {
    [oauth.customFetch]: fetchBy(outgoing, timeoutMs),
    // The way out asks by https alone, but for hosts that the operator has named as his own.
    [oauth.allowInsecureRequests]: true,
  }
  let known: Promise<oauth.AuthorizationServer> | undefined
  const server = () => {
    known ??= discover(url, options)
    // The next attempt asks again.
    known.catch(() => {
      known = undefined
    })
    return known
  }
  return {
    async begin(redirectUri) {
      const { authorization_endpoint: endpoint } = await server()
      if (endpoint === undefined) throw unreachable(new Error('It has no authorization endpoint'))
      const attempt: Attempt = {
        state: oauth.generateRandomState(),
        nonce: oauth.generateRandomNonce(),
        verifier: oauth.generateRandomCodeVerifier(),
      }
      const to = new URL(endpoint)
      const parameters = {
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        scope: scopes,
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(attempt.verifier),
        code_challenge_method: 'S256',
      }
      for (const [name, value] of Object.entries(parameters)) to.searchParams.set(name, value)
      return { url: to.href, attempt }
    },
    async finish(redirectUri, answer, attempt) {
      const as = await server()
      try {
        return await identityOf(as, client, authentication(as, clientSecret), { redirectUri, answer, attempt, options })
      } catch (error) {
        if (isRefusal(error)) return null
        throw unreachable(error)
      }
    },
  }
}

type Ask = NonNullable<oauth.HttpRequestOptions<'GET' | 'POST', URLSearchParams | undefined>[typeof oauth.customFetch]>
type Options = { [oauth.customFetch]: Ask; [oauth.allowInsecureRequests]: boolean }

/** Metadata, keys and tokens take a few kilobytes. */
const bytesAtMost = 1_000_000

/** The library's requests, by our one way out. */
function fetchBy(outgoing: Outgoing, timeoutMs: number): Ask {
  return async (url, { method, headers, body }) => {
    const asked = {
      url,
      method: method === 'POST' ? method : 'GET',
      headers,
      body: body?.toString() ?? null,
      timeoutMs,
      bytesAtMost,
    } as const
    const { status, mediaType, text } = await outgoing(asked)
    return new Response(text, { status, headers: mediaType === null ? {} : { 'content-type': mediaType } })
  }
}

async function discover(issuer: URL, options: Options): Promise<oauth.AuthorizationServer> {
  try {
    return await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { ...options, algorithm: 'oidc' }))
  } catch (error) {
    throw unreachable(error)
  }
}

async function identityOf(
  as: oauth.AuthorizationServer,
  client: oauth.Client,
  authentication: oauth.ClientAuth,
  { redirectUri, answer, attempt, options }: { redirectUri: string; answer: URLSearchParams; attempt: Attempt; options: Options },
): Promise<Identity> {
  const { state, nonce, verifier } = attempt
  const parameters = oauth.validateAuthResponse(as, client, answer, state)
  const response = await oauth.authorizationCodeGrantRequest(as, client, authentication, parameters, redirectUri, verifier, options)
  const expected = { expectedNonce: nonce, requireIdToken: true }
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, response, expected)
  await oauth.validateApplicationLevelSignature(as, response, options)
  // `requireIdToken` has seen to it.
  const claims = oauth.getValidatedIdTokenClaims(tokens)!
  return {
    issuer: as.issuer,
    subject: claims.sub,
    claims: { ...claims, ...(await userInfo(as, client, tokens.access_token, claims.sub, options)) },
  }
}

async function userInfo(as: oauth.AuthorizationServer, client: oauth.Client, token: string, subject: string, options: Options) {
  if (as.userinfo_endpoint === undefined) return {}
  return oauth.processUserInfoResponse(as, client, subject, await oauth.userInfoRequest(as, client, token, options))
}

function authentication({ token_endpoint_auth_methods_supported: methods }: oauth.AuthorizationServer, secret: string | null) {
  if (secret === null) return oauth.None()
  return methods !== undefined && !methods.includes('client_secret_basic')
    ? oauth.ClientSecretPost(secret)
    : oauth.ClientSecretBasic(secret)
}

/** What the party or its word was found wanting for; anything else is a party that cannot be reached. */
function isRefusal(error: unknown): boolean {
  return [
    oauth.AuthorizationResponseError,
    oauth.ResponseBodyError,
    oauth.WWWAuthenticateChallengeError,
    oauth.OperationProcessingError,
    oauth.UnsupportedOperationError,
  ].some((kind) => error instanceof kind)
}

const unreachable = (cause: unknown) => new Problem('not-ready', { missing: ['identity'] }, { cause })
