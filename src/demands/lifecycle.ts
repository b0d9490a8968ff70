/** States of a demand and the verbs that move it. No state without a way in; the last three are ends. F2 */
export const demandLifecycle = {
  draft: { request: 'vetting', route: 'routed', withdraw: 'withdrawn' },
  vetting: { publish: 'published', return: 'draft', route: 'routed', withdraw: 'withdrawn' },
  published: { withdraw: 'withdrawn', expire: 'expired', solve: 'solved' },
  routed: {},
  withdrawn: {},
  expired: {},
  solved: {},
} as const
export type DemandState = keyof typeof demandLifecycle
