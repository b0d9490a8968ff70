import { type Evidence, EvidenceRole, WorkDay } from '../../directory/evidence.ts'

/** One work as a file tells of it, before anybody has checked it. */
export interface WrittenWork {
  line: number
  fields: WorkFields
  /** Why nothing can be taken from here: a code. */
  fault: string | null
}

/** What a work is registered with, and who is named as having done it. */
export interface WorkFields extends Pick<Evidence, 'kind' | 'role' | 'title' | 'abstract' | 'on' | 'source' | 'number' | 'link'> {
  authors: string[]
}

/** The DOI in a text, with or without the address of its registry; null for none. */
export function doiIn(written: string): string | null {
  return /(?:^|\/|doi:?\s*)(10\.\d{4,9}\/\S{1,180})$/i.exec(written.slice(0, 300).trim())?.[1] ?? null
}

/** As much of a day as is written: 2021, 2021-6, 2021年6月30日, 20210630, 2021,56(3). */
export function workDay(written: string): string | null {
  const [, year, month, date] =
    /^\D{0,3}(\d{4})(?:\s*[-/.年]?\s*(\d{1,2})(?:\s*[-/.月]?\s*(\d{1,2}))?)?(?!\d)/.exec(written.slice(0, 40).normalize('NFKC')) ?? []
  if (year === undefined) return null
  const parts = [year, month?.padStart(2, '0'), date?.padStart(2, '0')].filter((part) => part !== undefined)
  // What is no day may still begin with a month or a year.
  for (let count = parts.length; count > 0; count--) {
    const found = WorkDay.safeParse(parts.slice(0, count).join('-'))
    if (found.success) return found.data
  }
  return null
}

/** An address that a browser can open; else that of the DOI. */
export function linkOf(written: string, doi: string | null): string | null {
  const url = URL.parse(written.replaceAll(/[{}\\]/g, '').trim())
  if (url !== null && /^https?:$/.test(url.protocol) && url.href.length <= 500) return url.href
  return doi === null ? null : `https://doi.org/${encodeURI(doi)}`
}

/** What part in it a column says the expert had; null for what is none of ours. */
export const roleNamed = (written: string): NonNullable<Evidence['role']> | null => {
  const direct = EvidenceRole.safeParse(written.trim().toLowerCase()).data
  return direct ?? roleWords.find(([pattern]) => pattern.test(written))?.[1] ?? null
}

const roleWords: [RegExp, NonNullable<Evidence['role']>][] = [
  [/通讯|通信作者|corresponding/i, 'corresponding-author'],
  [/负责|主持|第一完成人|lead|principal/i, 'lead'],
  [/发明|inventor/i, 'inventor'],
  [/导师|指导|supervis/i, 'supervisor'],
  [/作者|author/i, 'author'],
  [/参与|成员|完成人|member/i, 'member'],
]
