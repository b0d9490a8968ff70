import type { Actor } from '../../accounts/actor.ts'
import { permit } from '../../accounts/permissions.ts'
import { blobName } from '../../platform/files/blob-store.ts'
import { type InspectedFile, inspectFile } from '../../platform/files/inspect/inspect.ts'
import { isStampable } from '../../platform/files/inspect/media-type.ts'
import { refusal } from '../../platform/files/inspect/refusal.ts'
import { record } from '../../platform/journal/journal.ts'
import { type Ports, today } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { sha256 } from '../../platform/secrets.ts'
import { type Attachment, mostAttachments, type StoredAttachment, type SubjectKind, type Upload } from '../attachment.ts'
import { cleanName } from '../file-name.ts'
import { attachmentsOf, insertAttachment } from '../store.ts'
import { isOpen, keepingVerb, subjectFor } from './subject.ts'
import { about, attachmentView } from './view.ts'

/**
 * Attaches a document, once it is known what it is. Its bytes are kept before anything refers to them; what fails in between leaves bytes
 * that nobody refers to, which the night takes. 401, 403, 404, 409 for what is closed or full, 413, 422.
 */
export async function uploadAttachment(
  ports: Ports,
  actor: Actor,
  on: { kind: SubjectKind; id: string },
  { name, group, bytes }: Upload,
): Promise<Attachment> {
  const subject = await subjectFor(ports, actor, on.id, on.kind)
  permit(actor, keepingVerb(subject.kind, 'upload'), subject.relations)
  if (!isOpen(subject)) throw new Problem('not-allowed-now', { state: subject.state })
  await freePlace(ports, subject.id)
  if (bytes.length > ports.files.largest) throw new Problem('too-large', { megabytes: ports.files.largest / 1_000_000 })
  if (!subject.groups.includes(group)) {
    const facts = { values: subject.groups.join(', ') }
    throw new Problem('invalid-input', { errors: [{ pointer: '/group', code: 'invalid-value', facts }] })
  }
  const file = await inspected(ports, bytes, name)
  if (!subject.takes.includes(file.mediaType)) throw refusal('not-a-photo')
  if (group === 'confidential') await refuseUnstampable(ports, file)

  const [id, createdAt] = [ports.newId('attachment'), ports.now()]
  const attachment: Omit<StoredAttachment, 'place'> = {
    id,
    version: 1,
    subjectId: subject.id,
    group,
    name: cleanName(name, file.mediaType),
    mediaType: file.mediaType,
    size: file.bytes.length,
    sha256: await sha256(file.bytes),
    uploadedBy: actor.id,
    createdAt,
    blob: blobName(createdAt, ports.newId('attachment')),
  }
  await ports.files.put(attachment.blob, file.bytes)
  const stored = await inFreePlace(ports, attachment, actor)
  return attachmentView(actor, subject, stored)
}

async function inspected(ports: Ports, bytes: Uint8Array<ArrayBuffer>, name: string): Promise<InspectedFile> {
  const file = await inspectFile(bytes, name)
  const fault = file.mediaType === 'application/pdf' ? await ports.stamper.inspect(file.bytes) : null
  if (fault !== null) throw refusal(fault)
  return file
}

/** What cannot be marked now could never be handed out. */
async function refuseUnstampable(ports: Ports, { mediaType, bytes }: InspectedFile): Promise<void> {
  if (!isStampable(mediaType)) throw new Problem('invalid-input', { errors: [{ pointer: '/file', code: 'not-stampable' }] })
  const mark = { reader: 'nobody', day: today(ports), code: 'none' }
  await ports.stamper.stamp({ mediaType, bytes }, mark).catch(() => {
    // Whatever stands in the way is in the file.
    throw refusal('file-damaged')
  })
}

/** Of racers for the last place one gets it: places are unique in the database. */
async function inFreePlace(ports: Ports, attachment: Omit<StoredAttachment, 'place'>, actor: Actor): Promise<StoredAttachment> {
  const { database } = ports
  for (;;) {
    const placed = { ...attachment, place: await freePlace(ports, attachment.subjectId) }
    const { id: subjectId, version: subjectVersion, createdAt: at } = placed
    const entry = { subjectId, subjectVersion, kind: 'attachment.uploaded', actorId: actor.id, at, facts: about(placed) } as const
    try {
      await database.commit(record(database, entry), insertAttachment(database, placed))
      return placed
    } catch (error) {
      const isTaken = (await attachmentsOf(database, attachment.subjectId)).some(({ place }) => place === placed.place)
      if (!isTaken) throw error
    }
  }
}

/** The first place that nothing takes; 409 where there is none. */
async function freePlace({ database }: Pick<Ports, 'database'>, subjectId: string): Promise<number> {
  const taken = new Set((await attachmentsOf(database, subjectId)).map(({ place }) => place))
  for (let place = 1; place <= mostAttachments; place++) if (!taken.has(place)) return place
  throw new Problem('not-allowed-now', { reason: 'too-many-attachments', count: mostAttachments })
}
