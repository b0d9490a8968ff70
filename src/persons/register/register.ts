import { nounFields } from './nouns.ts'
import { tableFields } from './tables.ts'

/** On what ground personal data is held. */
export type Basis = 'consent' | 'contract' | 'statutory-duty' | 'public-information'

/** On what grounds each group is held, in the order in which they are told: of an expert who was not asked yet, what is public already. */
export const bases = {
  account: ['contract'],
  code: ['contract'],
  security: ['contract'],
  devices: ['contract'],
  use: ['contract'],
  views: ['contract'],
  membership: ['contract'],
  invitations: ['contract'],
  consents: ['statutory-duty'],
  claims: ['contract'],
  identity: ['consent', 'public-information'],
  position: ['consent', 'public-information'],
  expertise: ['consent', 'public-information'],
  works: ['consent', 'public-information'],
  terms: ['consent'],
  choices: ['consent'],
  broker: ['contract'],
  contacts: ['contract'],
  dealings: ['contract'],
  documents: ['contract'],
  readings: ['contract'],
  lists: ['contract'],
  unfinished: ['contract'],
  messages: ['contract'],
  revisions: ['contract'],
  vectors: ['contract'],
  answers: ['contract'],
  actors: ['statutory-duty'],
  erasures: ['statutory-duty'],
  responsible: ['statutory-duty'],
} as const satisfies Record<string, readonly Basis[]>

/** Data of one kind and purpose; what it is, for what, who sees it and how long it is kept is said in words (`privacy.groups`). */
export type Group = keyof typeof bases

/** Where a group is held: `noun.field` and `table.column`, and what lies in no table. */
export function placesOf(group: Group): string[] {
  const within = (all: Record<string, Record<string, Group | null>>, table: string) =>
    Object.entries(all[table]!).flatMap(([name, each]) => (each === group ? [`${table}.${name}`] : []))
  return [
    ...Object.keys(nounFields).flatMap((noun) => within(nounFields, noun)),
    ...Object.keys(tableFields).flatMap((table) => within(tableFields, table)),
    ...(elsewhere[group] ?? []),
  ]
}

/** What is held outside the database. */
const elsewhere: Partial<Record<Group, string[]>> = {
  messages: ['outbox folder'],
  erasures: ['list of erasures beside the database'],
  documents: ['folder of files'],
  vectors: ['index in memory and its snapshot'],
}

/** The keys of an object literal are those of its type. */
export const groups = Object.keys(bases) as Group[]
