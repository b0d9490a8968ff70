import { Hono } from 'hono'
import { blankForm, doneOrForm, writtenFields } from '../accounts/form.ts'
import { permit } from '../accounts/permissions.ts'
import { regionOptions } from '../demands/form-page.tsx'
import { findSettings } from '../market/store.ts'
import { codeIn } from '../platform/codes/codes.ts'
import { checkCreditCode, normaliseCreditCode } from '../platform/codes/credit-code.ts'
import { parseInput } from '../platform/input.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage, Page } from '../platform/web/page.tsx'
import { Actions, Button } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, Select, TextArea, TextField, Yes } from '../platform/web/parts/fields.tsx'
import { Once } from '../platform/web/parts/once.tsx'
import { viewOf } from '../platform/web/view.ts'
import { enterCall } from './actions/call.ts'
import { Call } from './call.ts'

const fields = ['enterprise', 'creditCode', 'region', 'caller', 'phone', 'on', 'title', 'problem', 'isConfirmed'] as const

/** What a firm tells on the phone is entered while it is on the line. */
export function callPages() {
  return new Hono<Env>()
    .get('/intake/by-phone', (c) => callPage(c, { ...blankForm, values: { title: c.req.query('title') ?? '', on: viewOf(c).today } }))
    .post('/intake/by-phone', async (c) => {
      const posted = await writtenFields(c)
      const done = await doneOrForm(viewOf(c).words, posted, fields, async () => {
        return enterCall(c.var.ports, c.var.actor, parseInput(Call, callIn(posted)))
      })
      return 'form' in done ? callPage(c, done.form) : c.redirect(`/demands/${done.done.id}`, 303)
    })
}

function callIn(posted: Record<string, string>): object {
  const { enterprise = '', creditCode = '', region = '', caller = '', phone = '', on = '', title = '', problem = '', isConfirmed } = posted
  const code = normaliseCreditCode(creditCode)
  return {
    ...{ enterprise, caller, phone, on, title },
    creditCode: code === '' ? null : code,
    region: region === '' ? null : codeIn('region', region),
    problem: problem.trim() === '' ? null : problem.replaceAll('\r\n', '\n'),
    isConfirmed: isConfirmed === 'yes',
  }
}

async function callPage(c: AppContext, form: FormState) {
  const view = viewOf(c)
  const { ports, actor } = c.var
  permit(actor, 'intake.receive')
  const { settings } = await findSettings(ports.database)
  const { call: words } = view.words.intake
  const of = (name: (typeof fields)[number]) => ({ view, form, name, ...words.fields[name] })
  const labels = Object.fromEntries(fields.map((name) => [name, words.fields[name].label]))
  return answerPage(
    c,
    <Page view={view} title={words.title}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <ErrorSummary view={view} form={form} labels={labels} />
        <form method="post" action="/intake/by-phone" novalidate class="stack">
          <Once view={view} />
          <TextField {...of('enterprise')} isRequired />
          <TextField {...of('caller')} isRequired />
          <TextField {...of('phone')} type="tel" isRequired />
          <TextField {...of('on')} type="date" isRequired />
          <TextField {...of('title')} isRequired />
          <TextArea {...of('problem')} rows={5} />
          <details class="more" open={form.messages.creditCode !== undefined || Boolean(form.values.creditCode || form.values.region)}>
            <summary>{words.more}</summary>
            <div class="stack">
              <Select
                {...of('region')}
                any={view.words.demandForm.any}
                options={regionOptions(view, settings.regionCode, form.values.region ?? '')}
              />
              <TextField {...of('creditCode')} {...doubtOf(form, view.words.intake.doubts['credit-code'], words.fields.creditCode.hint)} />
            </div>
          </details>
          <Yes {...of('isConfirmed')} />
          <Actions>
            <Button isLarge>{words.submit}</Button>
          </Actions>
        </form>
      </div>
    </Page>,
    Object.keys(form.messages).length > 0 ? 422 : 200,
  )
}

/** A wrong check digit is said and refuses nothing. */
function doubtOf(form: FormState, doubt: string, hint: string): { hint: string } {
  const written = form.values.creditCode ?? ''
  return { hint: written !== '' && checkCreditCode(written).warnings.length > 0 ? doubt : hint }
}
