import { Page } from './page.tsx'
import { Actions, ButtonLink } from './parts/buttons.tsx'
import type { View } from './view.ts'

interface ProblemPageProps {
  view: View
  title: string
  detail: string
  status: number
  instance: string
  errors?: { pointer: string; message: string }[]
}

/** A refusal or a bug as a page: what happened, what to do, and a way on. */
export function ProblemPage({ view, title, detail, status, instance, errors = [] }: ProblemPageProps) {
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
        <Actions>
          <ButtonLink href="/">{problem.home}</ButtonLink>
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
