import type { Words } from '../words.ts'

export const market: Words['market'] = {
  headline: 'State the problem; find the results and experts that can solve it',
  lead: 'Write the technical problem down and see at once who did something close, how well it is backed, and what is not known yet.',
  about: 'Four difficulties we work on',
  pains: [
    { pain: 'Resources are scattered', answer: 'Results, experts and institutions in one place; every figure says how it is backed.' },
    { pain: 'Needs stay hidden', answer: 'Four fields make a draft; a park or a broker may write it for you.' },
    {
      pain: 'Supply and demand miss each other',
      answer: 'What you need beside what they did, sentence by sentence, and what is not known yet.',
    },
    { pain: 'Services are hard to coordinate', answer: 'State, person in charge and reason of return are on record for every demand.' },
  ],
  counts: 'In the market now',
  latestDemands: 'Latest demands',
  latestOfferings: 'Latest results',
  all: { demand: 'All demands', offering: 'All results' },
  mostWanted: 'Industries with most demands',
  mostWantedNote: 'By the number of open demands; a number opens its list.',
  industry: 'Industry',
  demands: 'Demands',
  offerings: 'Results',
}

export const search: Words['search'] = {
  title: 'Search',
  box: 'Search demands, results, experts and institutions',
  placeholder: 'Such as 焊接变形 (welding distortion)',
  button: 'Search',
  found: (words) => `Search results for “${words}”`,
  none: 'Nothing fits',
  noneAdvice: 'Try other words, or post it as a demand and let the market look for it.',
  meant: { shown: (words) => `Nothing mentions “${words}”. Read as pinyin, it may mean what is shown here: `, others: 'Or did you mean:' },
  post: 'Post it as a demand',
  more: (count) => `See all ${count}`,
  near: 'See what is close in meaning',
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
    offering: 'Results to transfer, license or develop further, and leads from the literature whose authors are not here yet.',
    expert: 'People who can solve problems. Those who have not taken over their profile are shown as institution and field only.',
    institution: 'Universities, institutes and hospitals with their schools, laboratories and teams.',
    enterprise: 'Enterprises that post demands or offer technology.',
  },
  words: 'Words',
  results: 'Results of the list',
  total: counted,
  mentioning: (count, kind) => `${counted(count, kind)} related to these words, the nearest first`,
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
  emptyTitle: 'Nothing fits these conditions',
  emptyFilters: 'Remove a filter or two, or use other words.',
  emptyDemand: 'There is no such demand yet. Do you have this problem? Post it.',
  emptyOther: 'Nothing suitable? Post the problem as a demand and let the market look.',
  takeAlong: {
    title: 'Take this page along',
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
