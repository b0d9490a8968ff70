import { kindOfId } from '../platform/ids.ts'
import type { Json } from './read/row.ts'

/** The source of what was entered here and is exported: its id stands in for the origin id that it does not have. */
const ownSource = 'sunmao'

/** `source/id`: an id that names no source is the file's own. */
export function originOf(text: string, source: string): string {
  return text.includes('/') ? text : `${source}/${text}`
}

/** The origin id under which a noun leaves this market. */
export function exportedOrigin({ id, originId }: { id: string; originId: string | null }): string {
  return originId ?? `${ownSource}/${id}`
}

/** The id that stands in an origin id made by `exportedOrigin`. */
export function ownIdIn(originId: string): string | undefined {
  const id = originId.startsWith(`${ownSource}/`) ? originId.slice(ownSource.length + 1) : ''
  return kindOfId(id) === undefined ? undefined : id
}

/** An origin id made of what a row says, so that the same file gives the same rows again. */
export async function originOfContent(draft: object, source: string): Promise<string> {
  // A parsed draft is JSON.
  return `${source}/${(await sha256(new TextEncoder().encode(canonical(draft as Json)))).slice(0, 20)}`
}

export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** JSON with the members of every object in the order of their names. */
function canonical(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`
}
