import type { Compilable } from 'kysely'
import type { LineContent } from '../../../intake/line.ts'
import { contentsOf, deleteKept, intakes, setContent } from '../../../intake/store.ts'
import { rewritten } from './dealings.ts'
import type { ErasedPart, Erasing } from './erasing.ts'
import type { NamedIn } from './known.ts'

/** Lines of tables and forms that name the person go on without him; a file in which he stands is not kept. */
export async function eraseFromIntakes(erasing: Erasing, isNamedIn: NamedIn): Promise<ErasedPart> {
  const { database } = erasing.ports
  const part: ErasedPart = { ids: [], statements: [] }
  for await (const intake of intakes.each(database, {})) {
    const { lines, source } = await contentsOf(database, intake.id)
    const changed = lines.flatMap(({ id, content }): Compilable[] => {
      const next = contentWithout(content, isNamedIn, (contact) => erasing.marks.has(contact))
      return next === null ? [] : [setContent(database, id, next)]
    })
    const isInFile = source !== null && (changed.length > 0 || isNamedIn(source))
    // Some files are called after whom they are from.
    const name = isNamedIn(intake.name) ? intake.format : intake.name
    if (changed.length === 0 && !isInFile && name === intake.name) continue
    part.ids.push(intake.id)
    const next = await rewritten(erasing, intakes, intake, { name })
    part.statements.push(...next, ...changed, ...(isInFile ? [deleteKept(database, intake.id)] : []))
  }
  return part
}

/** What a line says without somebody; null where it does not name him. */
export function contentWithout(
  content: LineContent,
  isNamedIn: NamedIn,
  isMarked: (contact: { phone: string | null; email: string | null }) => boolean,
): LineContent | null {
  const { contact } = content
  const isHis = contact !== null && (isMarked(contact) || isNamedIn(contact.name ?? ''))
  const unless = (text: string | null) => (text !== null && isNamedIn(text) ? null : text)
  const kept = (texts: readonly string[]) => texts.filter((text) => !isNamedIn(text))
  const next: LineContent = {
    ...content,
    title: unless(content.title) ?? '',
    problem: unless(content.problem),
    indicators: kept(content.indicators),
    currentState: unless(content.currentState),
    tried: unless(content.tried),
    ownConditions: unless(content.ownConditions),
    constraints: kept(content.constraints),
    keywords: kept(content.keywords),
    ipExpectation: unless(content.ipExpectation),
    notes: kept(content.notes),
    contact: isHis ? null : contact,
  }
  return JSON.stringify(next) === JSON.stringify(content) ? null : next
}
