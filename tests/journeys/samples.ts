import { type Description, resolved } from './documented.ts'

type Schema = Record<string, unknown>

/** An endpoint as the description has it. */
export interface Endpoint {
  method: string
  path: string
  query: string[]
  body: { type: string; schema: Schema } | null
}

interface Documented {
  parameters?: { name: string; in: string }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
}

export function endpointsOf(description: Description): Endpoint[] {
  return Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const { parameters = [], requestBody } = operation as Documented
      const [[type, content] = ['', null]] = Object.entries(requestBody?.content ?? {})
      return {
        method: method.toUpperCase(),
        path,
        query: parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name),
        body: content === null ? null : { type, schema: content.schema },
      }
    }),
  )
}

export interface Filling {
  /** What stands in a plain text; undefined leaves it out where that may be. */
  text(schema: { minLength?: number; maxLength?: number }): string | undefined
  /** An id of the kind of that prefix. */
  id(prefix: string): string | undefined
  /** Whether members that may be left out are filled in as well. */
  isFull: boolean
}

/** A value that fits a schema of the description; undefined where none is easily made. */
export function sampleOf(description: Description, schema: Schema, filling: Filling): unknown {
  const inner = (each: unknown) => sampleOf(description, each as Schema, filling)
  if (schema.$ref !== undefined) return inner(resolved(description, schema.$ref as string))
  const choices = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined
  if (choices !== undefined) {
    const made = choices.filter(({ type }) => type !== 'null').map(inner)
    return made.find((each) => each !== undefined) ?? (choices.some(({ type }) => type === 'null') ? null : undefined)
  }
  if (schema.enum !== undefined) return (schema.enum as unknown[])[0]
  switch ([schema.type].flat()[0]) {
    case 'string': {
      const prefix = /^\^([a-z]{3})_\[a-z2-7\]/.exec(String(schema.pattern ?? ''))?.[1]
      if (prefix !== undefined) return filling.id(prefix)
      if (schema.pattern === undefined && schema.format === undefined) return filling.text(schema)
      // An address cannot be made up, but may be left empty where the schema says so.
      if ([schema.type].flat().includes('null')) return null
      return schema.format === 'date' ? '2026-11-01' : undefined
    }
    case 'integer':
    case 'number':
      return schema.minimum ?? 1
    case 'boolean':
      return false
    case 'array': {
      const item = filling.isFull ? inner(schema.items) : undefined
      return item === undefined || (schema.items as Schema).$ref !== undefined ? [] : [item]
    }
    case 'object': {
      const required = (schema.required ?? []) as string[]
      const members = Object.entries((schema.properties ?? {}) as Record<string, Schema>)
        .filter(([name, member]) => required.includes(name) || (filling.isFull && member.$ref === undefined))
        .map(([name, member]) => [name, inner(member)] as const)
        .filter(([, value]) => value !== undefined)
      return required.every((name) => members.some(([own]) => own === name)) ? Object.fromEntries(members) : undefined
    }
    default:
      return undefined
  }
}

/** An attack in as many characters as a field takes, and as few as it wants. */
export function fitted(attack: string, { minLength = 0, maxLength = 100 }: { minLength?: number; maxLength?: number }): string {
  return [...attack].slice(0, maxLength).join('').padEnd(minLength, '字')
}
