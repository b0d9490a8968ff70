import type { IntakeField } from '../fields.ts'

/** What stands in one place of a line, and what its label is taken to say. */
export interface Entry {
  /** All of its label, with what stands above it. */
  label: string
  /** Its own part of that. */
  name: string
  field: IntakeField | null
  /** Further fields that its label names: 资金预算及完成时限. */
  also: readonly IntakeField[]
  text: string
}

/** One need as it stands there, before its values are read. */
export interface Need {
  line: number
  entries: Entry[]
  isHidden: boolean
  isForm: boolean
  /** The heading under which it stands: 一、融资类. */
  section: string
}

/** A label as it is shown: on one line, in brackets of one kind, without what only closes it. */
export const labelText = (text: string): string => text.normalize('NFKC').replaceAll(/\s+/g, ' ').trim().replace(/\s*:$/, '')

/** Whether anything is said: a dash says nothing. */
export const saysSomething = (text: string): boolean => /[\p{L}\p{N}\p{So}≤≥±%℃]/u.test(text)
