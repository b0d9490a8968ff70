import type { SearchItem } from '../matching/search.ts'
import { Page } from '../platform/web/page.tsx'
import { Button } from '../platform/web/parts/buttons.tsx'
import { TextField } from '../platform/web/parts/fields.tsx'
import { codeNames } from '../platform/web/parts/labels.ts'
import { Section, Written } from '../platform/web/parts/text.tsx'
import { type View, withQuery } from '../platform/web/view.ts'

interface ChooseEnterprisePageProps {
  view: View
  words: string
  /** What was already written of the demand. */
  said: { title: string; problem: string }
  found: readonly SearchItem[]
}

/** Those who enter a demand for an enterprise say first for which. */
export function ChooseEnterprisePage({ view, words: q, said, found }: ChooseEnterprisePageProps) {
  const { choose: words } = view.words.ownDemand
  const { title } = said
  const written = Object.entries(said).filter(([, value]) => value !== '')
  return (
    <Page view={view} title={words.title} at="post">
      <div class="narrow">
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <form method="get" action="/demands/new" class="stack">
          {written.map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <TextField view={view} form={{ values: { q }, chosen: {}, messages: {} }} name="q" label={words.label} />
          <Button>{words.search}</Button>
        </form>
        <Section title={found.length === 0 ? words.none : words.results}>
          {found.length === 0 ? (
            <p>
              {words.noneAdvice} <a href={withQuery('/intake/by-phone', { title: title === '' ? null : title })}>{words.register}</a>
            </p>
          ) : (
            <ul class="lines">
              {found.map(({ id, title: name, region }) => (
                <li>
                  <a href={withQuery('/demands/new', { enterpriseId: id, ...Object.fromEntries(written) })}>
                    <Written text={name} locale={view.locale} />
                  </a>
                  {region && <span class="quiet">{codeNames([region], view)}</span>}
                </li>
              ))}
            </ul>
          )}
        </Section>
      </div>
    </Page>
  )
}
