import type { Evidence } from '../../directory/evidence.ts'
import { type BibEntry, readBibtex } from './bibtex.ts'
import { plainText } from './latex.ts'
import { doiIn, linkOf, type WorkFields, type WrittenWork, workDay } from './values.ts'

/** The works of a BibTeX file in their order, with what could not be read. */
export function worksOfBibtex(text: string): WrittenWork[] {
  const { entries, faults } = readBibtex(text)
  const works = entries.map((entry) => ({ line: entry.line, fields: fieldsOf(entry), fault: null }))
  const unread = faults.map(({ line, rule }) => ({ line, fields: noFields, fault: rule }))
  return [...works, ...unread].toSorted((a, b) => a.line - b.line)
}

const noFields: WorkFields = {
  kind: 'paper',
  role: null,
  title: null,
  abstract: null,
  on: null,
  source: null,
  number: null,
  link: null,
  authors: [],
}

const kinds: Record<string, Evidence['kind']> = {
  patent: 'patent',
  standard: 'standard',
  techreport: 'result',
  report: 'result',
  software: 'product',
  dataset: 'product',
}

/** Names under which programs write the same, the usual one first. */
const names = {
  title: ['title', '题名', '标题', '题目'],
  abstract: ['abstract', '摘要'],
  source: ['journal', 'journaltitle', 'booktitle', 'school', 'institution', 'organization', 'publisher', 'howpublished', '刊名', '来源'],
  author: ['author', 'authors', 'inventor', 'editor', '作者', '发明人'],
  date: ['date', 'pubdate', '日期'],
  year: ['year', '年', '年份'],
  month: ['month', '月'],
  day: ['day'],
  doi: ['doi'],
  number: ['number', '专利号', '标准号', '申请号', '公开号'],
  link: ['url', 'link', '网址'],
}

function fieldsOf(entry: BibEntry): WorkFields {
  const value = (name: keyof typeof names): string | null => {
    const found = names[name].map((each) => entry.fields.get(each)).find((each) => each !== undefined)
    return (found === undefined ? '' : plainText(found)) || null
  }
  // Of other kinds the number is that of an issue.
  const isNumbered = ['patent', 'standard', 'techreport', 'report'].includes(entry.type)
  const doi = doiIn(value('doi') ?? '')
  const dated = [value('year'), monthIn(value('month') ?? ''), value('day')].filter((part) => part !== null).join('-')
  return {
    kind: kinds[entry.type] ?? 'paper',
    role: null,
    title: value('title'),
    abstract: value('abstract'),
    on: workDay(value('date') ?? '') ?? workDay(dated),
    source: value('source'),
    number: doi ?? (isNumbered ? value('number') : null),
    // An address may hold what LaTeX means something by.
    link: linkOf(entry.fields.get(names.link.find((name) => entry.fields.has(name)) ?? '') ?? '', doi),
    authors: authorsIn(entry.fields.get(names.author.find((name) => entry.fields.has(name)) ?? '') ?? ''),
  }
}

const authorsIn = (written: string): string[] =>
  written
    .split(/\s+and\s+|[;；]/)
    .map(plainText)
    .filter((name) => name !== '')

/** Months are written as numbers and by name. */
function monthIn(written: string): string | null {
  const named = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'].indexOf(
    written.slice(0, 3).toLowerCase(),
  )
  return named === -1 ? (/^\d{1,2}/.exec(written)?.[0] ?? null) : String(named + 1)
}
