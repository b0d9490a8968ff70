import type { Demand } from '../demands/demand.ts'
import type { Enterprise } from '../directory/enterprise.ts'
import type { Evidence } from '../directory/evidence.ts'
import type { Expert } from '../directory/expert.ts'
import type { Institution } from '../directory/institution.ts'
import type { Offering } from '../offerings/offering.ts'
import { unstuffed } from './stuffing.ts'

/** The three fields in which a listing is indexed; see `DocumentText`. */
export interface Fields {
  title: string
  body: string
  keywords: string
}

const joined = (...parts: (string | null)[]) => parts.filter((part) => part !== null && part !== '').join('\n')

export function demandFields(demand: Demand): Fields {
  return {
    title: demand.title,
    body: joined(
      demand.problem,
      demand.currentState,
      demand.tried,
      demand.ownConditions,
      ...indicatorsBeyond(demand),
      ...demand.constraints,
    ),
    keywords: demand.keywords.join(' '),
  }
}

export function demandTeaser({ teaser }: Demand): Fields | null {
  return teaser === null ? null : { title: teaser, body: '', keywords: '' }
}

export function offeringFields(offering: Offering): Fields {
  const advantages = offering.advantages.map(({ name, ours, unit, condition }) => [name, ours, unit, condition].filter(Boolean).join(' '))
  return {
    title: offering.title,
    body: joined(offering.teaser, offering.problemSolved, offering.abstract, ...advantages),
    keywords: offering.keywords.join(' '),
  }
}

export function offeringTeaser({ title, teaser }: Offering): Fields {
  return { title, body: teaser ?? '', keywords: '' }
}

export function expertFields(expert: Expert): Fields {
  return {
    title: joined(expert.name, expert.field),
    body: joined(expert.summary, expert.methods.join('、'), expert.materials.join('、'), expert.instruments.join('、')),
    keywords: expert.keywords.join(' '),
  }
}

/** An unclaimed expert is a field at an institution. */
export function maskedExpertFields({ field }: Expert): Fields | null {
  return field === null ? null : { title: field, body: '', keywords: '' }
}

export function evidenceFields({ title, abstract }: Evidence): Fields {
  return { title: title ?? '', body: abstract ?? '', keywords: '' }
}

export function institutionFields({ name, summary }: Institution): Fields {
  return { title: name, body: summary ?? '', keywords: '' }
}

export function enterpriseFields({ name, summary, products }: Enterprise): Fields {
  return { title: name, body: summary ?? '', keywords: products.join(' ') }
}

/** What is embedded for a listing: the title twice, as in the measured recipe. */
export function embeddedText(fields: Fields): string {
  const { title, body, keywords } = unstuffed(fields)
  return [title, title, body, keywords].filter((part) => part !== '').join(' ')
}

/** What a demand asks: title and problem, and the indicators that the problem does not state already. */
export function demandQuestion(demand: Demand): string {
  return [demand.title, demand.problem ?? '', ...indicatorsBeyond(demand), demand.keywords.join(' ')]
    .filter((part) => part !== '')
    .join(' ')
}

/** What an offering asks of the demands: what it is and which problem it solves. */
export function offeringQuestion({ title, teaser, problemSolved, abstract }: Offering): string {
  return [title, problemSolved ?? teaser ?? '', abstract ?? '']
    .filter((part) => part !== '')
    .join(' ')
    .slice(0, 600)
}

/** What an expert asks of the demands: the profile, and the titles of what he did. */
export function expertQuestion(expert: Expert, titles: readonly string[]): string {
  const { field, summary, methods, materials, keywords } = expert
  return [field ?? '', ...titles.slice(0, 8), summary ?? '', ...methods, ...materials, ...keywords]
    .filter((part) => part !== '')
    .join(' ')
    .slice(0, 600)
}

function indicatorsBeyond({ indicators, problem }: Demand): string[] {
  return indicators.map(({ text }) => text).filter((text) => problem === null || !problem.includes(text))
}
