import type { Child } from 'hono/jsx'
import { demandTitle } from '../demands/demand-card.tsx'
import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, TextArea, TextField } from '../platform/web/parts/fields.tsx'
import { amountBetween } from '../platform/web/parts/labels.ts'
import { Once } from '../platform/web/parts/once.tsx'
import { Paragraphs, Tag, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { Standing } from './actions/diagnosis.ts'
import { DiagnosisDraft } from './contact.ts'
import { answeredBy, Interview, isAnswered, type Question, questions } from './interview.ts'

interface DiagnosisPageProps {
  view: View
  standing: Standing
  form: FormState
}

const fieldsOf = (question: Question) => (question === 'budget' ? ['budgetMin', 'budgetMax'] : [question])
export const diagnosisFields = [...questions.flatMap(fieldsOf), 'channel', 'withWhom', 'on', 'next', 'nextOn']

/** One question below the other, as they are asked; what is answered is folded up with its answer. */
export function DiagnosisPage({ view, standing, form }: DiagnosisPageProps) {
  const { diagnosis: words, engagement } = view.words
  const { contact } = engagement
  const { demand, answered, isDirect } = standing
  const count = words.progress(answered.size, questions.length)
  const field = { view, form }
  return (
    <Page view={view} title={words.title} at="demands">
      <div class="narrow">
        <h1>{words.title}</h1>
        <p class="lead">
          <a href={`/demands/${demand.id}`}>
            <Written text={demandTitle(demand, view)} locale={view.locale} />
          </a>
        </p>
        <p>{words.lead}</p>
        <p class="quiet">{isDirect ? words.direct : words.proposed}</p>
        <p>
          <meter min={0} max={questions.length} value={answered.size} aria-label={count} /> <span class="quiet">{count}</span>
        </p>
        <ErrorSummary view={view} form={form} labels={labelsOf(view)} />
        <form method="post" action={`/demands/${demand.id}/diagnosis`} novalidate class="stack">
          <Once view={view} />
          {questions.map((question) => (
            <Asked view={view} standing={standing} form={form} question={question} />
          ))}
          <h2>{words.talk}</h2>
          <Radios
            legend={contact.channel}
            name="channel"
            options={DiagnosisDraft.shape.channel.options.map((value) => ({ value, label: contact.channels[value] }))}
            chosen={form.values.channel || 'phone'}
          />
          <TextField {...field} name="withWhom" {...contact.withWhom} />
          <TextField {...field} name="on" {...contact.on} type="date" />
          <TextField {...field} name="next" {...contact.next} />
          <TextField {...field} name="nextOn" {...contact.nextOn} type="date" />
          <Actions>
            <Button isLarge>{words.submit}</Button>
            <ButtonLink tone="plain" isLarge href={`/demands/${demand.id}`}>
              {words.leave}
            </ButtonLink>
          </Actions>
        </form>
      </div>
    </Page>
  )
}

/** A question that is open, or folded with what was answered and room to add to it. */
function Asked({ view, standing, form, question }: DiagnosisPageProps & { question: Question }) {
  const { diagnosis: words } = view.words
  const { label } = words.questions[question]
  if (!standing.answered.has(question)) return <Control view={view} form={form} question={question} label={label} />
  const isOpen = fieldsOf(question).some((name) => name in form.messages || (form.values[name] ?? '') !== '')
  return (
    <details class="more" open={isOpen}>
      <summary>
        <span>{label}</span> <Tag tone="good">{words.answered}</Tag>
      </summary>
      <div class="stack">
        <Known view={view} standing={standing} question={question} />
        <Control view={view} form={form} question={question} label={words.moreNamed(label)} />
      </div>
    </details>
  )
}

/** What the demand says, or, where that says nothing of it, what was said last. */
function Known({ view, standing: { demand, said }, question }: Pick<DiagnosisPageProps, 'view' | 'standing'> & { question: Question }) {
  const { diagnosis: words, units } = view.words
  const budgetOf = (least: number | null, most: number | null) => amountBetween(least, most, view.words) ?? ''
  const field = answeredBy[question]
  if (field !== undefined && isAnswered(demand[field as keyof typeof demand])) {
    const text = {
      problem: demand.problem,
      tried: demand.tried,
      currentState: demand.currentState,
      indicators: demand.indicators.map(({ text }) => text).join('\n'),
      constraints: demand.constraints.join('\n'),
      budgetMaxFen: budgetOf(demand.budgetMinFen, demand.budgetMaxFen),
      deadlineOn: demand.deadlineOn && units.day(demand.deadlineOn),
    }[field as 'problem']
    return <Quoted view={view} title={words.inDemand} text={text ?? ''} />
  }
  const last = said[question]
  if (last === undefined) return null
  const { interview } = last
  const text = () => {
    if (question === 'budget') return budgetOf(interview.budgetMinFen, interview.budgetMaxFen)
    if (question === 'expertVisit') return interview.expertVisit && words.expertVisits[interview.expertVisit]
    const answer = interview[question]
    return Array.isArray(answer) ? answer.join('\n') : answer
  }
  return <Quoted view={view} title={words.said(units.day(last.on))} text={text() ?? ''} />
}

function Quoted({ view, title, text }: { view: View; title: string; text: string }) {
  return (
    <div>
      <p class="small quiet">{title}</p>
      <Paragraphs text={text} locale={view.locale} />
    </div>
  )
}

const rowsOf: Partial<Record<Question, number>> = { happens: 4, tried: 3, wanted: 3, measured: 2, conditions: 2, fixed: 2 }

function Control({ view, form, question, label }: Omit<DiagnosisPageProps, 'standing'> & { question: Question; label: string }): Child {
  const { diagnosis: words } = view.words
  const { hint } = words.questions[question]
  const field = { view, form, label, hint }
  switch (question) {
    case 'budget':
      return (
        <>
          <TextField {...field} label={words.budgetMin} name="budgetMin" mode="decimal" />
          <TextField {...field} label={words.budgetMax} hint="" name="budgetMax" mode="decimal" />
        </>
      )
    case 'neededOn':
      return <TextField {...field} name="neededOn" type="date" />
    case 'expertVisit':
      return (
        <Radios
          legend={label}
          name="expertVisit"
          options={[
            ...Interview.shape.expertVisit.unwrap().options.map((value) => ({ value, label: words.expertVisits[value] })),
            { value: '', label: words.unsaid },
          ]}
          chosen={form.values.expertVisit ?? ''}
        />
      )
    default: {
      const rows = rowsOf[question]
      return rows === undefined ? <TextField {...field} name={question} /> : <TextArea {...field} name={question} rows={rows} />
    }
  }
}

interface RadiosProps {
  legend: string
  name: string
  options: readonly { value: string; label: string }[]
  chosen: string
}

function Radios({ legend, name, options, chosen }: RadiosProps) {
  return (
    <fieldset class="field" id={name}>
      <legend>{legend}</legend>
      <div class="choices">
        {options.map(({ value, label }) => (
          <label class="choice">
            <input type="radio" name={name} value={value} checked={value === chosen} />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

const labelsOf = ({ words }: View): Record<string, string> => {
  const { diagnosis, engagement } = words
  const { withWhom, on, next, nextOn } = engagement.contact
  const ofQuestions = questions.map((question) => [question, diagnosis.questions[question].label])
  const others = { budgetMin: diagnosis.budgetMin, budgetMax: diagnosis.budgetMax, withWhom, on, next, nextOn }
  const labels = Object.entries(others).map(([name, said]) => [name, typeof said === 'string' ? said : said.label])
  return Object.fromEntries([...ofQuestions, ...labels])
}
