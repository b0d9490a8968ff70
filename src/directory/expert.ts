import { Code } from '../platform/codes/codes.ts'
import { Degree, Mode, TitleLevel } from '../platform/codes/enums.ts'
import { day, fen, id, instant, stored, text, texts, Visibility, z } from '../platform/schema.ts'

export const Affiliation = z
  .strictObject({ institutionId: id('itn'), department: text(1, 120).nullable(), post: text(1, 80).nullable() })
  .openapi('Affiliation')

/** Free working days a year, engagements at a time, and from when. */
export const Capacity = z
  .strictObject({
    daysPerYear: z.number().int().min(0).max(366).nullable(),
    maxParallel: z.number().int().min(0).max(100).nullable(),
    freeFrom: day.nullable(),
  })
  .openapi('Capacity')

/** How the profile came here. */
export const ExpertSource = z.enum(['self-registered', 'institution', 'public-web'])

/** How well somebody is known who entered the market himself as an expert: by his own word alone, or looked at by others. */
export const Enrolled = z.enum(['unverified', 'verified'])

/** Who gets his contact details once both sides are interested: the other side, or only the broker who brings them together. */
export const ContactSharing = z.enum(['both-sides', 'broker'])

/** What of a profile the person shows to whom, within what its visibility lets see; contact details nobody sees before mutual interest. */
export const Shown = z
  .strictObject({
    /** The name, and where he works: without them he is a field of work. */
    name: Visibility,
    /** What he did; never to anybody from whom the name is kept. */
    works: Visibility,
    contact: ContactSharing,
  })
  .openapi('Shown')
export type Shown = z.infer<typeof Shown>

/** A tie to an enterprise that the person has declared, by the enterprise's name. 利益关系 */
export const DeclaredConflict = z
  .strictObject({ kind: z.enum(['same-unit', 'equity', 'joint-work', 'other']), name: text(2, 120) })
  .openapi('DeclaredConflict')
export type DeclaredConflict = z.infer<typeof DeclaredConflict>

/** A person who can solve problems. 专家 */
export const ExpertDraft = z
  .strictObject({
    name: text(2, 60),
    nameEn: text(2, 80).nullable(),
    orcid: text(19, 19).nullable(),
    affiliations: z.array(Affiliation).max(5),
    titleLevel: TitleLevel.nullable(),
    /** The title as it is called: 教授, 高级工程师 … */
    title: text(1, 40).nullable(),
    degree: Degree.nullable(),
    region: Code.nullable(),
    classification: z.array(Code).max(20),
    /** Field in a few words: what an unclaimed expert is shown as, beside the institution. */
    field: text(2, 80).nullable(),
    summary: text(1, 3000).nullable(),
    methods: texts(20, 60),
    materials: texts(20, 60),
    instruments: texts(20, 60),
    keywords: texts(20, 60),
    modes: z.array(Mode).max(30),
    capacity: Capacity.nullable(),
    minFeeFen: fen.nullable(),
    /** 0 for no travel; null for unknown. */
    travelRadiusKm: z.number().int().min(0).max(20000).nullable(),
    /** The employer's permission for part-time work: null is unknown. */
    hostConsent: z.boolean().nullable(),
    /** The person's consent to be proposed: null is not asked yet, false withholds them from every match. */
    consent: z.boolean().nullable(),
    source: ExpertSource,
    visibility: Visibility,
    shown: Shown,
    /** Demands that speak of these are not proposed to him; nobody outside is told. 静音话题 */
    mutedTopics: texts(20, 60),
    /** Told to nobody but the broker and the operator; the market's rules decide what follows. */
    conflicts: z.array(DeclaredConflict).max(20),
  })
  .openapi('ExpertDraft')
export type ExpertDraft = z.infer<typeof ExpertDraft>

export const Expert = ExpertDraft.extend({
  id: id('exp'),
  /** Whether the person has taken over the profile. */
  claimed: z.boolean(),
  /** When the person last confirmed the facts (本人确认); null: all of it is inferred (推测). */
  confirmedAt: instant.nullable(),
  /** Null for a profile that somebody else registered: who takes it over is known by that. */
  enrolled: Enrolled.nullable(),
  ...stored,
}).openapi('Expert')
export type Expert = z.infer<typeof Expert>

export const blankExpert: Omit<ExpertDraft, 'name' | 'source'> = {
  nameEn: null,
  orcid: null,
  affiliations: [],
  titleLevel: null,
  title: null,
  degree: null,
  region: null,
  classification: [],
  field: null,
  summary: null,
  methods: [],
  materials: [],
  instruments: [],
  keywords: [],
  modes: [],
  capacity: null,
  minFeeFen: null,
  travelRadiusKm: null,
  hostConsent: null,
  consent: null,
  visibility: 'public',
  shown: { name: 'public', works: 'public', contact: 'both-sides' },
  mutedTopics: [],
  conflicts: [],
}

/** An expert as a row holds him: those of before there was a choice show to all what the whole profile shows, and were registered by others. */
export const StoredExpert = z.preprocess(
  (row: object) => ({ shown: blankExpert.shown, mutedTopics: [], conflicts: [], enrolled: null, ...row }),
  Expert,
)

/** An expert as somebody may see him: a masked one is institution and field only. */
export const ExpertView = Expert.extend({ name: text(2, 60).nullable(), isMasked: z.boolean() }).openapi('ExpertView')
export type ExpertView = z.infer<typeof ExpertView>

const strictness: Record<Visibility, number> = { public: 0, registered: 1, nda: 2 }
const strictest = (...visibilities: Visibility[]): Visibility => visibilities.reduce((a, b) => (strictness[a] >= strictness[b] ? a : b))

/** From whom on his name and his works are shown: to nobody outside before he has taken over the profile. */
export function shownFrom({ claimed, visibility, shown }: Pick<Expert, 'claimed' | 'visibility' | 'shown'>): Pick<Shown, 'name' | 'works'> {
  const name = claimed ? strictest(visibility, shown.name) : 'nda'
  return { name, works: strictest(name, shown.works) }
}

/** What he is known by when he is verified: whoever says otherwise of himself later is to be looked at again. */
export function saysOtherwise(before: Pick<Expert, 'name' | 'affiliations'>, after: Pick<Expert, 'name' | 'affiliations'>): boolean {
  const employers = before.affiliations.map(({ institutionId }) => institutionId)
  return after.name !== before.name || after.affiliations.some(({ institutionId }) => !employers.includes(institutionId))
}

/**
 * What everybody but operator, brokers and the institution sees of a person who has not taken over the profile: institution and field.
 * Of one who has, and keeps his name to himself, the field alone.
 */
export function maskedExpert(expert: Expert): ExpertView {
  const { id, claimed, enrolled, affiliations, classification, region, field, source, visibility, version, createdAt, updatedAt } = expert
  return {
    ...blankExpert,
    id,
    name: null,
    affiliations: claimed ? [] : affiliations.map(({ institutionId }) => ({ institutionId, department: null, post: null })),
    classification,
    region,
    field,
    source,
    visibility,
    claimed: false,
    confirmedAt: null,
    enrolled,
    originId: null,
    version,
    createdAt,
    updatedAt,
    isMasked: true,
  }
}
