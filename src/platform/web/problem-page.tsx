import type { Locale, Words } from '../i18n/words.ts'

/** A refusal or a bug as a page: what happened, what to do, and a way on. */
export function ProblemPage(props: { words: Words; locale: Locale; title: string; detail: string; status: number; instance: string }) {
  return (
    <html lang={props.locale}>
      <body>
        <h1>{props.title}</h1>
        <p>{props.detail}</p>
        <p>{props.instance}</p>
      </body>
    </html>
  )
}
