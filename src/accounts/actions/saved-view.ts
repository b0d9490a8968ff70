import { commitTogether } from '../../platform/journal/change.ts'
import { record } from '../../platform/journal/journal.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import type { Session } from '../account.ts'
import { type SavedView, type SavedViewDraft, viewsAtMost } from '../saved-view.ts'
import { forgetRemovedViews, insertSavedView, savedViewsOf, updateSavedView } from '../store/saved-view.ts'

/** What one keeps for a list, by name. */
export async function listViews({ database }: Ports, { account }: Session, list: SavedView['list']): Promise<SavedView[]> {
  return (await savedViewsOf(database, account.id)).filter((each) => each.list === list && each.removedAt === null)
}

/** The one that was removed last, while it can be taken back. */
export async function removedView({ database }: Ports, { account }: Session, id: string): Promise<SavedView | null> {
  return (await savedViewsOf(database, account.id)).find((each) => each.id === id && each.removedAt !== null) ?? null
}

/** Keeps filters under a name. 409 where there are too many already. */
export async function saveView(ports: Ports, session: Session, draft: SavedViewDraft): Promise<SavedView> {
  await refuseTooMany(ports, session)
  const view: SavedView = {
    ...draft,
    id: ports.newId('saved-view'),
    version: 1,
    accountId: session.account.id,
    createdAt: ports.now(),
    removedAt: null,
  }
  await commitTogether(ports, [entry(ports, view, 'saved-view.saved'), insertSavedView(ports.database, view)])
  return view
}

/** Gives a view of one's own another name. 404 for somebody else's. */
export async function renameView(ports: Ports, session: Session, id: string, name: string): Promise<SavedView> {
  return change(ports, await own(ports, session, id), { name }, 'saved-view.renamed')
}

/** Takes a view away; until the next one goes it can be taken back. 404 for somebody else's. */
export async function removeView(ports: Ports, session: Session, id: string): Promise<SavedView> {
  return change(ports, await own(ports, session, id), { removedAt: ports.now() }, 'saved-view.removed')
}

/** Brings back what was removed last. 404 where it is gone, 409 where there are too many by now. */
export async function restoreView(ports: Ports, session: Session, id: string): Promise<SavedView> {
  const removed = await removedView(ports, session, id)
  if (removed === null) throw new Problem('not-found', { id })
  await refuseTooMany(ports, session)
  return change(ports, removed, { removedAt: null }, 'saved-view.restored')
}

async function own({ database }: Ports, { account }: Session, id: string): Promise<SavedView> {
  const found = (await savedViewsOf(database, account.id)).find((each) => each.id === id && each.removedAt === null)
  if (found === undefined) throw new Problem('not-found', { id })
  return found
}

async function refuseTooMany({ database }: Ports, { account }: Session): Promise<void> {
  const kept = (await savedViewsOf(database, account.id)).filter(({ removedAt }) => removedAt === null)
  if (kept.length >= viewsAtMost) throw new Problem('not-allowed-now', { reason: 'views-full', count: viewsAtMost })
}

async function change(ports: Ports, before: SavedView, changes: Partial<SavedView>, kind: `saved-view.${string}`): Promise<SavedView> {
  const next: SavedView = { ...before, ...changes, version: before.version + 1 }
  const { database } = ports
  const forgotten = kind === 'saved-view.removed' ? [forgetRemovedViews(database, before.accountId)] : []
  await commitTogether(ports, [entry(ports, next, kind), ...forgotten, updateSavedView(database, next)])
  return next
}

/** That something was kept, and for which list; what somebody called it is his. */
function entry({ database, now }: Ports, { id, version, accountId, list }: SavedView, kind: `saved-view.${string}`) {
  return record(database, { subjectId: id, subjectVersion: version, kind, actorId: accountId, at: now(), facts: { list } })
}
