import { z } from '../platform/schema.ts'

/** Why the operator erases somebody: a code, because the record of it is kept and may hold nothing about him. */
export const OperatorsReason = z.enum(['request', 'objection', 'unlawful', 'order'])
/** By himself; by the operator; because it is time; because a backup brought him back. */
export const ErasureReason = z.enum(['own-request', ...OperatorsReason.options, 'retention', 'returned'])
export type ErasureReason = z.infer<typeof ErasureReason>

/** Everything that is one person here: the account he signs in with, and the profiles that he is. */
export interface Person {
  accountId: string | null
  /** Of experts and brokers, also those that were merged away. */
  profileIds: readonly string[]
  /** Of works, claims, mergers and documents that are his, where they are known already; what belongs to the profiles is found. */
  otherIds: readonly string[]
}

/** What an erasure did. Ids alone: what they stood for is gone. */
export const Erased = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    accountId: z.string().nullable(),
    profileIds: z.array(z.string()),
    /** Demands in which he was a contact person. */
    demandIds: z.array(z.string()),
    /** Documents that named him and are gone. */
    documentIds: z.array(z.string()),
    /** Documents of what he had to do with that no program can read: somebody has to look whether they name him. */
    documentsToCheck: z.array(z.string()),
    /** Rows of all kinds that are gone. */
    removed: z.number().int(),
  })
  .openapi('Erased')
export type Erased = z.infer<typeof Erased>

/** Everything that is held about a person, for himself or for a machine. */
export const PersonData = z
  .object({
    format: z.literal('sunmao-person'),
    formatVersion: z.literal(1),
    madeAt: z.iso.datetime(),
    accountId: z.string().nullable(),
    profileIds: z.array(z.string()),
    account: z.looseObject({ id: z.string() }).nullable(),
    memberships: z.array(z.looseObject({})),
    consents: z.array(z.looseObject({})),
    devices: z.array(z.looseObject({})),
    /** What he read that is not for everybody. */
    postponed: z.array(z.looseObject({})),
    unfinished: z.array(z.looseObject({})),
    readings: z.array(z.looseObject({})),
    /** Keys that he made, and links about his account. */
    keys: z.array(z.looseObject({})),
    links: z.array(z.looseObject({})),
    /** Filters that he keeps under names. */
    views: z.array(z.looseObject({})),
    /** That wait for his answer. */
    invitations: z.array(z.looseObject({})),
    /** Profiles, works, claims, mergers and accepted terms: as they are now (null for what was taken away), and every version that is kept. */
    listings: z.array(
      z.object({
        id: z.string(),
        now: z.looseObject({}).nullable(),
        versions: z.array(z.object({ version: z.number().int(), body: z.looseObject({}) })),
      }),
    ),
    /** Demands of others in which he is, or was, a contact person. */
    contacts: z.array(z.object({ demandId: z.string(), contact: z.looseObject({}) })),
    /** What happened to all that, and what he did: codes and ids. */
    journal: z.array(z.looseObject({})),
  })
  .openapi('PersonData')
export type PersonData = z.infer<typeof PersonData>
