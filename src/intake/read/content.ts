import { clean } from '../../imports/read/hygiene.ts'
import { fieldsNamed, type IntakeField } from '../fields.ts'
import { oneLine } from '../grid.ts'
import type { LineContent } from '../line.ts'
import { routeOf } from '../values/routing.ts'
import { severalIn } from '../values/several.ts'
import { blankLine, doubt, fitNotes, fitting, type LineDraft, note } from './draft.ts'
import { type Entry, type Need, saysSomething } from './entry.ts'
import { choice, fieldReaders } from './field-readers.ts'
import { readPerson } from './person.ts'
import { clauseOf } from './title.ts'

/** What a need says; several where several stand in one cell, which then share the other cells. */
export function contentsOf(need: Need, today: string): LineContent[] {
  const entries = need.entries.map(cleaned).filter(({ text }) => saysSomething(text))
  return problemsIn(entries, need.isForm).map(({ entries: own, isPart }) => contentOf({ ...need, entries: own }, isPart, today))
}

function cleaned(entry: Entry): Entry {
  return { ...entry, text: clean(entry.text.toWellFormed().replaceAll('\0', '')).text }
}

/** The entries of each of the problems in one cell: in the one of its names, or in its description where it has no name. */
function problemsIn(entries: readonly Entry[], isForm: boolean): { entries: readonly Entry[]; isPart: boolean }[] {
  const title = entries.find(({ field }) => field === 'title')
  const problem = entries.find(({ field }) => field === 'problem')
  const listed = title ?? problem
  const several = listed === undefined ? null : severalIn(listed.text, { lines: !isForm })
  if (listed === undefined || several === null) return [{ entries, isPart: false }]
  // As many descriptions as names: each has its own.
  const described = title && problem ? severalIn(problem.text, { lines: !isForm }) : null
  const isPaired = described !== null && described.parts.length === several.parts.length
  return several.parts.map((part, at) => {
    const own = new Map([[listed, partOf(listed, several.before, part)]])
    if (isPaired) own.set(problem!, partOf(problem!, described.before, described.parts[at]!))
    return { entries: entries.flatMap((entry) => own.get(entry) ?? [entry]), isPart: true }
  })
}

/** One item of a list in a cell, with what stands before the list. */
function partOf(entry: Entry, before: string, part: string): Entry[] {
  if (!saysSomething(before)) return [{ ...entry, text: part }]
  const whole: Entry = { ...entry, field: 'problem', text: `${before}\n${part}` }
  return entry.field === 'title' ? [{ ...entry, text: part }, whole] : [{ ...entry, field: 'title', text: clauseOf(part) }, whole]
}

type Stated = Omit<Need, 'entries'> & { entries: readonly Entry[] }

function contentOf(need: Stated, isPart: boolean, today: string): LineContent {
  const draft: LineDraft = { content: blankLine(), today }
  const entries = need.entries.flatMap(sectionsOf)
  const persons = entries.filter(({ field }) => field === 'contact' || field === 'phone' || field === 'email')
  readProblem(draft, entries)
  let isPersonRead = false
  for (const entry of entries) {
    if (persons.includes(entry)) {
      if (!isPersonRead) readPerson(draft, persons)
      isPersonRead = true
    } else if (entry.field === null || entry.field === 'note') note(draft, entry)
    else fieldReaders[entry.field]?.(draft, entry)
  }
  const { content } = draft
  if (content.enterprise === null) doubt(draft, 'no-enterprise')
  if (content.title === '' && content.problem === null) doubt(draft, 'no-problem')
  if (need.isHidden) doubt(draft, 'hidden-row')
  if (isPart) doubt(draft, 'split')
  const textOf = (...fields: (IntakeField | null)[]) =>
    entries.filter(({ field }) => fields.includes(field)).map((entry) => choice(entry).text)
  content.route = routeOf(textOf('title', 'problem', 'indicators').join('\n'), textOf('kind').join('\n') || need.section)
  fitNotes(draft)
  return content
}

/** In characters, of which some are two places long. */
const shortestProblem = 2

/** A title, and the description where it says more. */
function readProblem(draft: LineDraft, entries: readonly Entry[]): void {
  const { content } = draft
  const [named, ...others] = entries.filter(({ field }) => field === 'title')
  for (const other of others) note(draft, other)
  const described = entries.filter(({ field }) => field === 'problem')
  const text = described
    .map((entry) => entry.text)
    .join('\n')
    .trim()
  const name = oneLine(named?.text ?? '')
  content.title = name !== '' && name.length <= 120 ? name : clauseOf(name || text)
  // A name too long for one is the description, or the beginning of it.
  const whole = name.length > 120 ? [name, text].filter((each) => each !== '').join('\n') : text
  if (whole === '' || oneLine(whole).replace(/[。.；;]$/, '') === content.title) return
  const entry = { name: described[0]?.name ?? named!.name, text: whole }
  if ([...whole].length < shortestProblem) note(draft, entry)
  else content.problem = fitting(draft, entry, 8_000)
}

/** Numbered ones are items of a list, which stays together. */
const labelled = /^\s*(?![（(]?(?:\d|[一二三四五六七八九十]{1,2}[、)）.．])|[①-⑳])([^：:\n]{2,14})[：:]\s*(\S.*)$/
/** What a description may say under a label of its own. */
const sections = new Set<IntakeField>(['indicators', 'currentState', 'tried', 'ownConditions'])

/** A description with labels at the beginning of its lines (指标：…) as the fields that these name. */
function sectionsOf(entry: Entry): Entry[] {
  if (entry.field !== 'problem') return [entry]
  const parts: Entry[] = [{ ...entry, text: '' }]
  for (const line of entry.text.split('\n')) {
    const [, label, text] = labelled.exec(line) ?? []
    const named = label === undefined ? undefined : fieldsNamed(label)[0]
    if (named !== undefined && named.certainty >= 0.95 && sections.has(named.field))
      parts.push({ label: label!.trim(), name: label!.trim(), field: named.field, also: [], text: text! })
    else parts.at(-1)!.text += `${parts.at(-1)!.text === '' ? '' : '\n'}${line}`
  }
  // A text that is nothing but such parts stays one.
  return saysSomething(parts[0]!.text) ? parts : [entry]
}
