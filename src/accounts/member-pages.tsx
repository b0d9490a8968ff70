import { Hono } from 'hono'
import { parseInput } from '../platform/input.ts'
import { Problem } from '../platform/problem.ts'
import { z } from '../platform/schema.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage } from '../platform/web/page.tsx'
import type { FormState } from '../platform/web/parts/fields.tsx'
import { postedForm } from '../platform/web/posted.ts'
import { viewOf } from '../platform/web/view.ts'
import { Email, Phone, Rank } from './account.ts'
import { invite, listInvitations, revokeInvitation } from './actions/invitation.ts'
import { keysFor, makeKey, revokeKey } from './actions/key.ts'
import { amendMember, endMember, listMembers } from './actions/member.ts'
import { findSubject } from './actions.ts'
import { type Role, subjectIdOf } from './actor.ts'
import { blankForm, doneOrShortForm, postedFields, writtenFields } from './form.ts'
import { KeysPage, MadeKeyPage } from './keys-page.tsx'
import { MadeInvitationPage, MembersPage } from './members-page.tsx'
import { signedIn } from './own-pages.tsx'
import { KeyDraft } from './token.ts'

/** What an organisation's members look after themselves: who acts for it, and the keys of its programs. */
export function memberPages() {
  return new Hono<Env>()
    .get('/account/members', (c) => signedIn(c, () => membersPage(c, blankForm)))
    .post('/account/members/rank', (c) =>
      signedIn(c, async () => {
        const { id, version, rank } = parseInput(RankForm, await postedFields(c))
        await amendMember(c.var.ports, c.var.actor, id, version, rank)
        return c.redirect('/account/members', 303)
      }),
    )
    .post('/account/members/end', (c) =>
      signedIn(c, async () => {
        const { id = '' } = await postedFields(c)
        const { isOneself } = await endMember(c.var.ports, c.var.actor, id)
        return c.redirect(isOneself ? '/account' : '/account/members', 303)
      }),
    )
    .post('/account/members/invitations', (c) => signedIn(c, () => postInvitation(c)))
    .post('/account/members/invitations/revocation', (c) =>
      signedIn(c, async () => {
        const { id = '' } = await postedFields(c)
        await revokeInvitation(c.var.ports, c.var.actor, id)
        return c.redirect('/account/members', 303)
      }),
    )
    .get('/account/keys', (c) => signedIn(c, () => keysPage(c, { ...blankForm, values: { days: '90' } })))
    .post('/account/keys', (c) => signedIn(c, () => postKey(c)))
    .post('/account/keys/revocation', (c) =>
      signedIn(c, async () => {
        const { id = '' } = await postedFields(c)
        await revokeKey(c.var.ports, c.var.actor, id)
        return c.redirect('/account/keys', 303)
      }),
    )
}

const RankForm = z.object({ id: z.string(), version: z.coerce.number().int(), rank: Rank })

async function membersPage(c: AppContext, form: FormState) {
  const { ports, actor } = c.var
  const members = await listMembers(ports, actor)
  const [invitations, organisation] = await Promise.all([listInvitations(ports, actor), organisationOf(c)])
  return answerPage(c, <MembersPage {...{ view: viewOf(c), form, organisation, members, invitations }} />, statusOf(form))
}

async function postInvitation(c: AppContext) {
  const fields = await writtenFields(c)
  const made = await doneOrShortForm(viewOf(c).words, fields, ['to', 'rank'], async () => {
    const { ports, actor, locale } = c.var
    return invite(ports, actor, { ...contactIn(fields.to ?? ''), rank: parseInput(z.object({ rank: Rank }), fields).rank }, locale)
  })
  if ('form' in made) return membersPage(c, made.form)
  return answerPage(c, <MadeInvitationPage view={viewOf(c)} organisation={await organisationOf(c)} made={made.done} />)
}

/** One field for both, since nobody has to say which of the two he is writing. */
function contactIn(written: string): { phone: string | null; email: string | null } {
  if (written.trim() === '') return { phone: null, email: null }
  const [phone, email] = [Phone.safeParse(written), Email.safeParse(written)]
  if (!phone.success && !email.success) throw new Problem('invalid-input', { errors: [{ pointer: '/to', code: 'not-a-contact' }] })
  return { phone: phone.data ?? null, email: email.data ?? null }
}

async function organisationOf(c: AppContext): Promise<string | null> {
  const { ports, actor } = c.var
  // Only who has a role has come so far.
  return findSubject(ports, actor.role as Role, subjectIdOf(actor))
}

async function keysPage(c: AppContext, form: FormState) {
  const keys = await keysFor(c.var.ports, c.var.actor)
  return answerPage(c, <KeysPage view={viewOf(c)} form={form} keys={keys} />, statusOf(form))
}

/** What the browser sends; what stands in no field is left to the market. */
const several = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((value) => (value === undefined ? [] : [value].flat()))
const single = z
  .string()
  .optional()
  .transform((value) => (value ?? '').trim())
const KeyForm = z.object({ name: single, days: single, scopes: several, rank: single, requestsPerMinute: single })

async function postKey(c: AppContext) {
  const { ports, actor } = c.var
  const { scopes, ...written } = parseInput(KeyForm, await postedForm(c, { all: true }))
  const number = (text: string) => (text === '' ? null : Number(text))
  const made = await doneOrShortForm(viewOf(c).words, written, ['name', 'days', 'rank', 'requestsPerMinute'], async () => {
    const draft = parseInput(KeyDraft, {
      name: written.name,
      days: number(written.days),
      scopes: scopes.length === 0 ? null : scopes,
      rank: written.rank === '' ? null : written.rank,
      requestsPerMinute: number(written.requestsPerMinute),
    })
    return makeKey(ports, actor, draft)
  })
  if ('form' in made) return keysPage(c, { ...made.form, chosen: { scopes } })
  return answerPage(c, <MadeKeyPage view={viewOf(c)} made={made.done} />)
}

const statusOf = ({ messages }: FormState) => (Object.keys(messages).length > 0 ? 422 : 200)
