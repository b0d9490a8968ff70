import { ancestorsOf, type Code } from '../platform/codes/codes.ts'

/** How long a code of a scheme is that stands for a field of its own: a division of industry, a first-level discipline. */
const fieldLength = { gbt4754: 2, gbt13745: 3, 'degree-catalogue': 4 } as const
const isField = (scheme: Code['scheme']): scheme is keyof typeof fieldLength => scheme in fieldLength

/** The fields to which codes belong, those of no scheme of fields left out. A code that is wider than a field stands for itself. */
export function fieldsOf(codes: readonly Code[]): Code[] {
  const found = codes.flatMap((code): Code[] => {
    const { scheme } = code
    if (!isField(scheme)) return []
    return [[code, ...ancestorsOf(code)].find((each) => each.code.length === fieldLength[scheme]) ?? code]
  })
  return [...new Map(found.map((code) => [keyOf(code), code])).values()]
}

/** Whether fields lie apart: comparable by at least one scheme, and alike by none. */
export function liesApart(fields: readonly Code[], near: readonly Code[]): boolean {
  const nearKeys = new Set(near.map(keyOf))
  const schemes = new Set(near.map(({ scheme }) => scheme))
  return fields.some(({ scheme }) => schemes.has(scheme)) && fields.every((field) => !nearKeys.has(keyOf(field)))
}

const keyOf = ({ scheme, code }: Code) => `${scheme} ${code}`
