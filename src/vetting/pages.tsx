import { Hono } from 'hono'
import { blankForm, writtenFields } from '../accounts/form.ts'
import { may } from '../accounts/permissions.ts'
import { VettingCheck } from '../demands/vetting.ts'
import { readFlaggedTerms, setFlaggedTerms } from '../market/actions.ts'
import { FlaggedKind, FlaggedTerms } from '../market/flagged-terms.ts'
import { findFlaggedTerms } from '../market/store.ts'
import type { Words } from '../platform/i18n/words.ts'
import { parseInput } from '../platform/input.ts'
import { Problem } from '../platform/problem.ts'
import { z } from '../platform/schema.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage } from '../platform/web/page.tsx'
import type { FormState } from '../platform/web/parts/fields.tsx'
import { readable, unlessRefused } from '../platform/web/parts/readable.ts'
import { viewOf, withQuery } from '../platform/web/view.ts'
import { countTwins } from '../twins/actions/find.ts'
import { shownTwins } from '../twins/actions/overview.ts'
import { type CaseKind, decide, listWaiting, namedChanges, openCase } from './actions.ts'
import { CasePage } from './case-page.tsx'
import { casePath } from './case-path.ts'
import { decisionFrom } from './decision.ts'
import type { Done } from './done.tsx'
import { QueuePage } from './queue-page.tsx'
import { termsFrom } from './terms.ts'
import { TermsPage } from './terms-page.tsx'

/** The operator's desk before publication. */
export function vettingPages() {
  return new Hono<Env>()
    .get('/desk/vetting', async (c) => {
      const waiting = await listWaiting(c.var.ports, c.var.actor)
      const asked = waiting.slice(0, 90).filter(({ kind }) => kind === 'demand')
      const twins = await countTwins(
        c.var.ports,
        c.var.actor,
        asked.map(({ id }) => id),
      )
      return answerPage(c, <QueuePage view={viewOf(c)} waiting={waiting} kind={kindOf(c)} twins={twins} done={await justDone(c)} />)
    })
    .get('/desk/vetting/:id', (c) => casePage(c, blankForm))
    .post('/desk/vetting/:id', decideCase)
    .get('/desk/flagged-terms', (c) => termsPage(c, null))
    .post('/desk/flagged-terms', saveTerms)
}

const kindOf = (c: AppContext): CaseKind | null => {
  const kind = c.req.query('kind')
  return kind === 'demand' || kind === 'offering' ? kind : null
}

async function casePage(c: AppContext, form: FormState, isChanged = false): Promise<Response> {
  const { ports, actor } = c.var
  const opened = await openCase(ports, actor, c.req.param('id')!)
  const { terms } = await findFlaggedTerms(ports.database)
  const twins = opened.kind === 'demand' ? await shownTwins(ports, actor, opened.id) : null
  const status = isChanged || Object.keys(form.messages).length > 0 ? 422 : 200
  return answerPage(
    c,
    <CasePage {...{ view: viewOf(c), opened, terms, form, isChanged, twins }} kind={kindOf(c)} done={await justDone(c)} />,
    status,
  )
}

/** What was just decided, as it stands now. */
async function justDone(c: AppContext): Promise<Done | null> {
  const id = c.req.query('done')
  if (id === undefined) return null
  const found = await readable([id], (each) => openCase(c.var.ports, c.var.actor, each))
  const decided = found.get(id)
  return decided === undefined ? null : { title: decided.title, state: decided.state }
}

/** 303 to what waits next, or the form again as it was written. */
async function decideCase(c: AppContext): Promise<Response> {
  const { ports, actor } = c.var
  const id = c.req.param('id')!
  const values = await writtenFields(c)
  const kind = kindOf(c)
  const decided = await unlessRefused(
    async () => ({ next: await decide(ports, actor, id, decisionFrom(values), kind) }),
    ['invalid-input', 'checks-missing', 'telling-words', 'changed-meanwhile'],
  )
  if (!(decided instanceof Problem)) {
    const queue = kind === null ? '/desk/vetting' : `/desk/vetting?kind=${kind}`
    return c.redirect(withQuery(decided.next === null ? queue : casePath(decided.next, kind), { done: id }), 303)
  }
  const messages = messagesOf(decided, viewOf(c).words)
  return casePage(c, { values, chosen: {}, messages }, decided.kind === 'changed-meanwhile')
}

/** What is wrong, at the field that puts it right. */
function messagesOf({ kind, facts }: Problem, words: Words): Record<string, string> {
  if (kind === 'checks-missing') {
    const missing = VettingCheck.options.filter((check) => (facts.missing as string[]).includes(check))
    return Object.fromEntries(missing.map((check) => [`result-${check}`, words.vetting.needed]))
  }
  if (kind === 'telling-words') {
    const { detail } = words.problem['telling-words']
    return { 'reason-wording': typeof detail === 'function' ? detail(facts) : detail }
  }
  const errors = facts.errors ?? []
  return Object.fromEntries(errors.map(({ pointer, code, facts }) => [pointer.slice(1), words.fault(code, facts ?? {})]))
}

async function termsPage(c: AppContext, written: FormState | null, isChanged = false): Promise<Response> {
  const { ports, actor } = c.var
  const { terms, version, history } = await readFlaggedTerms(ports, actor)
  const shown = Object.fromEntries(FlaggedKind.options.map((kind) => [kind, terms[kind].join('\n')]))
  const props = {
    view: viewOf(c),
    ...{ terms, version, isChanged },
    history: await namedChanges(ports, history),
    form: written ?? { values: shown, chosen: {}, messages: {} },
    maySet: may(actor, 'market.set'),
  }
  return answerPage(c, <TermsPage {...props} />, written === null ? 200 : isChanged ? 412 : 422)
}

const Version = z.object({ version: z.coerce.number().int().min(0) })

/** 303 to the list, or what was written with what is wrong (422), or with the list as somebody else has left it (412). */
async function saveTerms(c: AppContext): Promise<Response> {
  const { ports, actor } = c.var
  const values = await writtenFields(c)
  const { version } = parseInput(Version, values)
  const saved = await unlessRefused(
    async () => setFlaggedTerms(ports, actor, version, parseInput(FlaggedTerms, termsFrom(values))),
    ['invalid-input', 'version-differs'],
  )
  if (!(saved instanceof Problem)) return c.redirect('/desk/flagged-terms', 303)
  const { words } = viewOf(c)
  const messages: Record<string, string> = {}
  for (const { pointer, code, facts } of saved.facts.errors ?? []) messages[pointer.split('/')[1] ?? ''] ??= words.fault(code, facts ?? {})
  return termsPage(c, { values, chosen: {}, messages }, saved.kind === 'version-differs')
}
