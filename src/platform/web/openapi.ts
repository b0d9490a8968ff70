import type { z } from '../schema.ts'
import type { AppContext } from './context.ts'
import type { Api } from './endpoint.ts'

const about = {
  openapi: '3.1.0',
  info: { title: 'Sunmao 榫卯', version: '0.1.0', description: 'Matchmaking engine and technology market' },
}

interface Schema {
  $ref?: string
  type?: string | string[]
  allOf?: Schema[]
  properties?: Record<string, unknown>
  required?: string[]
  additionalProperties?: unknown
}

/**
 * Answers with the OpenAPI description of everything mounted. `named` are schemas that often stand where null may stand too: they
 * are described before their first use, which would else make each of them nullable everywhere.
 */
export function openApi(app: Api, named: Record<string, z.ZodType>) {
  let description: object | undefined
  return (c: AppContext) => {
    description ??= descriptionOf(app, named)
    return c.json(description)
  }
}

function descriptionOf(app: Api, named: Record<string, z.ZodType>): object {
  for (const [name, schema] of Object.entries(named)) app.openAPIRegistry.register(name, schema)
  const document = app.getOpenAPI31Document(about)
  // What is generated is JSON, and of a schema only the members above are looked at.
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>
  for (const name of Object.keys(schemas)) schemas[name] = whole(schemas, schemas[name]!)
  return nullable(document) as object
}

/** A noun that extends a strict draft is one object: as an `allOf` of two closed ones it would admit nothing. */
function whole(schemas: Record<string, Schema>, schema: Schema): Schema {
  if (schema.$ref !== undefined) return whole(schemas, schemas[schema.$ref.replace('#/components/schemas/', '')]!)
  const parts = schema.allOf?.map((part) => whole(schemas, part)) ?? []
  if (!parts.some(({ additionalProperties }) => additionalProperties === false)) return schema
  return {
    ...parts[0],
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
    required: [...new Set(parts.flatMap(({ required = [] }) => required))],
  }
}

/** Null beside a named schema is another choice: as a wider type beside it, as it is generated, it would admit no null. */
function nullable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nullable)
  if (typeof value !== 'object' || value === null) return value
  const [named, wider] = (value as Schema).allOf ?? []
  if (named?.$ref !== undefined && wider?.type?.includes('null')) return { anyOf: [named, { type: 'null' }] }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, nullable(member)]))
}
