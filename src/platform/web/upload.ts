import { parse } from 'content-disposition'
import { createMiddleware } from 'hono/factory'
import { isSignedIn } from '../../accounts/actor.ts'
import { Problem } from '../problem.ts'
import type { AppContext, Env } from './context.ts'

/** How long a file may take to arrive: ten megabytes over a phone's slow connection. */
export const slowestUploadMs = 60_000
/** What stands around a file in a form. */
const around = 20_000
/** Files that are in memory at once: of all callers, and of one. */
const atOnce = { all: 4, one: 2 }

const worksOfExpert = /^(\/api)?\/experts\/[^/]+\/evidence\/(reading|imports)$/

/** Whether a request brings a file: those may be larger and take longer than any other. */
export function isUpload(c: AppContext): boolean {
  const { method, path } = c.req
  return method === 'POST' && (path.endsWith('/attachments') || ['/intake', '/api/intakes'].includes(path) || worksOfExpert.test(path))
}

/**
 * Reads files of whoever is known into memory, a few at once and none larger than the store takes: 408, 413, 429. Of a visitor nothing is
 * read, because nothing is taken.
 */
export function receivedUploads() {
  const underWay = new Map<string, number>()
  const count = (of: string, change: number) => underWay.set(of, (underWay.get(of) ?? 0) + change)
  return createMiddleware<Env>(async (c, next) => {
    if (!isUpload(c) || !isSignedIn(c.var.actor)) return next()
    const { id } = c.var.actor
    const own = underWay.get(id) ?? 0
    const all = [...underWay.values()].reduce((sum, each) => sum + each, 0)
    if (own >= atOnce.one || all >= atOnce.all) throw new Problem('too-many-requests', { retryAfterSeconds: 10 })
    count(id, 1)
    try {
      c.set('upload', await received(c))
      await next()
    } finally {
      c.set('upload', null)
      if (count(id, -1).get(id) === 0) underWay.delete(id)
    }
  })
}

async function received(c: AppContext): Promise<Uint8Array<ArrayBuffer>> {
  const { largest } = c.var.ports.files
  const tooLarge = new Problem('too-large', { megabytes: largest / 1_000_000 })
  if (Number(c.req.header('content-length') ?? 0) > largest + around) throw tooLarge
  const reader = c.req.raw.body?.getReader()
  if (reader === undefined) return new Uint8Array()
  const pieces: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Problem('request-too-slow')), slowestUploadMs)
  })
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late])
      if (done) return new Uint8Array(await new Blob(pieces).arrayBuffer())
      size += value.length
      if (size > largest + around) throw tooLarge
      pieces.push(value)
    }
  } catch (error) {
    reader.cancel().catch(() => {})
    throw error
  } finally {
    clearTimeout(timer)
  }
}

export interface ReceivedFile {
  /** As the caller says; null where he says none. */
  name: string | null
  fields: Record<string, string>
  bytes: Uint8Array<ArrayBuffer>
}

/**
 * The file that a request brings: in a form, in its field `file`; or as the whole body, with its name in Content-Disposition or in the query,
 * where the other fields stand. What type the caller gives it says nothing about it. 415 for a body that can be neither, 422 for a form without a file.
 */
export async function receivedFile(c: AppContext, accepted: readonly string[]): Promise<ReceivedFile> {
  const { upload: bytes } = c.var
  if (bytes === null) throw new Problem('not-signed-in')
  const header = c.req.header('content-type') ?? ''
  const type = typeIn(header)
  if (type === 'multipart/form-data') {
    const [file, ...others] = await filesInForm(bytes, header)
    if (others.length > 0) throw tooMany(1)
    return file!
  }
  if (type !== '' && !['application/octet-stream', ...accepted].includes(type))
    throw new Problem('unsupported-media-type', { accepted: 'multipart/form-data, application/octet-stream', given: type })
  const { name, ...fields } = c.req.query()
  return { name: name ?? namedIn(c.req.header('content-disposition')), fields, bytes }
}

/** The files that a form brings in its field `file`: one at least, and `atMost` so many. 415, 422. */
export async function receivedFiles(c: AppContext, atMost: number): Promise<ReceivedFile[]> {
  const { upload: bytes } = c.var
  if (bytes === null) throw new Problem('not-signed-in')
  const header = c.req.header('content-type') ?? ''
  if (typeIn(header) !== 'multipart/form-data')
    throw new Problem('unsupported-media-type', { accepted: 'multipart/form-data', given: typeIn(header) })
  const files = await filesInForm(bytes, header)
  if (files.length > atMost) throw tooMany(atMost)
  return files
}

/** A form that may bring a file and long texts: what it says by name, each as often as it came. 415, 422. */
export async function receivedForm(c: AppContext): Promise<{ texts: ReadonlyMap<string, string[]>; file: ReceivedFile | null }> {
  const { upload: bytes } = c.var
  if (bytes === null) throw new Problem('not-signed-in')
  const header = c.req.header('content-type') ?? ''
  if (typeIn(header) !== 'multipart/form-data')
    throw new Problem('unsupported-media-type', { accepted: 'multipart/form-data', given: typeIn(header) })
  const form = await formIn(bytes, header)
  const [file = null] = await filesOf(form)
  const written = [...form].flatMap(([name, value]) => (typeof value === 'string' ? [{ name, value }] : []))
  const texts = Map.groupBy(written, ({ name }) => name)
  return { texts: new Map([...texts].map(([name, all]) => [name, all.map(({ value }) => value)])), file }
}

const typeIn = (header: string) => header.split(';')[0]!.trim().toLowerCase()
const tooMany = (maximum: number) =>
  new Problem('invalid-input', { errors: [{ pointer: '/file', code: 'too-big', facts: { maximum, origin: 'array' } }] })

async function filesInForm(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<ReceivedFile[]> {
  const files = await filesOf(await formIn(bytes, type))
  if (files.length === 0) throw new Problem('invalid-input', { errors: [{ pointer: '/file', code: 'required' }] })
  return files
}

function formIn(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<FormData> {
  return new Response(bytes, { headers: { 'content-type': type } }).formData().catch((cause) => {
    throw new Problem('invalid-input', { errors: [{ pointer: '', code: 'invalid-format' }] }, { cause })
  })
}

function filesOf(form: FormData): Promise<ReceivedFile[]> {
  const fields = Object.fromEntries([...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))
  // A form that is sent without a choice has a file without a name.
  const files = form.getAll('file').filter((value) => typeof value !== 'string' && !(value.size === 0 && value.name === ''))
  // Texts were filtered out.
  return Promise.all((files as File[]).map(async (file) => ({ name: file.name, fields, bytes: new Uint8Array(await file.arrayBuffer()) })))
}

/** Programs write UTF-8 into a header as it is, where HTTP has one byte a character. */
function namedIn(header: string | undefined): string | null {
  const name = header === undefined ? undefined : parse(header).parameters.filename
  if (name === undefined) return null
  const bytes = Uint8Array.from(name, (character) => character.charCodeAt(0))
  const isOneByteEach = [...name].every((character) => character.charCodeAt(0) < 0x100)
  try {
    return isOneByteEach ? new TextDecoder('utf-8', { fatal: true }).decode(bytes) : name
  } catch {
    return name
  }
}
