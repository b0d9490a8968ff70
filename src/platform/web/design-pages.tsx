import { Hono } from 'hono'
import { EvidenceLevel } from '../codes/enums.ts'
import type { AppContext, Env } from './context.ts'
import { answerPage, Page } from './page.tsx'
import { Bar } from './parts/bar.tsx'
import { Actions, Button, ButtonLink } from './parts/buttons.tsx'
import { EvidenceLevelTag } from './parts/evidence-level.tsx'
import { Choices, FileField, type FormState, Select, TextArea, TextField, Yes } from './parts/fields.tsx'
import { QrCode } from './parts/qr-code.tsx'
import { Chips, CopyText, Empty, Facts, Notice, Rows, Section, Tag } from './parts/text.tsx'
import { type View, viewOf } from './view.ts'

/** What pages are made of, for whoever makes one: in the language, the theme and the size that are chosen. */
export function designPages() {
  return new Hono<Env>().get('/design', (c: AppContext) => answerPage(c, <DesignPage view={viewOf(c)} />))
}

const keysOf = <Key extends string>(words: Record<Key, unknown>) => Object.keys(words) as Key[]

function DesignPage({ view }: { view: View }) {
  const { design } = view.words
  return (
    <Page view={view} title={design.title}>
      <h1>{design.title}</h1>
      <p class="lead">{design.lead}</p>
      <Colours view={view} />
      <Type view={view} />
      <Buttons view={view} />
      <Fields view={view} />
      <States view={view} />
      <Figures view={view} />
      <Section title={design.empty}>
        <Empty title={design.emptyTitle} text={design.emptyText}>
          <ButtonLink href="/demands/new">{view.words.search.post}</ButtonLink>
        </Empty>
      </Section>
      <Section title={design.copy}>
        <CopyText label={design.copy} text={design.copied} />
        <QrCode label={design.code} text={design.copied} />
      </Section>
    </Page>
  )
}

function Colours({ view }: { view: View }) {
  const { design } = view.words
  return (
    <Section title={design.colours}>
      <ul class="swatches">
        {keysOf(design.colour).map((name) => (
          <li>
            <svg viewBox="0 0 3 1" aria-hidden="true">
              <rect width="3" height="1" fill={`var(--${name})`} />
            </svg>
            {design.colour[name]} <code>{name}</code>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Type({ view }: { view: View }) {
  const { design } = view.words
  const { sizes, sample } = design
  return (
    <Section title={design.type}>
      <div class="samples">
        <p class="h1">{`${sizes.h1} ${sample}`}</p>
        <p class="h2">{`${sizes.h2} ${sample}`}</p>
        <p class="h3">{`${sizes.h3} ${sample}`}</p>
        <p class="lead">{`${sizes.lead} ${sample}`}</p>
        <p>{`${sizes.body} ${sample}`}</p>
        <p class="small">{`${sizes.small} ${sample}`}</p>
      </div>
      <h3>{design.spacing}</h3>
      <ol class="spaces" aria-label={design.spacing}>
        {[1, 2, 3, 4, 5, 6].map((step) => (
          <li>
            <code>{`s${step}`}</code>
          </li>
        ))}
      </ol>
    </Section>
  )
}

function Buttons({ view }: { view: View }) {
  const { design } = view.words
  return (
    <Section title={design.buttons}>
      <form>
        <Actions>
          <Button>{design.button.main}</Button>
          <Button tone="plain">{design.button.plain}</Button>
          <Button isLarge>{design.button.large}</Button>
          <ButtonLink tone="plain" href="/demands">
            {design.button.link}
          </ButtonLink>
        </Actions>
      </form>
    </Section>
  )
}

function Fields({ view }: { view: View }) {
  const { field, fields } = view.words.design
  const form: FormState = {
    values: { budget: 'abc', need: 'must', isAnonymous: 'yes' },
    chosen: { modes: ['licence'] },
    messages: { budget: field.wrong },
  }
  const own = { view, form }
  const options = <Key extends string>(words: Record<Key, string>) => keysOf(words).map((value) => ({ value, label: words[value] }))
  return (
    <Section title={fields}>
      <form class="stack narrow">
        <TextField {...own} name="title" {...field.title} isRequired />
        <TextField {...own} name="budget" {...field.budget} mode="decimal" />
        <Select {...own} name="need" {...field.need} options={options(field.need_)} any={field.anyNeed} />
        <TextArea {...own} name="problem" {...field.problem} rows={3} />
        <Choices {...own} name="modes" {...field.modes} options={options(field.mode)} />
        <FileField {...own} name="file" {...field.file} accept=".pdf" />
        <Yes form={form} name="isAnonymous" label={field.isAnonymous} />
      </form>
    </Section>
  )
}

function States({ view }: { view: View }) {
  const { design } = view.words
  return (
    <Section title={design.states}>
      <div class="samples">
        <p>
          {keysOf(design.tag).map((tone) => (
            <>
              <Tag tone={tone}>{design.tag[tone]}</Tag>{' '}
            </>
          ))}
        </p>
        <h3>{design.levels}</h3>
        <p>
          {EvidenceLevel.options.map((level) => (
            <>
              <EvidenceLevelTag level={level} view={view} />{' '}
            </>
          ))}
        </p>
        <Notice>{design.notice.plain}</Notice>
        <Notice tone="warn">{design.notice.warn}</Notice>
        <Facts facts={design.facts} />
        <Rows rows={design.rows.map(([name = '', value = '']) => [name, value] as const)} />
        <Chips texts={design.chips} locale={view.locale} />
      </div>
    </Section>
  )
}

/** The bars of an invented table: each against the longest. */
const counts = [48, 30, 12]

function Figures({ view }: { view: View }) {
  const { design, units } = view.words
  const { table } = design
  return (
    <Section title={design.figures}>
      <table>
        <caption>{table.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{table.industry}</th>
            <th scope="col" class="number">
              {table.demands}
            </th>
            <th scope="col">{table.share}</th>
          </tr>
        </thead>
        <tbody>
          {counts.map((count, at) => (
            <tr>
              <th scope="row">{design.industries[at]}</th>
              <td class="number">{units.count(count)}</td>
              <td>
                <Bar share={count / counts[0]!} label={`${design.industries[at]} ${count}`} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}
