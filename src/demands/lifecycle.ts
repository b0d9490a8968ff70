/**
 * States of a demand and the verbs that move it. No state without a way in; those that no verb leaves are ends. F2
 * What was merged by mistake is not moved on but put back as it was; see `twins/`.
 */
export const demandLifecycle = {
  draft: { request: 'vetting', route: 'routed', withdraw: 'withdrawn', merge: 'merged' },
  vetting: { publish: 'published', return: 'draft', route: 'routed', withdraw: 'withdrawn', merge: 'merged' },
  published: { withdraw: 'withdrawn', expire: 'expired', solve: 'solved', merge: 'merged' },
  routed: { withdraw: 'withdrawn' },
  withdrawn: {},
  expired: {},
  solved: {},
  merged: {},
} as const
export type DemandState = keyof typeof demandLifecycle
