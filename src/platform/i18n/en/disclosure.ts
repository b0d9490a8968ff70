import type { Words } from '../words.ts'

export const disclosure: Words['disclosure'] = {
  title: 'Confidential',
  lead: 'Part of this is shown only to those who accept non-disclosure terms. Once you do, you can read it, and whoever published it sees that you did, and when.',
  terms: (version) => `Non-disclosure terms (version ${version})`,
  accept: 'Accept the terms and read',
  shut: 'Part of this is shown only to verified organisations and people who accept non-disclosure terms.',
  openLead: 'To read it as the operator, say why: the owner can see the reason. It stays open to you for eight hours.',
  reason: 'Reason',
  open: 'Open',
  readers: (count) => `Who may read what is confidential (${count})`,
  operator: 'The market',
  kinds: { nda: 'terms accepted', opening: 'opened by the operator' },
  states: { standing: 'in force', ended: 'ended' },
  end: 'End',
}
