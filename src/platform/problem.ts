/**
 * Every way a request can fail on purpose: kind → HTTP status (RFC 9457). The kind is the last part of the problem's `type`.
 * What a person reads comes from `words.problem`; `facts` are codes and public values only.
 */
export const problems = {
  'malformed-request': 400,
  'invalid-json': 400,
  'bad-cursor': 400,
  'not-signed-in': 401,
  'token-expired': 401,
  'session-ended': 401,
  'not-permitted': 403,
  'second-factor-required': 403,
  'consent-required': 403,
  'not-found': 404,
  'file-lost': 404,
  'request-too-slow': 408,
  'not-allowed-now': 409,
  'changed-meanwhile': 409,
  'link-gone': 410,
  'already-exists': 409,
  'request-in-flight': 409,
  'checks-missing': 409,
  'telling-words': 409,
  'version-differs': 412,
  'too-large': 413,
  'address-too-long': 414,
  'unsupported-media-type': 415,
  'invalid-input': 422,
  'key-reused': 422,
  'version-required': 428,
  'too-many-requests': 429,
  'headers-too-large': 431,
  'storage-full': 507,
  'storage-read-only': 507,
  'not-sent': 502,
  'not-ready': 503,
  'took-too-long': 503,
} as const
export type ProblemKind = keyof typeof problems

/** One thing that is wrong with an input: where (JSON pointer), a stable code, and what the rule says (codes, not sentences). */
export interface FieldError {
  pointer: string
  code: string
  facts?: Record<string, string | number>
}

export interface ProblemFacts {
  errors?: FieldError[]
  [fact: string]: unknown
}

export class Problem extends Error {
  readonly kind: ProblemKind
  readonly facts: ProblemFacts
  constructor(kind: ProblemKind, facts: ProblemFacts = {}, options?: ErrorOptions) {
    super(kind, options)
    this.name = 'Problem'
    this.kind = kind
    this.facts = facts
  }
  get status() {
    return problems[this.kind]
  }
}
