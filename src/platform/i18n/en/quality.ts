import type { Words } from '../words.ts'

export const quality: Words['quality'] = {
  title: 'Judge matches blind',
  nav: 'Blind judging',
  lead: 'Below is a demand and a candidate, without organisations, names, places or scores (unless the text itself mentions them). Going by the content alone, can the candidate solve it? Your answer measures how good the matching is; neither side is told, and it moves nobody up or down.',
  asked: 'Demand',
  offered: 'Candidate',
  question: 'Can the candidate solve this demand?',
  grades: [
    { name: '0 Unrelated', meaning: 'Something else altogether' },
    { name: '1 Same field', meaning: 'The same field, but another problem' },
    { name: '2 Worth a talk', meaning: 'The same kind of problem, and the method seems to carry over' },
    { name: '3 Right on target', meaning: 'This very problem, or nearly: to be contacted first' },
  ],
  noted: (grade) => `The last pair was noted as “${grade}”.`,
  was: (grade) => `You answered “${grade}” before. Choose again to change it.`,
  change: 'Change',
  progress: (given, waiting) => `You have judged ${given}; ${waiting} to go.`,
  none: {
    title: 'Nothing to judge',
    text: 'Everything shown lately has been judged. There will be new pairs once somebody looks at matches again.',
  },
}
