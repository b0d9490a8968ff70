import { Page } from '../platform/web/page.tsx'
import { Actions, Button } from '../platform/web/parts/buttons.tsx'
import { type FormState, TextArea } from '../platform/web/parts/fields.tsx'
import { Facts, langOf, Section, Tag, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import { labelsOf, pathOf } from './evidence-page.tsx'
import type { ReadWork } from './work.ts'

interface ReviewPageProps {
  view: View
  expert: { id: string; name: string }
  works: readonly ReadWork[]
  /** What was chosen before; null at first. */
  chosen: readonly number[] | null
  /** The text as it was read, and what it is known by: places in it mean something in this very text alone. */
  text: string
  mark: string
  message: string | null
}

/** What was read from a file: what is new, to be chosen from, and what will not be taken in, with the reason. */
export function ReviewPage(props: ReviewPageProps) {
  const { view, expert, works, text, mark, message } = props
  const words = view.words.works.review
  const of = (...states: ReadWork['state'][]) => works.filter(({ state }) => states.includes(state))
  const [fresh, known, unreadable] = [of('new'), of('known', 'repeated'), of('unreadable')]
  const path = pathOf(expert)
  const form: FormState = { values: { text: `\n${text}` }, chosen: {}, messages: {} }
  return (
    <Page view={view} title={words.title} at="experts">
      <p>
        <a class="back" href={path}>
          {words.back}
        </a>
      </p>
      <h1>{words.title}</h1>
      <p class="lead" role="status">
        {words.counts(fresh.length, known.length, unreadable.length)}
      </p>
      {message !== null && (
        <div class="summary" role="alert" tabindex={-1} autofocus>
          <p>{message}</p>
        </div>
      )}
      <form method="post" action={`${path}/imports`} enctype="multipart/form-data" class="stack reading">
        <input type="hidden" name="mark" value={mark} />
        {unreadable.length > 0 && (
          <Section title={words.unreadable}>
            <ul class="cards">
              {unreadable.map((work) => (
                <li>
                  <Unreadable view={view} work={work} />
                </li>
              ))}
            </ul>
          </Section>
        )}
        <Section title={words.fresh}>
          <p class="hint">{fresh.length === 0 ? words.noFresh : words.freshHint}</p>
          <ul class="cards">
            {fresh.map((work) => (
              <li>
                <Fresh {...props} work={work} />
              </li>
            ))}
          </ul>
        </Section>
        {fresh.length > 0 && (
          <p class="actions deciding">
            <Button isLarge>{words.take}</Button>
          </p>
        )}
        {known.length > 0 && (
          <Section title={words.known}>
            <ul class="lines">
              {known.map((work) => (
                <li>
                  <Written text={work.title ?? ''} locale={view.locale} />
                  <Facts facts={[...factsOf(view, work), work.state === 'repeated' && words.repeated]} />
                </li>
              ))}
            </ul>
          </Section>
        )}
        <details class="more" open={unreadable.length > 0}>
          <summary>{words.correct}</summary>
          <div class="stack">
            <TextArea view={view} form={form} name="text" {...words.text} rows={12} />
            <Actions>
              <Button tone="plain" formaction={`${path}/reading`}>
                {words.again}
              </Button>
            </Actions>
          </div>
        </details>
      </form>
    </Page>
  )
}

function Fresh({ view, work, chosen }: ReviewPageProps & { work: ReadWork }) {
  const { words, locale } = view
  const title = work.title ?? ''
  return (
    <article class="card">
      <div class="card-head">
        <h3>
          <label class="choice">
            <input
              type="checkbox"
              name="take"
              value={work.position}
              checked={chosen === null ? !work.isOthers : chosen.includes(work.position)}
            />
            <span lang={langOf(title, locale)}>{title}</span>
          </label>
        </h3>
        <Tag>{words.directory.expert.kinds[work.kind]}</Tag>
      </div>
      <Facts facts={factsOf(view, work)} />
      {work.isOthers && (
        <p class="tags">
          <Tag tone="busy">{words.works.review.others}</Tag>
        </p>
      )}
    </article>
  )
}

function Unreadable({ view, work }: { view: View; work: ReadWork }) {
  const { words, locale } = view
  const labels: Record<string, string> = labelsOf(view)
  const title = work.title === null ? words.works.review.untitled : [...work.title].slice(0, 120).join('')
  return (
    <article class="card">
      <h3 lang={langOf(title, locale)}>{title}</h3>
      <p class="quiet small">{words.works.review.line(work.line)}</p>
      {work.faults.map(({ pointer, code, facts }) => {
        const label = labels[pointer.slice(1)]
        const reason = words.fault(code, facts ?? {})
        return <p class="message">{label === undefined ? reason : `${label}${words.units.colon}${reason}`}</p>
      })}
    </article>
  )
}

function factsOf({ words, locale }: View, work: ReadWork) {
  return [
    work.on && words.units.dayOrYear(work.on),
    work.source && <Written text={work.source} locale={locale} />,
    work.number,
    words.works.review.line(work.line),
  ]
}
