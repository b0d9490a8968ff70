import { z } from '../../platform/schema.ts'
import type { FormState } from '../../platform/web/parts/fields.tsx'
import type { DeclaredConflict, Expert } from '../expert.ts'

/** As many places where somebody works as a profile may have. */
export const affiliationsAtMost = 5
export const affiliationFields = ['institution', 'department', 'post'] as const
export type AffiliationField = (typeof affiliationFields)[number]
/** Of one affiliation, by its place in the list. */
export const fieldAt = (field: AffiliationField, at: number) => `${field}${at}`

/** The parts of the form, each of which is compared and chosen as a whole. */
export const profileParts = [
  'name',
  'title',
  'titleLevel',
  'affiliations',
  'region',
  'field',
  'summary',
  'methods',
  'materials',
  'instruments',
  'keywords',
  'modes',
  'minFee',
  'daysPerYear',
  'maxParallel',
  'freeFrom',
  'travelRadiusKm',
  'hostConsent',
  'mutedTopics',
  'sameUnit',
  'equity',
  'jointWork',
  'otherTies',
] as const

/** The parts in which ties to enterprises are declared, by kind. */
export const tieParts = {
  'same-unit': 'sameUnit',
  equity: 'equity',
  'joint-work': 'jointWork',
  other: 'otherTies',
} as const satisfies Record<DeclaredConflict['kind'], string>
export type ProfilePart = (typeof profileParts)[number]

/** What the browser sends: text for every field, several for the modes. */
export interface ProfileForm {
  values: Record<string, string>
  modes: readonly string[]
}

const singles = [
  ...profileParts.filter((part) => part !== 'affiliations' && part !== 'modes'),
  ...Array.from({ length: affiliationsAtMost }, (_, at) => affiliationFields.map((field) => fieldAt(field, at))).flat(),
]
const single = z
  .string()
  .optional()
  .transform((value) => (value ?? '').replaceAll('\r\n', '\n').trim())
export const PostedProfile = z
  .object({
    ...Object.fromEntries(singles.map((name) => [name, single])),
    modes: z
      .union([z.string(), z.array(z.string())])
      .optional()
      .transform((value) => (value === undefined ? [] : [value].flat())),
  })
  .transform(({ modes, ...values }): ProfileForm => ({ values: values as Record<string, string>, modes }))

/** A profile as the form shows it; `employers` are names by id. */
export function formOf(expert: Expert, employers: ReadonlyMap<string, string>): ProfileForm {
  const { capacity, minFeeFen, travelRadiusKm, hostConsent } = expert
  const values = Object.fromEntries(singles.map((name) => [name, '']))
  for (const [at, { institutionId, department, post }] of expert.affiliations.entries())
    Object.assign(values, {
      [fieldAt('institution', at)]: employers.get(institutionId) ?? institutionId,
      [fieldAt('department', at)]: department ?? '',
      [fieldAt('post', at)]: post ?? '',
    })
  Object.assign(values, {
    name: expert.name,
    title: expert.title ?? '',
    titleLevel: expert.titleLevel ?? '',
    region: expert.region?.code ?? '',
    field: expert.field ?? '',
    summary: expert.summary ?? '',
    methods: expert.methods.join('\n'),
    materials: expert.materials.join('\n'),
    instruments: expert.instruments.join('\n'),
    keywords: expert.keywords.join('\n'),
    minFee: minFeeFen === null ? '' : String(minFeeFen / 1_000_000),
    daysPerYear: String(capacity?.daysPerYear ?? ''),
    maxParallel: String(capacity?.maxParallel ?? ''),
    freeFrom: capacity?.freeFrom ?? '',
    travelRadiusKm: String(travelRadiusKm ?? ''),
    hostConsent: hostConsent === null ? '' : hostConsent ? 'yes' : 'no',
    mutedTopics: expert.mutedTopics.join('\n'),
    ...Object.fromEntries(
      Object.entries(tieParts).map(([kind, part]) => [
        part,
        expert.conflicts.flatMap((each) => (each.kind === kind ? each.name : [])).join('\n'),
      ]),
    ),
  })
  return { values, modes: [...expert.modes] }
}

/** The form as it is drawn. */
export function stateOf({ values, modes }: ProfileForm, messages: Record<string, string> = {}): FormState {
  return { values, chosen: { modes }, messages }
}

/** The fields of the form that make up a part. */
export function fieldsOf(part: ProfilePart): string[] {
  if (part !== 'affiliations') return [part]
  return Array.from({ length: affiliationsAtMost }, (_, at) => affiliationFields.map((field) => fieldAt(field, at))).flat()
}

/** What somebody wrote of where he works, a line for each. */
export function affiliationsIn({ values }: ProfileForm): Record<AffiliationField, string>[] {
  const rows = Array.from({ length: affiliationsAtMost }, (_, at) => {
    const of = (field: AffiliationField) => values[fieldAt(field, at)] ?? ''
    return { institution: of('institution'), department: of('department'), post: of('post') }
  })
  return rows.filter((row) => Object.values(row).some((text) => text !== ''))
}

/** The same in two forms; of the modes their order says nothing. */
export function isSame(part: ProfilePart, a: ProfileForm, b: ProfileForm): boolean {
  return written(part, a) === written(part, b)
}

function written(part: ProfilePart, form: ProfileForm): string {
  if (part === 'modes') return form.modes.toSorted().join('\n')
  if (part === 'affiliations') return JSON.stringify(affiliationsIn(form))
  return form.values[part] ?? ''
}
