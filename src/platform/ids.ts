/** Kind prefixes of ids. An id is its prefix, an underscore and 20 random base32 characters; it tells neither time nor owner. */
export const prefixes = {
  enterprise: 'ent',
  park: 'prk',
  institution: 'itn',
  expert: 'exp',
  broker: 'bro',
  provider: 'prv',
  county: 'cty',
  demand: 'dem',
  offering: 'off',
  evidence: 'evi',
  refusal: 'rfs',
  judgment: 'jdg',
  'match-list': 'lst',
  interest: 'int',
  invitation: 'inv',
  referral: 'ref',
  delegation: 'dlg',
  engagement: 'eng',
  contact: 'ctc',
  shortlist: 'sho',
  intake: 'ink',
  'intake-line': 'inl',
  twins: 'twn',
  token: 'tok',
  account: 'acc',
  membership: 'mem',
  'member-invitation': 'ivt',
  session: 'ses',
  credential: 'cre',
  verification: 'ver',
  claim: 'clm',
  merger: 'mrg',
  disclosure: 'dsc',
  'sign-in-value': 'siv',
  'second-factor': 'fac',
  'sign-in-code': 'cod',
  link: 'lnk',
  attachment: 'att',
  reading: 'rea',
  import: 'imp',
  job: 'job',
  'saved-view': 'viw',
  consent: 'cns',
  erasure: 'era',
  /** That somebody's data was given out. */
  'hand-out': 'hnd',
  /** No id, but made alike: nobody can guess it. */
  salt: 'slt',
} as const
export type Kind = keyof typeof prefixes

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
const body = /^[a-z2-7]{20}$/

/** A fresh id from 100 random bits. */
export function randomId(kind: Kind): string {
  return idFromBytes(kind, crypto.getRandomValues(new Uint8Array(20)))
}

/** The same origin always gets the same id, so that documentation stays true (seed and benchmark pools). */
export async function idFromOrigin(kind: Kind, originId: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${kind}:${originId}`))
  return idFromBytes(kind, new Uint8Array(digest).subarray(0, 20))
}

/** The kind that an id names, or undefined if it is no id of ours. */
export function kindOfId(id: string): Kind | undefined {
  const [prefix, rest] = [id.slice(0, 3), id.slice(4)]
  if (id[3] !== '_' || !body.test(rest)) return undefined
  return (Object.keys(prefixes) as Kind[]).find((kind) => prefixes[kind] === prefix)
}

function idFromBytes(kind: Kind, bytes: Uint8Array): string {
  return `${prefixes[kind]}_${Array.from(bytes, (byte) => alphabet[byte & 31]).join('')}`
}
