/** The answer of a check of an identifier. It warns and never blocks: real identifiers with a wrong check digit exist. */
export interface IdentifierCheck {
  ok: boolean
  warnings: IdentifierWarning[]
}

export type IdentifierWarning =
  | { code: 'wrong-length'; facts: { expected: number; found: number } }
  | { code: 'wrong-characters'; facts: { characters: string } }
  /** `position` counts from one. */
  | { code: 'wrong-check-digit'; facts: { position: number; expected: string; found: string } }

export function checked(...warnings: IdentifierWarning[]): IdentifierCheck {
  return { ok: warnings.length === 0, warnings }
}

/** A warning for every check digit that is not the computed one. */
export function wrongDigits(text: string, computed: { position: number; expected: string }[]): IdentifierWarning[] {
  return computed
    .map(({ position, expected }) => ({ position, expected, found: text.charAt(position - 1) }))
    .filter(({ expected, found }) => expected !== found)
    .map((facts) => ({ code: 'wrong-check-digit', facts }))
}
