import { isAddress, isMetadataAddress, isPublicAddress } from '../addresses.ts'

/** A request that we make to somebody else. */
export interface OutgoingRequest {
  url: string
  method: 'GET' | 'POST'
  headers: Record<string, string>
  body: string | null
  /** For the whole of it, answer included. */
  timeoutMs: number
  /** The longest answer that is read; null where its body is of no interest and is not read at all. */
  bytesAtMost: number | null
}

/** What was answered; a redirect is an answer, and nobody follows it. */
export interface OutgoingAnswer {
  status: number
  /** Its content-type, or null. */
  mediaType: string | null
  text: string
}

/**
 * The one way out. It asks by https alone, and nobody who is not on the public internet, but for the hosts that the operator has
 * named as internal.
 * @throws OutgoingFailed
 */
export type Outgoing = (request: OutgoingRequest) => Promise<OutgoingAnswer>

/** Why something was not asked, or not answered. The message names the host, and nothing that may be a secret. */
export class OutgoingFailed extends Error {
  readonly reason: 'refused' | 'timeout' | 'unreachable' | 'too-large'
  constructor(reason: OutgoingFailed['reason'], message: string) {
    super(message)
    this.name = 'OutgoingFailed'
    this.reason = reason
  }
}

/** Hosts that the operator has named: `embedder.lan`, `10.0.0.5:8080`, `[fd00::5]`. Without a port every port of the host counts. */
export type InternalHosts = readonly string[]

/** Why an address of the web may not be asked, or null. What a name stands for is looked at when it is resolved. */
export function refusalOf(url: string, internal: InternalHosts): string | null {
  const parsed = URL.parse(url)
  if (parsed === null) return 'this is no URL'
  const { protocol, hostname, host, username, password } = parsed
  if (username !== '' || password !== '') return `${host}: an address may hold no user and no password`
  if (protocol !== 'https:' && protocol !== 'http:') return `${host}: ${protocol} is neither https nor http`
  if (isAddress(hostname) && isMetadataAddress(hostname)) return `${host} gives out secrets of machines`
  if (isInternal(parsed, internal)) return null
  if (protocol === 'http:') return `${host}: only https is asked; name the host in SUNMAO_INTERNAL_HOSTS if it is your own`
  if (isAddress(hostname) ? !isPublicAddress(hostname) : isLocalName(hostname)) return notPublic(host)
  return null
}

/** Why a host may not be asked at the addresses that its name stands for, or null. */
export function refusalOfAddresses({ host, isNamed }: { host: string; isNamed: boolean }, addresses: readonly string[]): string | null {
  if (addresses.some(isMetadataAddress)) return `${host} leads to an address that gives out secrets of machines`
  return isNamed || addresses.every(isPublicAddress) ? null : notPublic(host)
}

export function isInternal({ hostname, host }: Pick<URL, 'hostname' | 'host'>, internal: InternalHosts): boolean {
  const named = internal.map((each) => each.trim().toLowerCase())
  return named.includes(hostname) || named.includes(host)
}

const notPublic = (host: string) => `${host} is not on the public internet; name it in SUNMAO_INTERNAL_HOSTS if it is your own`

/** Names that stand for this machine or its own network, wherever they are resolved. */
function isLocalName(name: string): boolean {
  const bare = name.replace(/\.$/, '')
  return !bare.includes('.') || /\.(localhost|local|internal|lan|home|intranet|private|corp|arpa)$/.test(bare)
}
