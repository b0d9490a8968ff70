import { type Demand, type DemandDraft, isHidden, wordedFields } from '../demands/demand.ts'
import { alike, likeness } from '../intake/likeness.ts'
import { id, stored, z } from '../platform/schema.ts'

/** What may be decided of two demands that seem to be one; all of it can be taken back. */
export const twinsLifecycle = {
  open: { merge: 'merged', distinguish: 'distinct' },
  merged: { unmerge: 'open' },
  distinct: { reconsider: 'open' },
} as const
export type TwinsState = keyof typeof twinsLifecycle

/** What a merger did, as far as it has to be known to undo it. */
const Merging = z.strictObject({
  fromId: id('dem'),
  intoId: id('dem'),
  /** The state in which the one was that ended. */
  fromState: z.enum(['draft', 'vetting', 'published']),
  /** The version of the other one that the merger made. */
  intoVersion: z.number().int(),
  /** What changed hands, and the version of it that the merger made. */
  moved: z.array(z.strictObject({ id: z.string(), version: z.number().int() })),
  /** The links by which its enterprise was asked. */
  links: z.array(z.string()),
})
export type Merging = z.infer<typeof Merging>

/** Two demands that may have come of one need, by different doors, and what was decided of them last. 重复需求 */
export const Twins = z
  .strictObject({
    id: id('twn'),
    ...stored,
    visibility: z.literal('nda'),
    /** The smaller id first: a pair is one row, whichever of the two it is looked at from. */
    firstId: id('dem'),
    secondId: id('dem'),
    state: z.enum(['open', 'merged', 'distinct']),
    decidedBy: z.string(),
    /** Null unless they are merged. */
    merging: Merging.nullable(),
  })
  .openapi('Twins')
export type Twins = z.infer<typeof Twins>

/** Why two demands seem to be one: what they have in common. */
export const TwinReason = z.enum(['enterprise', 'enterprise-name', 'title', 'text', 'indicators'])
export type TwinReason = z.infer<typeof TwinReason>

/** What of two demands can be chosen: each as one of them says it. */
export const MergeField = z.enum([
  ...wordedFields,
  'constraints',
  'classification',
  'keywords',
  'region',
  'readiness',
  'modes',
  'ipExpectation',
  'isExclusive',
  'budget',
  'deadlineOn',
  'expectedStartOn',
  'expiresOn',
  'confidential',
  'businessContact',
  'technicalContact',
  'brokerId',
])
export type MergeField = z.infer<typeof MergeField>

type Member = keyof DemandDraft | 'brokerId'
/** Bounds belong together: a lower one of this and an upper one of that would be nobody's. */
const bounds = { readiness: ['readinessFrom', 'readinessTo'], budget: ['budgetMinFen', 'budgetMaxFen'] } as const
export const membersOf = (field: MergeField): readonly Member[] =>
  field in bounds ? bounds[field as keyof typeof bounds] : [field as Member]

type Sides = Pick<Demand, Member>
/** What one says in a field, apart from what was only read out of it. */
const said = (of: Sides, field: MergeField) =>
  field === 'indicators' ? of.indicators.map(({ text, need }) => ({ text, need })) : membersOf(field).map((member) => of[member])
export const saysSame = (a: Sides, b: Sides, field: MergeField) => JSON.stringify(said(a, field)) === JSON.stringify(said(b, field))
export const saysNothing = (of: Sides, field: MergeField) =>
  said(of, field).every((value) => value === null || (Array.isArray(value) && value.length === 0))

/** Whether its enterprise wrote it, or said yes to it. */
export const isOwners = ({ confirmation, onBehalfOf }: Pick<Demand, 'confirmation' | 'onBehalfOf'>) =>
  confirmation !== null || onBehalfOf === null

const progress = { draft: 0, vetting: 1, published: 2 } as Record<Demand['state'], number>
/** Which of two is to stay, unless somebody chooses otherwise: the one that went further, then the enterprise's own, then the first. */
export function stayingOf<Of extends Pick<Demand, 'id' | 'state' | 'confirmation' | 'onBehalfOf' | 'createdAt'>>(a: Of, b: Of): Of {
  if (progress[a.state] !== progress[b.state]) return progress[a.state]! > progress[b.state]! ? a : b
  if (isOwners(a) !== isOwners(b)) return isOwners(a) ? a : b
  return a.createdAt <= b.createdAt ? a : b
}

type Chosen = Sides & Pick<Demand, 'id' | 'state' | 'confirmation' | 'onBehalfOf' | 'createdAt'>
/** Which of the two a field is taken from, unless somebody chooses otherwise: what is there, the enterprise's own word, the fuller one. */
export function defaultOf<Of extends Chosen>(a: Of, b: Of, field: MergeField): Of {
  if (saysNothing(a, field) !== saysNothing(b, field)) return saysNothing(a, field) ? b : a
  if (isOwners(a) !== isOwners(b)) return isOwners(a) ? a : b
  const [lengthOfA, lengthOfB] = [a, b].map((each) => JSON.stringify(said(each, field)).length) as [number, number]
  const isText = !(wordedFields as readonly string[]).includes(field)
  // Of what both are the owner's words, those stay that need nobody's yes.
  if (isText && lengthOfA !== lengthOfB) return lengthOfA > lengthOfB ? a : b
  return stayingOf(a, b)
}

const open = ['public', 'registered', 'nda'] as const
/** Who may read what two demands become: nobody who could not read either. What one of them hid, no merger tells. */
export function closerOf(a: Demand, b: Demand): Pick<Demand, 'visibility' | 'isAnonymous'> {
  const visibility = open.indexOf(a.visibility) > open.indexOf(b.visibility) ? a.visibility : b.visibility
  return { visibility, isAnonymous: a.isAnonymous || b.isAnonymous }
}

/**
 * Whether outsiders know the one by its enterprise's name and the other without it: whoever asked about one would learn from the other
 * whose it is.
 */
export const isOneHidden = (a: Demand, b: Demand) => a.publishedAt !== null && b.publishedAt !== null && isHidden(a) !== isHidden(b)

/** How two demands are alike, and how much, 0 to 1; null where they are not. */
export function likenessOf(a: Demand, b: Demand): { score: number; reasons: TwinReason[] } | null {
  const { title, text } = likeness(likened(a), likened(b))
  const indicators = likeness(indicatorsOf(a), indicatorsOf(b)).text
  const found = { title, text, indicators }
  const reasons = (['title', 'text', 'indicators'] as const).filter((name) => found[name] >= alike)
  return reasons.length === 0 ? null : { score: Math.max(title, text, indicators), reasons }
}

const likened = ({ title, problem, indicators }: Demand) => ({
  title,
  text: [title, problem ?? '', ...indicators.map(({ text }) => text)].join('\n'),
})
const indicatorsOf = ({ indicators }: Demand) => ({ title: '', text: indicators.map(({ text }) => text).join('\n') })
