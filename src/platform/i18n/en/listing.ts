import type { Words } from '../words.ts'

export const market: Words['market'] = {
  headline: 'State your problem; Sunmao finds the results and experts that can solve it',
  lead: 'Write down the technical problem and see at once who has done something similar, how far they got, and what is not known yet.',
  about: 'Four difficulties we address',
  pains: [
    { pain: 'Resources are scattered', answer: 'Results, experts and institutions in one place; figures state how well they are backed.' },
    { pain: 'Needs stay hidden', answer: 'Four fields make a draft; a park or a broker can enter it for you.' },
    {
      pain: 'Supply and demand miss each other',
      answer: 'What you need is set beside what they did, sentence by sentence, and what is not known yet is stated too.',
    },
    {
      pain: 'Services are hard to coordinate',
      answer: 'For every demand, its state, the person in charge and any reason for return are on record.',
    },
  ],
  counts: 'In the market now',
  latestDemands: 'Latest demands',
  latestOfferings: 'Latest results',
  all: { demand: 'All demands', offering: 'All results' },
  mostWanted: 'Industries with the most demands',
  mostWantedNote: 'By the number of open public demands; select a number to see them.',
  industry: 'Industry',
  demands: 'Demands',
  offerings: 'Results',
}

export const search: Words['search'] = {
  title: 'Search',
  box: 'Search demands, results, experts and institutions',
  placeholder: 'For example: 焊接变形 (welding distortion)',
  button: 'Search',
  found: (words) => `Search results for “${words}”`,
  none: 'Nothing found',
  noneAdvice: 'Try other words, or post it as a demand and let the market look for it.',
  meant: { shown: (words) => `Nothing found for “${words}”. Read as pinyin, it was searched for as: `, others: 'Or did you mean:' },
  post: 'Post it as a demand',
  more: (count) => `See all ${count}`,
  near: 'See results close in meaning',
  kinds: { demand: 'Demands', offering: 'Results', expert: 'Experts', institution: 'Institutions', enterprise: 'Enterprises' },
  units: { demand: 'demands', offering: 'results', expert: 'experts', institution: 'institutions', enterprise: 'enterprises' },
}

const one: Record<keyof Words['search']['units'], string> = {
  demand: 'demand',
  offering: 'result',
  expert: 'expert',
  institution: 'institution',
  enterprise: 'enterprise',
}
const counted = (count: string, kind: keyof typeof one) => `${count} ${count === '1' ? one[kind] : search.units[kind]}`

export const listing: Words['listing'] = {
  titles: { demand: 'Demands', offering: 'Results', expert: 'Experts', institution: 'Institutions', enterprise: 'Enterprises' },
  leads: {
    demand: 'Technical problems that enterprises want solved.',
    offering: 'Results to transfer, license or work on together, and leads from the literature whose authors have not joined yet.',
    expert: 'People who can solve problems. Those who have not claimed their profile are shown by institution and field only.',
    institution: 'Universities, institutes and hospitals with their schools, laboratories and teams.',
    enterprise: 'Enterprises that post demands or offer technology.',
  },
  words: 'Keywords',
  results: 'What was found',
  total: counted,
  mentioning: (count, kind) => `${counted(count, kind)} related to these words, the closest first`,
  newestFirst: 'newest first',
  byRelevance: 'most relevant first',
  filters: 'Filters',
  toFilters: 'Filters',
  apply: 'Apply filters',
  clear: 'Clear all filters',
  remove: 'Remove filter ',
  chosen: 'Chosen filters',
  moreValues: (count) => `${count} more`,
  next: 'Next page',
  first: 'Back to the first page',
  pages: 'Pages',
  emptyTitle: 'Nothing matches these filters',
  emptyFilters: 'Remove a filter or two, or try other words.',
  emptyDemand: 'There is no such demand yet. If you have a similar problem, post it.',
  emptyOther: 'Nothing suitable? Post the problem as a demand and let the market look for it.',
  takeAlong: {
    title: 'Take this page with you',
    code: 'QR code of this page’s address',
    address: 'Scan it with a phone to open this page, or type the address:',
  },
  facets: {
    chain: 'Industry chain',
    industry: 'Industry',
    region: 'Region',
    readiness: 'Readiness',
    mode: 'Mode of cooperation',
    stage: 'Stage',
    form: 'Kind',
    discipline: 'Discipline',
    kind: 'Kind of institution',
  },
}
