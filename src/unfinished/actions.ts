import type { Actor } from '../accounts/actor.ts'
import type { Ports } from '../platform/ports.ts'
import { deleteForms, findForm, keepForm, listForms, type Writer } from './store.ts'
import { mostForms, type UnfinishedForm } from './unfinished.ts'

/** Nobody who is not signed in has somewhere to keep what he wrote. */
const writerOf = ({ id, accountId }: Actor): Writer | null => (accountId === null ? null : { accountId, actorId: id })

/** Keeps what was written so far, or says (false) that nobody is there to keep it for. */
export async function keepUnfinished(ports: Ports, actor: Actor, path: string, fields: UnfinishedForm['fields']): Promise<boolean> {
  const writer = writerOf(actor)
  if (writer === null) return false
  const { database } = ports
  const others = (await listForms(database, writer)).filter((form) => form.path !== path)
  const forgotten = others.slice(mostForms - 1).map((form) => form.path)
  await database.commit(
    keepForm(database, writer, { path, fields, at: ports.now() }),
    ...(forgotten.length > 0 ? [deleteForms(database, writer, forgotten)] : []),
  )
  return true
}

/** What was begun on a page and not sent. */
export async function unfinishedOn(ports: Ports, actor: Actor, path: string): Promise<UnfinishedForm | undefined> {
  const writer = writerOf(actor)
  return writer === null ? undefined : findForm(ports.database, writer, path)
}

/** Every form that the actor began and has not sent, newest first. */
export async function listUnfinished(ports: Ports, actor: Actor): Promise<{ path: string; at: string }[]> {
  const writer = writerOf(actor)
  return writer === null ? [] : listForms(ports.database, writer)
}

/** Lets one go: it was sent, or is not wanted any more. */
export async function dropUnfinished(ports: Ports, actor: Actor, path: string): Promise<void> {
  const writer = writerOf(actor)
  if (writer !== null) await ports.database.commit(deleteForms(ports.database, writer, [path]))
}
