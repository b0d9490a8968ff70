import { SupplyId } from '../matching/refusal.ts'
import { day, id, instant, stored, text, z } from '../platform/schema.ts'

/** Standing until it is taken back, or until the request is answered, by whomever. */
export const delegationLifecycle = {
  standing: { delegate: 'standing', end: 'ended', answer: 'answered' },
  ended: { delegate: 'standing' },
  answered: {},
} as const

export const RequestId = z.union([id('int'), id('inv')])

const assignment = {
  to: id('exp'),
  /** What the transfer office writes to him. */
  note: text(1, 500).nullable(),
  /** By when it would like his answer. */
  until: day.nullable(),
}

/** A request to an institution that its transfer office hands to one of its people; one a request, whoever has it. 分派 */
export const Delegation = z
  .strictObject({
    id: id('dlg'),
    ...stored,
    visibility: z.literal('nda'),
    institutionId: id('itn'),
    /** The interest or the invitation. */
    requestId: RequestId,
    by: z.string(),
    ...assignment,
    since: instant,
    /** What stood before the last change, for whoever undoes it; null where nothing stood. */
    former: z.strictObject({ ...assignment, since: instant }).nullable(),
    state: z.enum(['standing', 'ended', 'answered']),
  })
  .openapi('Delegation')
export type Delegation = z.infer<typeof Delegation>

/** As many requests as are handed on at once. */
export const delegatedAtMost = 40

/** Several requests to one person: all of them, or none. */
export const DelegationRequest = z
  .strictObject({ requestIds: z.array(RequestId).min(1).max(delegatedAtMost), ...assignment })
  .openapi('DelegationRequest')
export type DelegationRequest = z.infer<typeof DelegationRequest>

/** Delegations as they were seen, each to go back by one change. */
export const DelegationUndoing = z
  .strictObject({
    delegations: z
      .array(z.strictObject({ id: id('dlg'), version: z.number().int().min(1) }))
      .min(1)
      .max(delegatedAtMost),
  })
  .openapi('DelegationUndoing')
export type DelegationUndoing = z.infer<typeof DelegationUndoing>

export const requestStates = ['open', 'delegated', 'accepted', 'declined', 'referred', 'withdrawn', 'expired'] as const

/** What an institution is asked: of itself, of a result of its own, of one of its people. */
export const InstitutionRequest = z
  .strictObject({
    id: RequestId,
    /** An enterprise asks, or a broker. */
    kind: z.enum(['interest', 'invitation']),
    demandId: id('dem'),
    supplyId: SupplyId,
    note: z.string().nullable(),
    askedAt: instant,
    /** Until when it can be answered; null where it does not end. */
    expiresAt: instant.nullable(),
    state: z.enum(requestStates),
    answeredAt: instant.nullable(),
    /** Who has it, or had it when it was answered. */
    delegation: Delegation.nullable(),
  })
  .openapi('InstitutionRequest')
export type InstitutionRequest = z.infer<typeof InstitutionRequest>

/** Whether it still waits for an answer. */
export const isWaiting = ({ state }: Pick<InstitutionRequest, 'state'>): boolean => state === 'open' || state === 'delegated'
