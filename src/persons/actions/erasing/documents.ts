import { going } from '../../../attachments/actions/remove.ts'
import type { StoredAttachment } from '../../../attachments/attachment.ts'
import { attachmentsOf, findAttachment } from '../../../attachments/store.ts'
import { textOfFile } from '../../../platform/files/inspect/text.ts'
import type { ErasedPart, Erasing } from './erasing.ts'
import type { NamedIn } from './known.ts'

/** Documents that go, the names of their bytes, and those that somebody has to look into himself. */
export interface ErasedDocuments extends ErasedPart {
  blobs: string[]
  toCheck: string[]
}

/**
 * Documents that name the person, in their own name or in their text: of what he had to do with, and of what he handed in; and those of
 * what goes with him. What a program
 * cannot read, a picture or what is packed in a PDF, is left for people to look into, unless it is called after him.
 */
export async function eraseDocuments(
  { ports, person, by }: Erasing,
  isNamedIn: NamedIn,
  { subjectIds, uploadedIds, goneIds }: { subjectIds: readonly string[]; uploadedIds: readonly string[]; goneIds: readonly string[] },
): Promise<ErasedDocuments> {
  const found = new Map<string, StoredAttachment>()
  for (const id of new Set([...subjectIds, ...goneIds]))
    for (const each of await attachmentsOf(ports.database, id)) found.set(each.id, each)
  for (const id of [...uploadedIds, ...person.otherIds.filter((each) => each.startsWith('att_'))]) {
    const each = await findAttachment(ports.database, id)
    if (each !== undefined) found.set(id, each)
  }
  const part: ErasedDocuments = { ids: [], statements: [], blobs: [], toCheck: [] }
  for (const attachment of found.values()) {
    const { id, name, blob, mediaType } = attachment
    const bytes = await ports.files.get(blob)
    const { text, isWhole } = bytes === null ? { text: '', isWhole: true } : await textOfFile({ mediaType, bytes })
    if (person.otherIds.includes(id) || goneIds.includes(attachment.subjectId) || isNamedIn(`${name}\n${text}`)) {
      part.ids.push(id)
      part.blobs.push(blob)
      part.statements.push(...going(ports, by, attachment))
    } else if (!isWhole) part.toCheck.push(id)
  }
  return part
}
