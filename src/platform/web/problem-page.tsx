import { Page } from './page.tsx'
import { Actions, Button, ButtonLink } from './parts/buttons.tsx'
import { Paragraphs, Section } from './parts/text.tsx'
import type { View } from './view.ts'
import { type WrittenForm, writtenTexts } from './written-form.ts'

interface ProblemPageProps {
  view: View
  title: string
  detail: string
  status: number
  instance: string
  errors?: { pointer: string; message: string }[]
  /** What was being sent; null where nothing was, or where it must not be shown. */
  written: WrittenForm | null
}

/** A refusal or a bug as a page: what happened, what to do, and a way on. */
export function ProblemPage({ view, title, detail, status, instance, errors = [], written }: ProblemPageProps) {
  const { problem } = view.words.shell
  return (
    <Page view={view} title={title}>
      <div class="narrow problem">
        <p class="quiet">{problem.status(status)}</p>
        <h1>{title}</h1>
        <p>{detail}</p>
        {errors.length > 0 && (
          <ul>
            {errors.map(({ pointer, message }) => (
              <li>
                <code>{pointer}</code> {message}
              </li>
            ))}
          </ul>
        )}
        {written !== null && <Kept view={view} written={written} status={status} />}
        <Actions>
          <ButtonLink tone="plain" href="/">
            {problem.home}
          </ButtonLink>
          <ButtonLink tone="plain" href="/demands">
            {problem.demands}
          </ButtonLink>
          <ButtonLink tone="plain" href="/search">
            {problem.search}
          </ButtonLink>
        </Actions>
        <p class="quiet">
          {problem.requestId} <code>{instance}</code>
        </p>
      </div>
    </Page>
  )
}

/** Nothing that was written is lost: it can be sent again as it is, after signing in where that is what is missing, and it can be read and copied. */
function Kept({ view, written, status }: { view: View; written: WrittenForm; status: number }) {
  const { kept } = view.words.shell.problem
  const texts = writtenTexts(written)
  return (
    <Section title={kept.title}>
      <p>{status === 401 ? kept.afterSigningIn : kept.again}</p>
      <form method="post" action={written.action} class="stack" {...(written.files.length > 0 && { enctype: 'multipart/form-data' })}>
        {written.fields.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        {written.files.map((name) => (
          <label class="field">
            {kept.file}
            <input type="file" name={name} multiple />
          </label>
        ))}
        <Actions>
          {status === 401 && (
            <ButtonLink href="/sign-in" target="_blank">
              {kept.signIn}
            </ButtonLink>
          )}
          <Button tone={status === 401 ? 'plain' : 'main'}>{kept.send}</Button>
        </Actions>
      </form>
      {texts.length > 0 && (
        <details class="more">
          <summary>{kept.read}</summary>
          {texts.map((text) => (
            <Paragraphs text={text} locale={view.locale} />
          ))}
        </details>
      )}
    </Section>
  )
}
