import type { terminal as zhCN } from '../zh-CN/terminal.ts'

export const terminal: typeof zhCN = {
  welcome: 'Sunmao 榫卯: matches technical problems to research results and experts',
  seeded: (city) =>
    `The database holds demonstration data: the invented city of ${city}. Leads are published abstracts; all other institutions, enterprises and people are invented.`,
  unnamed: (path) => `This market has no name and city yet: PATCH ${path} with an operator’s key (name, nameEn, regionCode).`,
  degraded: 'The semantic model is not loaded: what follows is matched by text alone.',
  demand: 'Demand',
  of: (enterprise) => `Posted by: ${enterprise}`,
  offerings: 'Matching results',
  experts: 'Matching experts',
  lead: 'lead from the literature; its authors have not joined yet',
  unclaimed: (institution) => `${institution}; profile not claimed yet, so the name is not shown`,
  semicolon: '; ',
  none: 'Nothing suitable found so far.',
  need: 'You want',
  labelled: (label, text) => `${label}: ${text}`,
  done: 'They have done',
  written: 'The paper says',
  from: (title) => `Source: ${title}`,
  unknown: (list) => `Not known yet: ${list}`,
  serving: (address) => `Pages: ${address}    API: ${address}/docs`,
  tryThese: 'Three commands to try:',
  stop: 'Press Ctrl-C to stop.',
}
