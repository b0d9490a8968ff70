import type { Compilable } from 'kysely'
import { type Actor, marketItself } from '../../accounts/actor.ts'
import { permit } from '../../accounts/permissions.ts'
import { ConcurrentChange } from '../../platform/database/database.ts'
import { dayInName } from '../../platform/files/blob-store.ts'
import { record } from '../../platform/journal/journal.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import type { StoredAttachment } from '../attachment.ts'
import { attachmentsOf, deleteAttachment, knownBlobs, subjectsAfter } from '../store.ts'
import { findReadable } from './read.ts'
import { keepingVerb, subjectsThere } from './subject.ts'
import { about } from './view.ts'

/** Takes a document away for good, its bytes too. 401, 403, 404, 412. */
export async function removeAttachment(
  ports: Ports,
  actor: Actor,
  id: string,
  version: number,
): Promise<Pick<StoredAttachment, 'id' | 'subjectId'>> {
  const { attachment, subject } = await findReadable(ports, actor, id)
  permit(actor, keepingVerb(subject.kind, 'remove'), subject.relations)
  if (attachment.version !== version) throw new Problem('version-differs', { current: attachment.version })
  await taken(ports, actor, attachment).catch((error: unknown) => {
    throw error instanceof ConcurrentChange ? new Problem('version-differs', { current: null }, { cause: error }) : error
  })
  return { id, subjectId: subject.id }
}

async function taken(ports: Ports, actor: Actor, attachment: StoredAttachment): Promise<void> {
  await ports.database.commit(...going(ports, actor.id, attachment))
  await ports.files.remove(attachment.blob)
}

/** The statements by which a document goes; its bytes go once they are committed. */
export function going({ database, now }: Pick<Ports, 'database' | 'now'>, actorId: string, attachment: StoredAttachment): Compilable[] {
  const { id: subjectId, version } = attachment
  const entry = { subjectId, subjectVersion: version + 1, kind: 'attachment.removed', actorId, at: now() } as const
  return [record(database, { ...entry, facts: about(attachment) }), deleteAttachment(database, subjectId)]
}

/** As many as one statement may name. */
const atOnce = 90

/** Takes documents away whose listing is gone, and bytes that no document refers to; run nightly. */
export async function sweepFiles(ports: Ports): Promise<void> {
  const { database, files } = ports
  for (let after = ''; ; ) {
    const subjects = await subjectsAfter(database, after, atOnce)
    const there = await subjectsThere(database, subjects)
    for (const id of subjects.filter((id) => !there.has(id)))
      for (const attachment of await attachmentsOf(database, id)) await taken(ports, marketItself, attachment)
    if (subjects.length < atOnce) break
    after = subjects.at(-1)!
  }
  // What is newer than two days may be about to be referred to.
  const oldest = new Date(Date.parse(ports.now()) - 2 * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')
  let names: string[] = []
  const sweep = async () => {
    const known = await knownBlobs(database, names)
    for (const name of names) if (!known.has(name)) await files.remove(name)
    names = []
  }
  for await (const name of files.each()) {
    if (dayInName(name) > oldest) continue
    names.push(name)
    if (names.length === atOnce) await sweep()
  }
  if (names.length > 0) await sweep()
}
