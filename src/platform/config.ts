import { z } from 'zod'
import type { IdentityOption, OidcSettings } from './identity/provider.ts'
import { defaultLimits, type Limits, LimitsText } from './limits/limits.ts'
import type { GatewaySettings } from './messages/messenger.ts'
import { type InternalHosts, refusalOf } from './outgoing/outgoing.ts'

/** Separated by commas. */
const HostList = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((host) => host.trim())
      .filter((host) => host !== ''),
  )

/** In megabytes; on Node and at the edge alike. */
const largestFile = z.coerce.number().min(0.001).max(100).default(10)

/** Scheme and host alone. */
const Address = z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin)

/** Everything that the environment decides, read once at the start. */
const Environment = z.object({
  /** A file, or `postgres://…`. */
  SUNMAO_DATABASE: z.string().min(1).default('data/sunmao.db'),
  /** Where the index is kept from one start to the next; beside the database unless it says otherwise. */
  SUNMAO_SNAPSHOT: z.string().min(1).optional(),
  /** Where the list of erasures is kept, which outlives a restored backup; beside the database unless it says otherwise. */
  SUNMAO_ERASED: z.string().min(1).optional(),
  SUNMAO_HOST: z.string().default('127.0.0.1'),
  SUNMAO_PORT: z.coerce.number().int().min(0).max(65535).default(4310),
  /** How many proxies of the operator's stand before the server: so many entries of X-Forwarded-For can be believed, from the end. */
  SUNMAO_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  SUNMAO_LIMITS: LimitsText.optional(),
  /** Hosts of the operator's own network that the market may ask, by http too. */
  SUNMAO_INTERNAL_HOSTS: HostList,
  /** Where people reach the market, such as https://market.example: what links in messages begin with. */
  SUNMAO_ADDRESS: Address.optional(),
  SUNMAO_TIME_ZONE: z.string().default('Asia/Shanghai'),
  /** A secret of at least 32 characters that makes its bearer the operator: the way in to a new market. */
  SUNMAO_OPERATOR_TOKEN: z.string().min(32).optional(),
  /** A secret of at least 32 characters that seals cookies and codes; replicas share one. Made and kept beside the database unless it is set. */
  SUNMAO_SECRET: z.string().min(32).optional(),
  /** Folder of the files that people attach; beside the database unless it says otherwise. */
  SUNMAO_FILES: z.string().min(1).optional(),
  /** The largest of them, in megabytes. */
  SUNMAO_LARGEST_FILE: largestFile,
  /** Where messages are written while there is no gateway; beside the database unless it says otherwise. */
  SUNMAO_OUTBOX: z.string().min(1).optional(),
  /** A secret of at least 32 characters with which the journal is sealed; several by commas, the newest first, when it is replaced. */
  SUNMAO_AUDIT_KEY: z.string().optional(),
  /** `model`: the model in SUNMAO_MODEL; `http`: a service; `hashing`: no model, for trials; `off`: text alone. */
  SUNMAO_EMBEDDING: z.enum(['model', 'http', 'hashing', 'off']).default('model'),
  SUNMAO_MODEL: z.string().default('models/bge-small-zh-v1.5-q'),
  /** The whole address of an OpenAI-compatible embeddings endpoint. */
  SUNMAO_EMBEDDING_URL: z.url().optional(),
  SUNMAO_EMBEDDING_NAME: z.string().optional(),
  SUNMAO_EMBEDDING_KEY: z.string().optional(),
  SUNMAO_EMBEDDING_DIMENSIONS: z.coerce.number().int().min(1).max(8192).optional(),
})

const json = z.string().transform((text, { addIssue }): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    addIssue({ code: 'custom', message: 'must be JSON' })
    return z.NEVER
  }
})

/** JSON: names and values. */
const GatewayHeaders = json.pipe(z.record(z.string(), z.string())).default({})
/** JSON whose texts may hold `{to}`, `{number}`, `{kind}`, `{text}`, `{code}` and `{link}`. */
const GatewayBody = json.default({ to: '{to}', kind: '{kind}', text: '{text}' })
/** Gateways for short messages and for e-mail, on Node and at the edge alike. */
const Gateways = z.object({
  SUNMAO_MESSAGE_URL: z.url().optional(),
  SUNMAO_MESSAGE_HEADERS: GatewayHeaders,
  SUNMAO_MESSAGE_BODY: GatewayBody,
  SUNMAO_MAIL_URL: z.url().optional(),
  SUNMAO_MAIL_HEADERS: GatewayHeaders,
  SUNMAO_MAIL_BODY: GatewayBody,
})

/** A city's unified identity, or another party that speaks OpenID Connect; on Node and at the edge alike. */
const Identity = z.object({
  SUNMAO_OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  SUNMAO_OIDC_CLIENT_ID: z.string().min(1).optional(),
  SUNMAO_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  SUNMAO_OIDC_SCOPES: z.string().min(1).default('openid profile'),
  /** What its button says, after “sign in with”. */
  SUNMAO_OIDC_LABEL_ZH: z.string().min(1).default('统一身份认证'),
  SUNMAO_OIDC_LABEL_EN: z.string().min(1).default('unified identity'),
  /** The claim that holds a mobile number which that party has verified. */
  SUNMAO_OIDC_PHONE_CLAIM: z.string().min(1).optional(),
})

/** Another party at which people may sign in, and how it is shown. */
export interface IdentitySettings extends Omit<IdentityOption, 'provider'> {
  oidc: OidcSettings
}

export interface Config {
  database: string
  /** Null: as the database says, see `snapshotOf`. */
  snapshot: string | null
  /** Null: as the database says, see `erasedFileOf`. */
  erased: string | null
  host: string
  port: number
  /** How many proxies stand before the server. */
  proxies: number
  limits: Limits
  internalHosts: InternalHosts
  /** Null: the address that the server listens on. */
  address: string | null
  timeZone: string
  operatorToken: string | null
  /** Null: as the database says, see `secretFileOf`. */
  secret: string | null
  /** Null: as the database says, see `filesOf`. */
  files: string | null
  /** In bytes. */
  largestFile: number
  /** A folder while there is no gateway. */
  messages: ({ kind: 'gateway' } & GatewaysSettings) | { kind: 'outbox'; folder: string | null }
  /** Null where people sign in here alone. */
  identity: IdentitySettings | null
  /** Newest first; none for plain seals. */
  auditKeys: string[]
  embedding:
    | { kind: 'model'; folder: string }
    | { kind: 'http'; url: string; model: string; apiKey: string | null; dimensions: number }
    | { kind: 'hashing' }
    | { kind: 'off' }
}

export const isFile = ({ database }: Pick<Config, 'database'>): boolean => database !== ':memory:' && !/^postgres(ql)?:/.test(database)

/** The file in which the index is kept; null for a database that is gone with its process. */
export function snapshotOf({ database, snapshot }: Pick<Config, 'database' | 'snapshot'>): string | null {
  if (snapshot !== null || database === ':memory:') return snapshot
  return isFile({ database }) ? `${database}.index` : 'data/sunmao.index'
}

/** The file that keeps the secret of a market that was given none; null for a database that is gone with its process. */
export function secretFileOf({ database }: Pick<Config, 'database'>): string | null {
  if (database === ':memory:') return null
  return isFile({ database }) ? `${database}.secret` : 'data/sunmao.secret'
}

/** The file that keeps the list of erasures; null for a database that is gone with its process. */
export function erasedFileOf({ database, erased }: Pick<Config, 'database' | 'erased'>): string | null {
  if (erased !== null || database === ':memory:') return erased
  return isFile({ database }) ? `${database}.erased` : 'data/sunmao.erased'
}

/** The folder of attached files; null for a database that is gone with its process. */
export function filesOf({ database, files }: Pick<Config, 'database' | 'files'>): string | null {
  if (files !== null || database === ':memory:') return files
  return isFile({ database }) ? `${database}.files` : 'data/sunmao.files'
}

/** The folder of messages that are not sent. Codes do not lie beside another market's. */
export function outboxOf({ database }: Pick<Config, 'database'>, folder: string | null): string {
  if (folder !== null) return folder
  return isFile({ database }) ? `${database}.outbox` : 'data/sunmao.outbox'
}

/** The configuration was wrong; the message names the variable and what it must be. */
export class ConfigWrong extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ConfigWrong'
  }
}

export function configFrom(environment: Record<string, string | undefined>): Config {
  const e = parsed(Environment, environment)
  const gateways = gatewaysFrom(environment)
  return {
    database: e.SUNMAO_DATABASE,
    snapshot: e.SUNMAO_SNAPSHOT ?? null,
    erased: e.SUNMAO_ERASED ?? null,
    host: e.SUNMAO_HOST,
    port: e.SUNMAO_PORT,
    proxies: e.SUNMAO_PROXIES,
    limits: e.SUNMAO_LIMITS ?? defaultLimits,
    internalHosts: e.SUNMAO_INTERNAL_HOSTS,
    address: e.SUNMAO_ADDRESS ?? null,
    timeZone: e.SUNMAO_TIME_ZONE,
    operatorToken: e.SUNMAO_OPERATOR_TOKEN ?? null,
    secret: e.SUNMAO_SECRET ?? null,
    files: e.SUNMAO_FILES ?? null,
    largestFile: bytesOf(e.SUNMAO_LARGEST_FILE),
    messages: gateways.short === null ? { kind: 'outbox', folder: e.SUNMAO_OUTBOX ?? null } : { kind: 'gateway', ...gateways },
    identity: identityFrom(environment),
    auditKeys: auditKeysFrom(e.SUNMAO_AUDIT_KEY),
    embedding: embeddingFrom(e),
  }
}

/** Gateways of messages; null where none is set. */
export interface GatewaysSettings {
  short: GatewaySettings | null
  mail: GatewaySettings | null
}

/** The gateways that the environment names. */
export function gatewaysFrom(environment: Record<string, unknown>): GatewaysSettings {
  const e = parsed(Gateways, environment)
  const internal = internalHostsFrom(environment)
  refuseAddress('SUNMAO_MESSAGE_URL', e.SUNMAO_MESSAGE_URL, internal)
  refuseAddress('SUNMAO_MAIL_URL', e.SUNMAO_MAIL_URL, internal)
  const settings = (url: string | undefined, headers: Record<string, string>, body: unknown) =>
    url === undefined ? null : { url, headers, body, timeoutMs: 10_000 }
  return {
    short: settings(e.SUNMAO_MESSAGE_URL, e.SUNMAO_MESSAGE_HEADERS, e.SUNMAO_MESSAGE_BODY),
    mail: settings(e.SUNMAO_MAIL_URL, e.SUNMAO_MAIL_HEADERS, e.SUNMAO_MAIL_BODY),
  }
}

/** The other party that the environment names, or null. */
export function identityFrom(environment: Record<string, unknown>): IdentitySettings | null {
  const e = parsed(Identity, environment)
  const { SUNMAO_OIDC_ISSUER: issuer, SUNMAO_OIDC_CLIENT_ID: clientId } = e
  if (issuer === undefined) return null
  refuseAddress('SUNMAO_OIDC_ISSUER', issuer, internalHostsFrom(environment))
  if (clientId === undefined) throw new ConfigWrong('SUNMAO_OIDC_ISSUER needs SUNMAO_OIDC_CLIENT_ID')
  return {
    oidc: { issuer, clientId, clientSecret: e.SUNMAO_OIDC_CLIENT_SECRET ?? null, scopes: e.SUNMAO_OIDC_SCOPES, timeoutMs: 10_000 },
    labels: { 'zh-CN': e.SUNMAO_OIDC_LABEL_ZH, en: e.SUNMAO_OIDC_LABEL_EN },
    phoneClaim: e.SUNMAO_OIDC_PHONE_CLAIM ?? null,
  }
}

/** The address that the environment names, or null. */
export function addressFrom(environment: Record<string, unknown>): string | null {
  return parsed(z.object({ SUNMAO_ADDRESS: Address.optional() }), environment).SUNMAO_ADDRESS ?? null
}

/** The largest attached file that the environment allows, in bytes. */
export function largestFileFrom(environment: Record<string, unknown>): number {
  return bytesOf(parsed(z.object({ SUNMAO_LARGEST_FILE: largestFile }), environment).SUNMAO_LARGEST_FILE)
}

const bytesOf = (megabytes: number) => Math.round(megabytes * 1_000_000)

/** The hosts that the environment names as the operator's own. */
export function internalHostsFrom(environment: Record<string, unknown>): InternalHosts {
  return parsed(z.object({ SUNMAO_INTERNAL_HOSTS: HostList }), environment).SUNMAO_INTERNAL_HOSTS
}

/** What may not be asked later is said now. */
function refuseAddress(variable: string, url: string | undefined, internal: InternalHosts): void {
  const refusal = url === undefined ? null : refusalOf(url, internal)
  if (refusal !== null) throw new ConfigWrong(`${variable}: ${refusal}`)
}

/** The limits that the environment names, at the edge. */
export function limitsFrom(environment: Record<string, unknown>): Limits {
  return parsed(z.object({ SUNMAO_LIMITS: LimitsText.optional() }), environment).SUNMAO_LIMITS ?? defaultLimits
}

function parsed<Schema extends z.ZodType>(schema: Schema, environment: Record<string, unknown>): z.infer<Schema> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''))
  const result = schema.safeParse(given)
  if (!result.success)
    throw new ConfigWrong(result.error.issues.map(({ path, ...issue }) => `${path.join('.')}: ${wanted(issue)}`).join('; '))
  return result.data
}

/** What a variable has to be, in words that speak of variables. */
function wanted({ code, message, ...issue }: Record<string, unknown>): string {
  if (code === 'invalid_type' && issue.expected === 'number') return 'must be a number'
  if (code === 'too_small')
    return `must ${issue.origin === 'string' ? `have at least ${issue.minimum} characters` : `be at least ${issue.minimum}`}`
  if (code === 'too_big') return `must be at most ${issue.maximum}`
  return String(message)
}

/** The keys in SUNMAO_AUDIT_KEY. */
export function auditKeysFrom(text: string | undefined): string[] {
  const keys = text === undefined || text === '' ? [] : text.split(',').map((key) => key.trim())
  if (keys.some((key) => key.length < 32)) throw new ConfigWrong('SUNMAO_AUDIT_KEY: each key must have at least 32 characters')
  return keys
}

function embeddingFrom(e: z.infer<typeof Environment>): Config['embedding'] {
  switch (e.SUNMAO_EMBEDDING) {
    case 'model':
      return { kind: 'model', folder: e.SUNMAO_MODEL }
    case 'http': {
      const { SUNMAO_EMBEDDING_URL: url, SUNMAO_EMBEDDING_NAME: model, SUNMAO_EMBEDDING_DIMENSIONS: dimensions } = e
      if (!url || !model || !dimensions) {
        throw new ConfigWrong('SUNMAO_EMBEDDING=http needs SUNMAO_EMBEDDING_URL, SUNMAO_EMBEDDING_NAME and SUNMAO_EMBEDDING_DIMENSIONS')
      }
      refuseAddress('SUNMAO_EMBEDDING_URL', url, e.SUNMAO_INTERNAL_HOSTS)
      return { kind: 'http', url, model, apiKey: e.SUNMAO_EMBEDDING_KEY ?? null, dimensions }
    }
    default:
      return { kind: e.SUNMAO_EMBEDDING }
  }
}
