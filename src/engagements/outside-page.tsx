import { Hono } from 'hono'
import { doneOrForm, writtenFields } from '../accounts/form.ts'
import { permit } from '../accounts/permissions.ts'
import { parseInput } from '../platform/input.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage, Page } from '../platform/web/page.tsx'
import { Button } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, TextField } from '../platform/web/parts/fields.tsx'
import { Once } from '../platform/web/parts/once.tsx'
import { type View, viewOf } from '../platform/web/view.ts'
import { proposeEngagement } from './actions/engagement.ts'
import { EngagementRequest } from './engagement.ts'

/** A candidate whom the broker knows from elsewhere comes onto the board. */
export function outsidePages() {
  return new Hono<Env>().post('/engagements/outside', addOutside)
}

const written = (value: string | undefined) => (value?.trim() ? value : null)

async function addOutside(c: AppContext) {
  const view = viewOf(c)
  const fields = await writtenFields(c)
  const demandId = fields.demandId ?? ''
  permit(c.var.actor, 'engagement.propose', ['assigned'])
  const done = await doneOrForm(view.words, fields, ['name', 'institution', 'source'], async () =>
    proposeEngagement(
      c.var.ports,
      c.var.actor,
      parseInput(EngagementRequest, {
        demandId,
        supplyId: null,
        outside: { name: fields.name, institution: written(fields.institution), source: fields.source },
      }),
    ),
  )
  if (!('form' in done)) return c.redirect(`/board?demand=${encodeURIComponent(demandId)}`, 303)
  const messages = Object.fromEntries(Object.entries(done.form.messages).map(([name, message]) => [name.replace('outside/', ''), message]))
  return answerPage(
    c,
    <Page view={view} title={view.words.engagement.case.addOutside}>
      <div class="narrow">
        <h1>{view.words.engagement.case.addOutside}</h1>
        <OutsideForm view={view} form={{ ...done.form, messages }} demandId={demandId} />
      </div>
    </Page>,
    422,
  )
}

export function OutsideForm({ view, form, demandId }: { view: View; form: FormState; demandId: string }) {
  const { case: words } = view.words.engagement
  const field = { view, form }
  const labels = { name: words.outsideName.label, institution: words.outsideInstitution.label, source: words.outsideSource.label }
  const isWrong = Object.keys(form.messages).length > 0
  return (
    <>
      <ErrorSummary view={view} form={form} labels={labels} />
      <details class="more" open={isWrong}>
        <summary>{words.addOutside}</summary>
        <p>{words.addOutsideLead}</p>
        <form method="post" action="/engagements/outside" novalidate class="stack">
          <Once view={view} />
          <input type="hidden" name="demandId" value={demandId} />
          <TextField {...field} name="name" {...words.outsideName} isRequired />
          <TextField {...field} name="institution" {...words.outsideInstitution} />
          <TextField {...field} name="source" {...words.outsideSource} isRequired />
          <Button>{words.add}</Button>
        </form>
      </details>
    </>
  )
}
