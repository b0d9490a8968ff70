import { ancestorsOf, type Code, isWithin } from '../platform/codes/codes.ts'

/** Among how many enterprises one that is not named must be lost: the least size of an anonymity set. */
export const leastLost = 5

/** Place and codes, as far as outsiders are told of them. */
export interface Outward {
  region: Code | null
  classification: Code[]
}

/**
 * As much of a demand's place and codes as at least five of the enterprises fit: county → city → province → nothing, and codes as they
 * are → industries alone → their sections → none. Of two that tell equally much, the one that tells the place more closely.
 */
export function outwardOf(own: Outward, enterprises: readonly Outward[]): Outward {
  const regions = own.region === null ? [null] : [own.region, ...ancestorsOf(own.region), null]
  const industries = own.classification.filter(({ scheme }) => scheme === 'gbt4754')
  const codes = [own.classification, industries, unique(industries.map((code) => ancestorsOf(code).at(-1) ?? code)), []]
  const steps = regions
    .flatMap((region, r) => codes.map((classification, c) => ({ outward: { region, classification }, r, c })))
    .sort((a, b) => a.r + a.c - (b.r + b.c) || a.r - b.r)
  const found = steps.find(({ outward }) => isLost(outward, enterprises))
  return found?.outward ?? { region: null, classification: [] }
}

/** Whether five enterprises or more fit what outsiders are told. */
export function isLost(outward: Outward, enterprises: readonly Outward[]): boolean {
  let fitting = 0
  for (const enterprise of enterprises) if (fits(outward, enterprise) && ++fitting === leastLost) return true
  return outward.region === null && outward.classification.length === 0
}

function fits({ region, classification }: Outward, enterprise: Outward): boolean {
  if (region !== null && (enterprise.region === null || !isWithin(enterprise.region, region))) return false
  return classification.every((code) => enterprise.classification.some((theirs) => theirs.scheme === code.scheme && isWithin(theirs, code)))
}

function unique(codes: Code[]): Code[] {
  return [...new Map(codes.map((code) => [`${code.scheme} ${code.code}`, code])).values()]
}
