import { Hono } from 'hono'
import { actFor } from '../accounts/actions/membership.ts'
import { blankForm, doneOrForm, writtenFields } from '../accounts/form.ts'
import { permit } from '../accounts/permissions.ts'
import { institutionNames } from '../directory/actions/people.ts'
import { employersCalled } from '../directory/actions/profile.ts'
import { Proof } from '../directory/verification.ts'
import { findSettings } from '../market/store.ts'
import { codeIn, codesOf } from '../platform/codes/codes.ts'
import { parseInput } from '../platform/input.ts'
import { Problem } from '../platform/problem.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage } from '../platform/web/page.tsx'
import type { FormState } from '../platform/web/parts/fields.tsx'
import { ownPath, viewOf } from '../platform/web/view.ts'
import { ProfilePurpose } from '../privacy/consent.ts'
import { enrol } from './actions/enrol.ts'
import { listedFor } from './actions/listed.ts'
import { type EnrolmentRequest, EnrolmentRequest as Request } from './enrolment.ts'
import { EnrolmentPage, type Listed } from './enrolment-page.tsx'
import { proofFields } from './verification-page.tsx'

type As = EnrolmentRequest['as']
const asIn = (written: string | undefined): As | null => (written === 'enterprise' || written === 'expert' ? written : null)

/** Somebody enters the market for his firm, or as an expert, and goes on with what he wanted to do. */
export function enrolmentPages() {
  return new Hono<Env>()
    .get('/account/enrolment', (c) =>
      formPage(c, { as: asIn(c.req.query('as')), back: ownPath(c.req.query('back') ?? '/account') }, blankForm),
    )
    .post('/account/enrolment', async (c) => {
      const fields = await writtenFields(c)
      const as = asIn(fields.as)
      const way = { as, back: ownPath(fields.back ?? '/account') }
      let listed: Listed[] = []
      const done = await doneOrForm(viewOf(c).words, fields, kept, async () => {
        try {
          return await enrol(c.var.ports, c.var.actor, parseInput(Request, await requestIn(c, as, fields)))
        } catch (error) {
          if (!(error instanceof Problem) || error.facts.reason !== 'listed') throw error
          listed = await listedFor(c.var.ports, c.var.actor, error.facts.subjectIds as string[])
          throw new Problem('invalid-input', { errors: [{ pointer: '/name', code: 'already-listed' }] }, { cause: error })
        }
      })
      if ('form' in done) return formPage(c, way, done.form, listed)
      const { session } = c.var
      if (session !== null) await actFor(c.var.ports, { ...session, memberships: [...session.memberships, done.done] }, done.done.id)
      return c.redirect(way.back, 303)
    })
}

const kept = ['name', 'creditCode', 'region', 'summary', 'institution', 'noInstitution', 'field', ...proofFields, ...ProfilePurpose.options]

async function requestIn(c: AppContext, as: As | null, fields: Record<string, string>): Promise<unknown> {
  const written = (name: string) => (fields[name]?.trim() ? fields[name].replaceAll('\r\n', '\n').trim() : null)
  const name = written('name') ?? ''
  const [note, email, link] = proofFields.map(written)
  // Whoever shows nothing asks later.
  const proof = [note, email, link].some((each) => each !== null) ? parseInput(Proof, { note, email, link }) : null
  if (as === 'expert') {
    const agreesTo = ProfilePurpose.options.filter((purpose) => fields[purpose] === 'yes')
    const institutionId = fields.noInstitution === 'yes' ? null : await institutionCalled(c, written('institution'))
    return { as, name, institutionId, field: written('field') ?? '', agreesTo, isNew: fields.isNew === 'yes', proof }
  }
  const isRegion = codesOf('region').some(({ code }) => code === fields.region)
  const region = isRegion ? codeIn('region', fields.region!) : null
  return { as, name, creditCode: written('creditCode'), region, summary: written('summary'), proof }
}

/** 422 for none, which is to be said expressly, and for a name that the directory does not have. */
async function institutionCalled({ var: { ports, actor } }: AppContext, name: string | null): Promise<string> {
  const found = name === null ? undefined : (await employersCalled(ports, actor, [name])).get(name)
  if (found !== undefined) return found
  const code = name === null ? 'institution-needed' : 'institution-unlisted'
  throw new Problem('invalid-input', { errors: [{ pointer: '/institution', code }] })
}

async function formPage(c: AppContext, { as, back }: { as: As | null; back: string }, form: FormState, listed: readonly Listed[] = []) {
  const { ports, actor } = c.var
  if (actor.accountId === null) {
    const here = `/account/enrolment?${new URLSearchParams({ ...(as && { as }), back })}`
    return c.redirect(`/sign-in?${new URLSearchParams({ back: here })}`, 303)
  }
  permit(actor, 'enrolment.make')
  const { settings } = await findSettings(ports.database)
  const institutions = as === 'expert' ? await institutionNames(ports) : []
  return answerPage(
    c,
    <EnrolmentPage view={viewOf(c)} {...{ as, back, form, listed, institutions }} regionCode={settings.regionCode} />,
    Object.keys(form.messages).length > 0 ? 422 : 200,
  )
}
