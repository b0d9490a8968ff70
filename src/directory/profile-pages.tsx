import { Hono } from 'hono'
import { findSettings } from '../market/store.ts'
import { parseInput } from '../platform/input.ts'
import { Problem } from '../platform/problem.ts'
import { z } from '../platform/schema.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage } from '../platform/web/page.tsx'
import { unlessRefused } from '../platform/web/parts/readable.ts'
import { postedForm } from '../platform/web/posted.ts'
import { viewOf } from '../platform/web/view.ts'
import { institutionNames } from './actions/people.ts'
import { employersCalled, profileBefore, profileToAmend, saveProfile } from './actions/profile.ts'
import { changesFrom, messagesOf } from './parts/profile-changes.ts'
import { affiliationsIn, formOf, PostedProfile, type ProfileForm, stateOf } from './parts/profile-form.ts'
import { conflictsOf, ProfileConflictPage, settled } from './profile-conflict-page.tsx'
import { ProfilePage } from './profile-page.tsx'

const Version = z.object({ version: z.coerce.number().int().min(1) })
type Editing = Awaited<ReturnType<typeof profileToAmend>>

/** Where an expert, or who may for him, writes what is known of him. */
export function profilePages() {
  return new Hono<Env>()
    .get('/experts/:id/edit', async (c) => {
      const editing = await profileToAmend(c.var.ports, c.var.actor, c.req.param('id'))
      return formPage(c, editing, formOf(editing.expert, editing.employers), editing.expert.version)
    })
    .post('/experts/:id/edit', save)
}

/** 303 to the profile, the form with what is wrong (422), or both versions where somebody else was faster (412). */
async function save(c: AppContext) {
  const { ports, actor } = c.var
  const id = c.req.param('id')!
  const posted = await postedForm(c, { all: true })
  const { version } = parseInput(Version, posted)
  const editing = await profileToAmend(ports, actor, id)
  const form = settled(parseInput(PostedProfile, posted), formOf(editing.expert, editing.employers), posted)
  if (editing.expert.version !== version) return conflict(c, editing, form, version)
  const called = await employersCalled(
    ports,
    actor,
    affiliationsIn(form).map(({ institution }) => institution),
  )
  // Where he works already may be shown to nobody else.
  const employers = new Map([...[...editing.employers].map(([id, name]) => [name, id] as const), ...called])
  const saved = await unlessRefused(
    async () => saveProfile(ports, actor, id, version, changesFrom(form, editing, employers)),
    ['invalid-input', 'version-differs'],
  )
  if (!(saved instanceof Problem)) return c.redirect(`/experts/${id}`, 303)
  if (saved.kind === 'version-differs') return conflict(c, await profileToAmend(ports, actor, id), form, version)
  return formPage(c, editing, form, version, messagesOf(saved.facts.errors ?? [], viewOf(c).words, form))
}

async function conflict(c: AppContext, { expert, employers }: Editing, mine: ProfileForm, version: number) {
  const before = await profileBefore(c.var.ports, c.var.actor, expert.id, version)
  const began = before === undefined ? null : formOf(before.expert, before.employers)
  const conflicts = conflictsOf(mine, formOf(expert, employers), began)
  return answerPage(c, <ProfileConflictPage {...{ view: viewOf(c), expert, mine, conflicts }} />, 412)
}

async function formPage(c: AppContext, { expert }: Editing, form: ProfileForm, version: number, messages: Record<string, string> = {}) {
  const { ports, actor } = c.var
  const [{ settings }, institutions] = await Promise.all([findSettings(ports.database), institutionNames(ports)])
  const props = { view: viewOf(c), form: stateOf(form, messages), expert, version, isOwn: actor.id === expert.id, institutions }
  return answerPage(c, <ProfilePage {...props} regionCode={settings.regionCode} />, Object.keys(messages).length > 0 ? 422 : 200)
}
