import { OpenAPIHono } from '@hono/zod-openapi'
import type { Session } from '../../accounts/account.ts'
import type { Actor } from '../../accounts/actor.ts'
import type { Locale } from '../i18n/words.ts'
import { parseInput, pointer } from '../input.ts'
import type { Ports } from '../ports.ts'
import { Problem, type ProblemKind, problems } from '../problem.ts'
import { z } from '../schema.ts'
import type { AppContext, Env } from './context.ts'
import { ProblemDocument } from './problem-document.ts'

export type Api = OpenAPIHono<Env>
export const newApi = (): Api => new OpenAPIHono<Env>()

/** What an endpoint takes, gives and refuses: enough to serve it, check it and document it. */
interface Definition<Body, Query, Result> {
  method: 'get' | 'post' | 'patch' | 'put' | 'delete'
  /** With `{id}` for path parameters. */
  path: string
  summary: string
  tag: string
  body?: z.ZodType<Body>
  /** `application/json` unless it says otherwise. */
  bodyType?: 'application/json' | 'application/merge-patch+json'
  /** A body that is no JSON: what it may be, and how it is read. */
  reads?: { content: Record<string, { schema: z.ZodType }>; from(c: AppContext): Promise<Body> }
  /** An answer that is no JSON: the types it may have, and how it is given. */
  answers?: { types: readonly string[]; with(c: AppContext, result: Result): Response }
  query?: z.ZodType<Query>
  /** Whether If-Match must name the version that the caller saw (428 without, 412 when it differs). */
  ifMatch?: boolean
  returns: readonly [200 | 201, z.ZodType<Result>]
  problems: readonly ProblemKind[]
  /** Path of what was made, for `Location`. */
  location?: (result: Result) => string
}

export interface Request<Body, Query> {
  ports: Ports
  actor: Actor
  /** Null for a visitor and for whoever comes with a token. */
  session: Session | null
  locale: Locale
  params: Record<string, string>
  body: Body
  query: Query
  /** The version in If-Match; 0 where the endpoint asks for none. */
  version: number
}

/** Adds one endpoint to an API and to its documentation. A result with a version answers with an ETag, one with a next cursor with a Link. */
export function endpoint<Body, Query, Result>(
  api: Api,
  definition: Definition<Body, Query, Result>,
  handle: (request: Request<Body, Query>) => Promise<Result>,
): void {
  document(api, definition)
  const [status] = definition.returns
  api.on(definition.method.toUpperCase(), definition.path.replaceAll(/\{(\w+)\}/g, ':$1'), async (c) => {
    const query = definition.query ? parseInput(definition.query, queryOf(c)) : (undefined as Query)
    const version = definition.ifMatch ? versionWanted(c) : 0
    const body = await bodyOf(c, definition)
    const { ports, actor, session, locale } = c.var
    const params = c.req.param() as Record<string, string>
    const result = await handle({ ports, actor, session, locale, params, body, query, version })
    if (definition.location) c.header('location', definition.location(result))
    const { version: resultVersion, next } = result as { version?: number; next?: string | null }
    if (typeof resultVersion === 'number') c.header('etag', `"${resultVersion}"`)
    if (typeof next === 'string') c.header('link', `<${nextUrl(c, next)}>; rel="next"`)
    return definition.answers ? definition.answers.with(c, result) : c.json(result as object, status)
  })
}

async function bodyOf<Body>(
  c: AppContext,
  { reads, body, bodyType }: Pick<Definition<Body, unknown, unknown>, 'reads' | 'body' | 'bodyType'>,
): Promise<Body> {
  if (reads) return reads.from(c)
  return body ? parseInput(body, await jsonBody(c, bodyType)) : (undefined as Body)
}

/** 415 for another content type, 400 for what is no JSON, 422 for what is nested deeper than anything of ours. */
async function jsonBody(c: AppContext, accepted = 'application/json'): Promise<unknown> {
  const given = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (given !== 'application/json' && given !== accepted) throw new Problem('unsupported-media-type', { accepted, given })
  const text = await c.req.text()
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw new Problem('invalid-json', {})
    throw error
  }
  if (!isWithin(deepest, body))
    throw new Problem('invalid-input', { errors: [{ pointer: '', code: 'too-deep', facts: { maximum: deepest } }] })
  const prototype = prototypeIn(body, [])
  if (prototype !== null) throw new Problem('invalid-input', { errors: [{ pointer: pointer(prototype), code: 'unknown-field' }] })
  return body
}

/** Where a member is named as JavaScript names prototypes: whoever copies it by name would change one. No field of ours is called so. */
function prototypeIn(value: unknown, at: readonly string[]): readonly string[] | null {
  if (typeof value !== 'object' || value === null) return null
  if (Object.hasOwn(value, '__proto__')) return [...at, '__proto__']
  for (const [name, member] of Object.entries(value)) {
    const found = prototypeIn(member, [...at, name])
    if (found !== null) return found
  }
  return null
}

/** What walks a body calls itself once a level, and the stack is not endless. */
const deepest = 32
function isWithin(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  return levels > 0 && Object.values(value).every((member) => isWithin(levels - 1, member))
}

/** A parameter that is repeated is a list. */
function queryOf(c: AppContext): Record<string, string | string[]> {
  return Object.fromEntries(Object.entries(c.req.queries()).map(([name, values]) => [name, values.length === 1 ? values[0]! : values]))
}

function versionWanted(c: AppContext): number {
  const header = c.req.header('if-match')
  if (header === undefined) throw new Problem('version-required')
  const version = /^(?:W\/)?"(\d{1,15})"$/.exec(header.trim())?.[1]
  // What is no version of ours can match none: -1 differs from all.
  return version === undefined ? -1 : Number(version)
}

function nextUrl(c: AppContext, cursor: string): string {
  const url = new URL(c.req.url)
  url.searchParams.set('cursor', cursor)
  return `${url.pathname}${url.search}`
}

/** Bytes, as a description names them. */
export const binary = z.string().openapi({ type: 'string', format: 'binary' })

/** What every request can meet, whatever it asks for. */
const anywhere = [
  'malformed-request',
  'not-signed-in',
  'token-expired',
  'request-too-slow',
  'address-too-long',
  'headers-too-large',
  'too-many-requests',
  'not-ready',
  'took-too-long',
] as const satisfies readonly ProblemKind[]

function document<Body, Query, Result>(api: Api, definition: Definition<Body, Query, Result>): void {
  const {
    method,
    path,
    summary,
    tag,
    body,
    bodyType = 'application/json',
    reads,
    query,
    ifMatch,
    returns,
    answers,
    problems: kinds,
  } = definition
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
  const refusals = new Map<number, ProblemKind[]>()
  const all = new Set<ProblemKind>([
    ...kinds,
    ...(body ? (['invalid-json', 'invalid-input', 'too-large', 'unsupported-media-type'] as const) : []),
    ...(reads ? (['invalid-input', 'unsupported-media-type', 'too-many-requests'] as const) : []),
    ...(query ? (['invalid-input'] as const) : []),
    ...(ifMatch ? (['version-required', 'version-differs'] as const) : []),
    ...(method === 'get' ? [] : (['not-permitted', 'too-large', 'storage-full', 'storage-read-only'] as const)),
    ...(method === 'post' ? (['invalid-input', 'key-reused', 'request-in-flight'] as const) : []),
    ...anywhere,
  ])
  for (const kind of all) refusals.set(problems[kind], [...(refusals.get(problems[kind]) ?? []), kind])
  const headers = z.object({
    ...(ifMatch && { 'if-match': z.string().openapi({ example: '"1"' }) }),
    ...(method === 'post' && { 'idempotency-key': z.string().max(200).optional() }),
  })
  api.openAPIRegistry.registerPath({
    method,
    path,
    summary,
    tags: [tag],
    security: method === 'get' ? [{}, { token: [] }] : [{ token: [] }],
    request: {
      ...(names.length > 0 && { params: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))) }),
      // A definition's query is an object schema; its type is kept general for inference.
      ...(query && { query: query as unknown as z.ZodObject }),
      ...(Object.keys(headers.shape).length > 0 && { headers }),
      ...(body && { body: { required: true, content: { [bodyType]: { schema: body } } } }),
      ...(reads && { body: { required: true, content: reads.content } }),
    },
    responses: {
      [returns[0]]: {
        description: summary,
        content: answers
          ? Object.fromEntries(answers.types.map((type) => [type, { schema: binary }]))
          : { 'application/json': { schema: returns[1] } },
      },
      ...Object.fromEntries(
        [...refusals].map(([status, list]) => [
          status,
          { description: list.join(', '), content: { 'application/problem+json': { schema: ProblemDocument } } },
        ]),
      ),
    },
  })
}
