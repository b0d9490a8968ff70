import type { Json } from './read/row.ts'

/** The parts of a JSON pointer (RFC 6901). */
export function pathOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** What stands at a path; undefined where the path ends early. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): Json | undefined {
  return path.reduce((inside, name) => (inside as Record<PropertyKey, Json> | null | undefined)?.[name], value as Json | undefined)
}

/** Sets a member of an object or list that is there. */
export function setAt(value: object, path: readonly string[], member: Json): void {
  const inside = valueAt(value, path.slice(0, -1))
  if (typeof inside === 'object' && inside !== null) (inside as { [name: string]: Json })[path.at(-1)!] = member
}
