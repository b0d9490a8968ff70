import { expect } from 'vitest'

type Schema = Record<string, unknown>

interface Operation {
  responses: Record<string, { description: string; content?: Record<string, { schema: Schema }> }>
}

/** As much of an OpenAPI 3.1 document as answers are held against. */
export interface Description {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

/** An answer under /api is one that the description names for its path and method: status, media type, kind of problem and shape. */
export function expectDocumented(description: Description, method: string, path: string, response: Response, text: string): void {
  const operation = operationOf(description, method, path)
  // A bug is not documented: no caller can prepare for it.
  if (operation === undefined || response.status === 500) return
  const asked = `${method} ${path} → ${response.status} ${text.slice(0, 500)}`
  const documented = operation.responses[response.status]
  expect(documented, `${asked}: the status is not documented`).toBeDefined()
  const type = response.headers.get('content-type')?.split(';')[0] ?? ''
  const content = documented!.content?.[type]
  expect(content, `${asked}: the type ${type} is not documented`).toBeDefined()
  // A file of somebody's has no shape.
  if (content!.schema.format === 'binary') return
  const body = JSON.parse(text)
  expect(faults(description, content!.schema, body), asked).toEqual([])
  if (!response.ok) {
    const kind = body.type.replace('/problems/', '')
    expect(documented!.description.split(', '), `${asked}: the problem is not documented`).toContain(kind)
  }
}

function operationOf({ paths }: Description, method: string, path: string): Operation | undefined {
  const [pathname = ''] = path.split('?')
  const template = Object.keys(paths).find((template) => new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(pathname))
  return template === undefined ? undefined : paths[template]![method.toLowerCase()]
}

/** Says nothing about the value. */
const annotations = new Set(['description', 'example', 'format', 'title', 'default'])

/** Where a value breaks a JSON Schema. Only the keywords that our description uses; another one is an error of this function. */
export function faults(description: Description, schema: Schema, value: unknown, at = ''): string[] {
  const inner = (schema: unknown, value: unknown, at: string) => faults(description, schema as Schema, value, at)
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  const members = isObject ? Object.entries(value) : []
  const properties = (schema.properties ?? {}) as Record<string, Schema>

  return Object.entries(schema).flatMap(([keyword, rule]): string[] => {
    const broken = (isBroken: boolean) =>
      isBroken ? [`${at || '/'}: ${keyword} ${JSON.stringify(rule)}, not ${JSON.stringify(value)?.slice(0, 80)}`] : []
    switch (keyword) {
      case '$ref':
        return inner(resolved(description, rule as string), value, at)
      case 'allOf':
        return (rule as Schema[]).flatMap((each) => inner(each, value, at))
      case 'anyOf':
        return broken((rule as Schema[]).every((each) => inner(each, value, at).length > 0))
      case 'oneOf':
        return broken((rule as Schema[]).filter((each) => inner(each, value, at).length === 0).length !== 1)
      case 'type':
        return broken(![rule].flat().some((type) => isOf(type as string, value)))
      case 'enum':
        return broken(!(rule as unknown[]).includes(value))
      case 'required':
        return broken(isObject && (rule as string[]).some((name) => !(name in value)))
      case 'properties':
        return members.flatMap(([name, member]) => (name in properties ? inner(properties[name], member, `${at}/${name}`) : []))
      case 'additionalProperties': {
        const others = members.filter(([name]) => !(name in properties))
        return rule === false ? broken(others.length > 0) : others.flatMap(([name, member]) => inner(rule, member, `${at}/${name}`))
      }
      case 'items':
        return Array.isArray(value) ? value.flatMap((item, index) => inner(rule, item, `${at}/${index}`)) : []
      case 'minimum':
        return broken(typeof value === 'number' && value < (rule as number))
      case 'maximum':
        return broken(typeof value === 'number' && value > (rule as number))
      case 'minLength':
        return broken(typeof value === 'string' && [...value].length < (rule as number))
      case 'maxLength':
        return broken(typeof value === 'string' && [...value].length > (rule as number))
      case 'maxItems':
        return broken(Array.isArray(value) && value.length > (rule as number))
      case 'pattern':
        return broken(typeof value === 'string' && !new RegExp(rule as string).test(value))
      default:
        if (!annotations.has(keyword)) throw new Error(`The description uses ${keyword}, which this check does not know`)
        return []
    }
  })
}

export function resolved({ components }: Description, reference: string): Schema {
  const schema = components.schemas[reference.replace('#/components/schemas/', '')]
  if (schema === undefined) throw new Error(`${reference} leads nowhere`)
  return schema
}

function isOf(type: string, value: unknown): boolean {
  if (type === 'null') return value === null
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value)
  return type === 'integer' ? Number.isInteger(value) : typeof value === type
}
