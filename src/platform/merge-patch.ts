import type { z } from 'zod'
import { inputErrors, pointer } from './input.ts'
import { Problem } from './problem.ts'

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

/** JSON Merge Patch (RFC 7396): null removes a member, objects merge, everything else replaces. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch
  const merged: { [name: string]: Json } = isObject(target) ? { ...target } : {}
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name]
    else merged[name] = mergePatch(merged[name], value)
  }
  return merged
}

/**
 * The part of a stored noun that people write, with a patch merged in and parsed whole. A removed member is `null`, which
 * means *known to be absent*; a member that may not be null is then refused. Unknown members are refused too.
 */
export function amended<Draft>(schema: z.ZodObject & z.ZodType<Draft>, stored: object, patch: unknown): Draft {
  if (!isObject(patch as Json)) throw new Problem('invalid-input', { errors: [{ pointer: '', code: 'invalid_type' }] })
  const names = Object.keys(schema.shape)
  const written = Object.fromEntries(names.map((name) => [name, structuredClone((stored as Record<string, Json>)[name] ?? null)]))
  const merged = mergePatch(strip(schema, written), patch as Json) as Record<string, Json>
  for (const name of names) merged[name] ??= null
  let result = schema.safeParse(merged)
  if (!result.success) {
    // Deeper down too a removed member is null, where the schema misses it; a union may be glad that it is gone.
    const removed = new Set(removedBy(patch as Json))
    for (const { path } of result.error.issues) if (removed.has(pointer(path))) put(merged, path, null)
    result = schema.safeParse(merged)
  }
  if (!result.success) throw new Problem('invalid-input', { errors: inputErrors(result.error) })
  return result.data
}

/** Pointers of the members that a patch removes. */
function removedBy(patch: Json, at = ''): string[] {
  if (patch === null) return [at]
  return isObject(patch) ? Object.entries(patch).flatMap(([name, value]) => removedBy(value, at + pointer([name]))) : []
}

function put(target: Json, path: PropertyKey[], value: Json): void {
  const parent = path.slice(0, -1).reduce<Json | undefined>((member, key) => (member as Record<PropertyKey, Json>)?.[key], target)
  if (isObject(parent)) parent[String(path.at(-1))] = value
}

/** Leaves out what the draft does not know at any depth, such as the parsed form of an indicator, so that strict parsing holds. */
function strip(schema: z.ZodObject, written: Record<string, Json>): Record<string, Json> {
  const known = schema.safeParse(written)
  if (known.success) return written
  for (const { code, path, keys } of known.error.issues as { code: string; path: PropertyKey[]; keys?: string[] }[]) {
    if (code !== 'unrecognized_keys') continue
    const at = path.reduce<Json | undefined>((value, key) => (value as Record<PropertyKey, Json>)?.[key], written)
    for (const key of keys ?? []) delete (at as Record<string, Json>)[key]
  }
  return written
}

function isObject(value: Json | undefined): value is { [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
