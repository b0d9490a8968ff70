import type { Problem } from '../platform/problem.ts'
import { Page } from '../platform/web/page.tsx'
import { Actions, Button } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, FileField, type FormState } from '../platform/web/parts/fields.tsx'
import { Pager } from '../platform/web/parts/pager.tsx'
import { Empty, Facts, Notice, Section, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { IntakeView } from './intake.ts'
import { countsOf } from './parts/counts.ts'

/** A file that could not be read. */
export interface Refused {
  name: string
  problem: Problem
}

interface IntakesPageProps {
  view: View
  form: FormState
  items: readonly IntakeView[]
  next: string | null
  refused: readonly Refused[]
}

/** The way in for tables and forms, and what came in before. */
export function IntakesPage({ view, form, items, next, refused }: IntakesPageProps) {
  const { intake: words, units } = view.words
  return (
    <Page view={view} title={words.title}>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <ErrorSummary view={view} form={form} labels={{ file: words.file.label }} />
      {refused.length > 0 && (
        <Notice tone="warn">
          <ul role="alert">
            {refused.map(({ name, problem }) => (
              <li>
                <Written text={name} locale={view.locale} />
                {units.colon}
                {reasonOf(view, problem)}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <form method="post" action="/intake" enctype="multipart/form-data" novalidate class="stack narrow">
        <FileField {...{ view, form, name: 'file', ...words.file }} isRequired isSeveral accept=".xlsx,.csv,.docx" />
        <Actions>
          <Button isLarge>{words.upload}</Button>
        </Actions>
      </form>
      <p>
        <a href="/intake/by-phone">{words.byPhone}</a>
      </p>
      <Section title={words.received}>
        {items.length === 0 ? (
          <Empty title={words.none} text={words.noneAdvice} />
        ) : (
          <ul class="lines">
            {items.map(({ id, name, createdAt, lines }) => (
              <li>
                <a href={`/intake/${id}`}>
                  <Written text={name} locale={view.locale} />
                </a>
                <Facts facts={[words.receivedOn(units.day(view.dayOf(createdAt))), ...countsOf(view, lines)]} />
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Pager view={view} next={next} />
    </Page>
  )
}

function reasonOf({ words }: View, { kind, facts }: Problem): string {
  const [error] = facts.errors ?? []
  if (error !== undefined) return words.fault(error.code, error.facts ?? {})
  const { detail } = words.problem[kind]
  return typeof detail === 'function' ? detail(facts) : detail
}
