/** States of an offering and the verbs that move it; negotiation and signing are states of engagement and contract. F1 */
export const offeringLifecycle = {
  draft: { request: 'vetting', publish: 'published', withdraw: 'withdrawn' },
  vetting: { publish: 'published', return: 'draft', withdraw: 'withdrawn' },
  published: { withdraw: 'withdrawn', expire: 'expired' },
  withdrawn: {},
  expired: {},
} as const
export type OfferingState = keyof typeof offeringLifecycle
