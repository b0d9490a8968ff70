import { Hono } from 'hono'
import { blankForm } from '../accounts/form.ts'
import { Problem } from '../platform/problem.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage, Page } from '../platform/web/page.tsx'
import { ErrorSummary, type FormState } from '../platform/web/parts/fields.tsx'
import { unlessRefused } from '../platform/web/parts/readable.ts'
import { Rows, Section, Tag, Written } from '../platform/web/parts/text.tsx'
import { type View, viewOf } from '../platform/web/view.ts'
import { listContacts } from './actions/contact.ts'
import { readEngagement } from './actions/engagement.ts'
import { isBackfilled } from './engagement.ts'
import type { Card } from './parts/board.tsx'
import { ContactForm } from './parts/contact-form.tsx'
import { ContactList } from './parts/contact-list.tsx'
import { MoveInFull, UndoForm } from './parts/move-form.tsx'
import { pairingPath, reasonName } from './parts/pairing.ts'
import { caseNames } from './parts/subject.ts'

/** Each case of the board: what happened, and what comes next. */
export function casePages() {
  return new Hono<Env>().get('/engagements/:id', (c) => casePage(c, blankForm))
}

/** A case as it stands; with what is wrong where a move was refused. */
export async function casePage(c: AppContext, form: FormState) {
  const view = viewOf(c)
  const { ports, actor } = c.var
  const engagement = await readEngagement(ports, actor, c.req.param('id')!)
  const names = await caseNames(c, engagement)
  const log = await unlessRefused(
    () => listContacts(ports, actor, engagement.id, { after: null, limit: 50 }),
    ['not-permitted', 'not-signed-in'],
  )
  const contacts = log instanceof Problem ? null : log.items
  const status = Object.keys(form.messages).length > 0 ? 422 : 200
  return answerPage(c, <CasePage view={view} form={form} card={{ engagement, ...names }} contacts={contacts} />, status)
}

interface CasePageProps {
  view: View
  form: FormState
  card: Card
  /** Null for those who take part and carry nothing. */
  contacts: Awaited<ReturnType<typeof listContacts>>['items'] | null
}

function CasePage({ view, form, card, contacts }: CasePageProps) {
  const { case: words, board, states, pairing } = view.words.engagement
  const { engagement, demand, supply } = card
  const { id, demandId, supplyId, outside, steps } = engagement
  const labels = {
    ...{ to: words.move, code: board.reason, note: words.note.label, on: words.on.label },
    ...{ referred: words.referred, institution: words.referredFrom },
  }
  return (
    <Page view={view} title={`${words.title}${view.words.units.colon}${supply}`}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <Tag tone="busy">{states[engagement.state]}</Tag>
        <Rows
          rows={[
            [
              pairing.wanted,
              <a href={`/demands/${demandId}`}>
                <Written text={demand} locale={view.locale} />
              </a>,
            ],
            [
              words.pair,
              supplyId === null ? (
                <Written text={[supply, outside?.institution].filter(Boolean).join(' · ')} locale={view.locale} />
              ) : (
                <a href={pairingPath(demandId, supplyId)}>
                  <Written text={supply} locale={view.locale} />
                </a>
              ),
            ],
            [words.outsideSource.label, outside && <Written text={outside.source} locale={view.locale} />],
          ]}
        />
        <ErrorSummary view={view} form={form} labels={labels} />
        {contacts !== null && <MoveInFull view={view} form={form} engagement={engagement} />}
        <Section title={words.history}>
          <ol class="timeline">
            {steps.map((step) => (
              <li>
                <strong>{view.words.units.day(step.on)}</strong> {states[step.to]}
                {step.code !== null && ` · ${reasonName(step.code, view)}`}
                {isBackfilled(step, view.dayOf) && <Tag tone="quiet">{words.backfilled}</Tag>}
                {step.note !== null && (
                  <p>
                    <Written text={step.note} locale={view.locale} />
                  </p>
                )}
              </li>
            ))}
          </ol>
          {contacts !== null && steps.length > 1 && <UndoForm view={view} engagement={engagement} />}
        </Section>
        {contacts !== null && (
          <>
            <Section title={words.log}>
              <ContactForm view={view} form={blankForm} subjectId={id} back={view.path} />
            </Section>
            <Section title={words.contacts}>
              <ContactList view={view} contacts={contacts} back={view.path} />
            </Section>
          </>
        )}
      </div>
    </Page>
  )
}
