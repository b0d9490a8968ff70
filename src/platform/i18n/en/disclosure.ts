import type { Words } from '../words.ts'

export const disclosure: Words['disclosure'] = {
  title: 'Confidential content',
  lead: 'Part of this listing is shown only to people who accept the non-disclosure terms. Once you accept, you can read it; the publisher sees who read it and when.',
  terms: (version) => `Non-disclosure terms (version ${version})`,
  accept: 'Accept the terms and read',
  shut: 'Part of this listing is shown only to verified organisations and people who have accepted the non-disclosure terms.',
  openLead: 'To read confidential content, operators must give a reason, which the publisher can see. It then stays open for 8 hours.',
  reason: 'Reason',
  open: 'Open',
  readers: (count) => `Who can read the confidential content (${count})`,
  operator: 'The market',
  kinds: { nda: 'terms accepted', opening: 'opened by the operator' },
  states: { standing: 'in force', ended: 'ended' },
  end: 'End',
}
