import { type Code, codeIn, codeName, codesNamed, codesOf, listOf, Scheme } from '../../platform/codes/codes.ts'
import type { Json } from '../read/row.ts'
import { type Cell, CellFault } from './cell.ts'

/** A code as `scheme:code`, by its Chinese name, or bare where the column has one list only. */
export function code(...schemes: [Scheme, ...Scheme[]]): Cell {
  return {
    read: (value) => (typeof value === 'string' ? asJson(codeFor(value, schemes)) : value),
    write: (value) => writtenCode(value as Code | null, schemes.length === 1),
  }
}

/** Several. A name may itself have 、 in it, so a part is cut there only when it is no name as a whole. */
export function codes(...schemes: [Scheme, ...Scheme[]]): Cell {
  const one = code(...schemes)
  const read = (value: Json): Json[] => {
    if (Array.isArray(value)) return value.map((each) => one.read(each, null))
    if (typeof value !== 'string') return [value]
    return value.split(/[；;\n]+/).flatMap((part) => partsOf(part.trim(), schemes).map((each) => one.read(each, null)))
  }
  return { read, write: (value) => (Array.isArray(value) ? value.map((each) => one.write(each)).join('；') : '') }
}

/** `scheme:code` for a code of the present edition, and the whole code for one of another. */
export function compactCode(value: Code): string | Code {
  return listOf(value.scheme).edition === value.edition ? `${value.scheme}:${value.code}` : value
}

function codeFor(text: string, schemes: Scheme[]): Code {
  const found = candidates(text.trim(), schemes)
  const [first] = found
  if (first === undefined) throw new CellFault('unknown-code', { code: text })
  if (found.length > 1)
    throw new CellFault('ambiguous-name', {
      codes: found
        .slice(0, 6)
        .map(({ scheme, code }) => `${scheme}:${code}`)
        .join('、'),
    })
  return first
}

function candidates(text: string, schemes: Scheme[]): Code[] {
  const [, prefix, rest] = /^([a-z0-9-]+)[:：](.+)$/.exec(text) ?? []
  const scheme = Scheme.safeParse(prefix)
  if (scheme.success) return exists(scheme.data, rest!.trim()) ? [codeIn(scheme.data, rest!.trim())] : []
  const [only] = schemes
  if (schemes.length === 1 && exists(only!, text)) return [codeIn(only!, text)]
  // The first list that knows the name: 新材料 is a field of high technology and no industry.
  return schemes.map((each) => codesNamed(each, text)).find((found) => found.length > 0) ?? []
}

function exists(scheme: Scheme, code: string): boolean {
  return codesOf(scheme).some((row) => row.code === code)
}

function partsOf(text: string, schemes: Scheme[]): string[] {
  if (text === '') return []
  return candidates(text, schemes).length > 0 ? [text] : text.split('、').flatMap((part) => part.trim() || [])
}

function writtenCode(value: Code | null, hasOneList: boolean): string {
  if (value === null) return ''
  const name = codeName(value, 'zh-CN')
  // A name that repeats, as 朝阳区 does, would not be found again.
  return hasOneList && codesNamed(value.scheme, name).length === 1 ? name : `${value.scheme}:${value.code}`
}

function asJson({ scheme, edition, code }: Code): Json {
  return { scheme, edition, code }
}
