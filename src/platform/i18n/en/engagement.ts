import type { Words } from '../words.ts'

export const engagement: Words['engagement'] = {
  states: {
    proposed: 'to propose',
    contacted: 'contacted',
    talking: 'in talks',
    signed: 'signed',
    lost: 'lost',
    open: 'waiting for an answer',
    accepted: 'willing to talk',
    declined: 'does not fit',
    referred: 'named somebody else',
    taken: 'followed up',
    dropped: 'dropped',
    ended: 'taken back',
  },
}
