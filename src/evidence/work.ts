import { blankEvidence, type Evidence, EvidenceDraft, EvidenceKind, EvidenceRole, evidenceFaults, WorkDay } from '../directory/evidence.ts'
import type { Expert } from '../directory/expert.ts'
import { inputErrors, parseInput } from '../platform/input.ts'
import { filled, z } from '../platform/schema.ts'
import type { WrittenWork } from './read/values.ts'

/** What becomes of a work that a file tells of: it is new, registered already, told of twice, or cannot be read. */
export const WorkState = z.enum(['new', 'known', 'repeated', 'unreadable'])

/** A work as it was read from a file, and what would become of it. */
export const ReadWork = z
  .object({
    /** Its place in the file, from 1: by which it is chosen. */
    position: z.number().int(),
    line: z.number().int(),
    state: WorkState,
    /** Whether the file names others as having done it, and not the expert. */
    isOthers: z.boolean(),
    kind: EvidenceKind,
    role: EvidenceRole.nullable(),
    // What cannot be taken may be of any length.
    title: z.string().nullable(),
    abstract: z.string().nullable(),
    on: WorkDay.nullable(),
    source: z.string().nullable(),
    number: z.string().nullable(),
    link: z.string().nullable(),
    /** Why it cannot be read. */
    faults: z.array(
      z.object({ pointer: z.string(), code: z.string(), facts: z.record(z.string(), z.union([z.string(), z.number()])).optional() }),
    ),
  })
  .openapi('ReadWork')
export type ReadWork = z.infer<typeof ReadWork>

/** What came of an import. */
export const WorksTaken = z
  .object({ id: z.string(), taken: z.number().int(), known: z.number().int(), unreadable: z.number().int() })
  .openapi('WorksTaken')
export type WorksTaken = z.infer<typeof WorksTaken>

/** Places of works in a file, as a form and an address name them. */
export const Choice = z.string().regex(/^\d{1,4}(,\d{1,4}){0,299}$/)

/** What was chosen; null for all that is new. 422. */
export const chosenIn = (written: string | undefined): number[] | null =>
  written === undefined
    ? null
    : parseInput(z.strictObject({ take: Choice }), { take: written })
        .take.split(',')
        .map(Number)

/** Holds what a file tells of against what is registered for the expert. */
export function heldAgainst(
  written: readonly WrittenWork[],
  registered: readonly Pick<Evidence, 'title' | 'number' | 'on' | 'link'>[],
  expert: Pick<Expert, 'id' | 'name' | 'nameEn'>,
): ReadWork[] {
  const known = worksKnown()
  for (const row of registered) if (row.title !== null) known.add(row)
  const before = worksKnown()
  return written.map(({ line, fault, fields: { authors, ...work } }, at) => {
    const draft = EvidenceDraft.safeParse(filled<EvidenceDraft>(blankEvidence, { ...work, expertId: expert.id }))
    const faults =
      fault !== null ? [{ pointer: '', code: fault }] : draft.success ? evidenceFaults(draft.data) : faultsOf(work.title, draft.error)
    const read = { position: at + 1, line, isOthers: areOthers(authors, expert), ...work, faults }
    if (faults.length > 0) return { ...read, state: 'unreadable' }
    const state = known.has(work) ? 'known' : before.has(work) ? 'repeated' : 'new'
    before.add(work)
    return { ...read, state }
  })
}

/** What is wanting is neither of the wrong kind nor a choice between two. */
function faultsOf(title: string | null, error: z.ZodError) {
  return title === null ? [{ pointer: '/title', code: 'required' }] : inputErrors(error)
}

type Known = Pick<Evidence, 'title' | 'number' | 'on' | 'link'>

/** Works by what tells them apart: their DOI or other number; else title and year, as far as both are said. */
function worksKnown() {
  const numbers = new Set<string>()
  const titles = new Map<string, { year: string | null; doi: string | null }[]>()
  return {
    add(work: Known) {
      for (const key of numbersOf(work)) numbers.add(key)
      const title = titleOf(work)
      titles.set(title, [...(titles.get(title) ?? []), { year: yearOf(work), doi: doiOf(work) }])
    },
    has(work: Known): boolean {
      if (numbersOf(work).some((key) => numbers.has(key))) return true
      const [year, doi] = [yearOf(work), doiOf(work)]
      const isSame = (one: string | null, other: string | null) => one === null || other === null || one === other
      return (titles.get(titleOf(work)) ?? []).some((each) => isSame(each.year, year) && isSame(each.doi, doi))
    },
  }
}

/** One of signs alone is what it is. */
const titleOf = ({ title }: Known) => folded(title ?? '') || (title ?? '')
const yearOf = ({ on }: Known) => on?.slice(0, 4) ?? null

function doiOf({ number, link }: Known): string | null {
  const [, doi] = /(?:^|doi\.org\/|doi:\s?)(10\.\d{4,9}\/.+)$/i.exec(number ?? '') ?? /doi\.org\/(10\.\d{4,9}\/.+)$/i.exec(link ?? '') ?? []
  return doi?.toLowerCase() ?? null
}

/** Numbers are written with and without blanks, and Chinese patents with and without ZL or CN. */
function numbersOf(work: Known): string[] {
  const doi = doiOf(work)
  if (doi !== null) return [doi]
  const number = folded(work.number ?? '').replace(/^(zl|cn)(?=\d{8})/, '')
  return number === '' ? [] : [number]
}

/** Letters and digits alone. */
function folded(written: string): string {
  return written
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/** Whether others are named, and he is not; of names in other letters nobody can tell. */
function areOthers(authors: readonly string[], { name, nameEn }: Pick<Expert, 'name' | 'nameEn'>): boolean {
  const inHan = authors.filter((author) => /\p{Script=Han}/u.test(author))
  if (inHan.length === authors.length)
    return authors.length > 0 && /\p{Script=Han}/u.test(name) && !authors.some((author) => folded(author).includes(folded(name)))
  const parts = (written: string) =>
    folded(
      written
        .split(/[\s,]+/)
        .toSorted()
        .join(' '),
    )
  return (
    inHan.length === 0 &&
    nameEn !== null &&
    !authors.some((author) => isShort(author) || parts(author.toLowerCase()) === parts(nameEn.toLowerCase()))
  )
}

/** Given names as initials, or `others`. */
const isShort = (author: string) => /\b\p{L}\b|^others$/u.test(author)
