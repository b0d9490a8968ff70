import type { AppContext } from './context.ts'
import { isFromOurselves, isReading } from './own-forms.ts'
import { isUpload } from './upload.ts'

/** What somebody had written when his form was refused as a whole. */
export interface WrittenForm {
  /** Where he sent it, and may send it again. */
  action: string
  fields: [name: string, value: string][]
  /** Fields of files: a browser gives each file once. */
  files: string[]
}

/** Fields and pages of which nothing is ever given back. The codes that are sent to a phone are asked for on these pages alone. */
const secretField = /password|secret|token|backup/i
export const isSecretField = (name: string) => secretField.test(name)
const secretPage =
  /^\/(sign-in|sign-out|set-up|password-reset|account\/(password|second-factor|phone|identity|recovery|data\/erasure))(\/|$)/

/** The largest body with a file, in bytes, whose texts are looked for. */
const largestBeside = 1_000_000

/**
 * What was posted to a page of ours by a form of ours, so that no refusal loses it. Null where nothing was, where it cannot be read, and for
 * forms that hold a secret: what nobody should see must not come back on a page.
 */
export async function writtenForm(c: AppContext): Promise<WrittenForm | null> {
  const { path } = c.req
  if (isReading(c.req.method) || path.startsWith('/api/') || secretPage.test(path) || !isFromOurselves(c)) return null
  // Of a file nothing is given back, and what is large is not read for the little that stands beside it.
  if (isUpload(c) && !(Number(c.req.header('content-length') ?? Number.NaN) <= largestBeside)) return null
  const posted = await c.req.parseBody({ all: true }).catch(() => null)
  if (posted === null) return null
  const values = Object.entries(posted).flatMap(([name, value]) => [value].flat().map((each) => [name, each] as const))
  if (values.some(([name]) => isSecretField(name))) return null
  const { pathname, search } = new URL(c.req.url)
  const form: WrittenForm = { action: pathname + search, fields: [], files: [] }
  for (const [name, value] of values) {
    if (typeof value === 'string') form.fields.push([name, value])
    else form.files.push(name)
  }
  return form
}

/** What of it a person wrote, to be read: no numbers of ours, no choices by code. */
export function writtenTexts({ fields }: WrittenForm): string[] {
  return fields.map(([, value]) => value.trim()).filter((value) => /\s|\p{Script=Han}/u.test(value) || value.length > longestCode)
}
const longestCode = 40
