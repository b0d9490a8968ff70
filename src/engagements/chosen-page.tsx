import { Hono } from 'hono'
import { blankForm, doneOrForm, writtenFields } from '../accounts/form.ts'
import { declineReasons } from '../matching/refusal.ts'
import { parseInput } from '../platform/input.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage, Page } from '../platform/web/page.tsx'
import { Button } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, TextField } from '../platform/web/parts/fields.tsx'
import { Notice, Paragraphs, Written } from '../platform/web/parts/text.tsx'
import { type View, viewOf } from '../platform/web/view.ts'
import { openShortlist, replyToShortlist } from './actions/shortlist.ts'
import { reasonName } from './parts/pairing.ts'
import { type Shortlist, ShortlistReply } from './shortlist.ts'
import { ShortlistCard } from './shortlist-pages.tsx'

/** Where the link of a shortlist leads: the enterprise says of each candidate what it thinks. Whoever has the address acts by it. */
export function chosenPages() {
  return new Hono<Env>()
    .get('/links/shortlist/:secret', (c) => chosenPage(c, blankForm))
    .post('/links/shortlist/:secret', async (c) => {
      const fields = await writtenFields(c)
      const secret = c.req.param('secret')
      const { shortlist } = await openShortlist(c.var.ports, secret)
      const done = await doneOrForm(viewOf(c).words, fields, Object.keys(fields), async () =>
        replyToShortlist(c.var.ports, secret, parseInput(ShortlistReply, replyIn(shortlist, fields))),
      )
      return 'form' in done ? chosenPage(c, named(shortlist, done.form)) : thanksPage(c)
    })
}

function replyIn({ items }: Shortlist, fields: Record<string, string>): object {
  const answers = items.map(({ supplyId }) => {
    const answer = fields[`answer-${supplyId}`] ?? 'later'
    return answer === 'declined'
      ? { answer, supplyId, code: fields[`code-${supplyId}`] || undefined, note: null, isReleased: false }
      : { answer, supplyId }
  })
  return { name: fields.name, phone: fields.phone, answers }
}

/** What is wrong with an answer is said at its candidate. */
function named({ items }: Shortlist, form: FormState): FormState {
  const at = (name: string) => {
    const [, index] = /^answers\/(\d+)/.exec(name) ?? []
    return index === undefined ? (name === 'code' || name === 'note' ? 'answers' : name) : `code-${items[Number(index)]?.supplyId}`
  }
  return { ...form, messages: Object.fromEntries(Object.entries(form.messages).map(([name, message]) => [at(name), message])) }
}

async function chosenPage(c: AppContext, form: FormState) {
  const { shortlist, demand, link } = await openShortlist(c.var.ports, c.req.param('secret')!)
  const status = Object.keys(form.messages).length > 0 ? 422 : 200
  return answerPage(
    c,
    <ChosenPage view={viewOf(c)} form={form} shortlist={shortlist} title={demand.title} until={link.expiresAt} />,
    status,
  )
}

interface ChosenPageProps {
  view: View
  form: FormState
  shortlist: Shortlist
  title: string
  until: string
}

function ChosenPage({ view, form, shortlist, title, until }: ChosenPageProps) {
  const { chosen: words } = view.words.engagement
  const labels = {
    name: words.name.label,
    phone: words.phone.label,
    answers: words.reason,
    ...Object.fromEntries(shortlist.items.map(({ supplyId, title }) => [`code-${supplyId}`, `${title} · ${words.reason}`])),
  }
  return (
    <Page view={view} title={words.title}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <p class="lead">
          <Written text={words.lead(title)} locale={view.locale} />
        </p>
        <Notice>{words.until(view.words.units.day(view.dayOf(until)))}</Notice>
        {shortlist.note !== null && <Paragraphs text={shortlist.note} locale={view.locale} />}
        <ErrorSummary view={view} form={form} labels={labels} />
        <form method="post" novalidate class="stack">
          <ol class="cards">
            {shortlist.items.map((item) => (
              <li>
                <ShortlistCard view={view} item={item} />
                <AnswerField view={view} form={form} supplyId={item.supplyId} title={item.title} />
              </li>
            ))}
          </ol>
          <TextField view={view} form={form} name="name" {...words.name} autocomplete="name" isRequired />
          <TextField view={view} form={form} name="phone" {...words.phone} type="tel" autocomplete="tel" isRequired />
          <Button isLarge>{words.submit}</Button>
        </form>
      </div>
    </Page>
  )
}

function AnswerField({ view, form, supplyId, title }: { view: View; form: FormState; supplyId: string; title: string }) {
  const { chosen: words, pairing } = view.words.engagement
  const name = `answer-${supplyId}`
  const code = `code-${supplyId}`
  const chosen = form.values[name] ?? 'later'
  const message = form.messages[code]
  return (
    <fieldset class={message ? 'field wrong' : 'field'}>
      <legend class="unseen">{title}</legend>
      <div class="choices">
        {(['more', 'later', 'declined'] as const).map((value) => (
          <label class="choice">
            <input type="radio" name={name} value={value} checked={value === chosen} />
            <span>{words[value]}</span>
          </label>
        ))}
      </div>
      <label for={code}>{words.reason}</label>
      {message && <p class="message">{message}</p>}
      <select id={code} name={code}>
        <option value="">{pairing.refusal.choose}</option>
        {declineReasons.demand
          .filter((each) => each !== 'other')
          .map((value) => (
            <option value={value} selected={form.values[code] === value}>
              {reasonName(value, view)}
            </option>
          ))}
      </select>
    </fieldset>
  )
}

function thanksPage(c: AppContext) {
  const view = viewOf(c)
  const { chosen: words } = view.words.engagement
  return answerPage(
    c,
    <Page view={view} title={words.thanks}>
      <div class="narrow">
        <h1>{words.thanks}</h1>
        <p class="lead">{words.thanksLead}</p>
      </div>
    </Page>,
  )
}
