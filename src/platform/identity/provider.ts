/** Somebody as another party knows him: a city's unified identity, for instance. */
export interface Identity {
  /** Who vouches for him. */
  issuer: string
  /** How that party names him, for good. */
  subject: string
  /** What else it says about him. */
  claims: Record<string, unknown>
}

/** What one attempt to sign in elsewhere is recognised by when the browser comes back; it is kept with the browser. */
export interface Attempt {
  state: string
  nonce: string
  verifier: string
}

/** Another party at which people sign in. */
export interface IdentityProvider {
  /** Where to send the browser, and what it brings back. Throws `not-ready` where the party cannot be reached. */
  begin(redirectUri: string): Promise<{ url: string; attempt: Attempt }>
  /** Who came back, or null where the party does not vouch for him or he comes with what is not his. */
  finish(redirectUri: string, answer: URLSearchParams, attempt: Attempt): Promise<Identity | null>
}

/** How a provider is spoken to. */
export interface OidcSettings {
  issuer: string
  clientId: string
  /** Null for a public client. */
  clientSecret: string | null
  scopes: string
  timeoutMs: number
}

/** A provider as it is shown to people, and what of its word is taken. */
export interface IdentityOption {
  provider: IdentityProvider
  labels: Record<'zh-CN' | 'en', string>
  /** The claim whose mobile number counts as verified; null where none does. */
  phoneClaim: string | null
}
