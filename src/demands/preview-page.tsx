import { Page } from '../platform/web/page.tsx'
import { codeNames } from '../platform/web/parts/labels.ts'
import { langOf, Notice, Rows, Section, TextSection, Written } from '../platform/web/parts/text.tsx'
import { type View, withQuery } from '../platform/web/view.ts'
import { type Preview, PreviewReader } from './actions/preview.ts'
import { demandTitle } from './demand-card.tsx'
import { DemandDetail } from './demand-page.tsx'
import { fieldName } from './field-name.ts'

interface PreviewPageProps {
  view: View
  as: PreviewReader
  preview: Preview
}

/** A demand as others see it, with the words by which they could tell whose it is. */
export function PreviewPage({ view, as, preview }: PreviewPageProps) {
  const { previews: words } = view.words.ownDemand
  const { demand, enterprise } = preview
  const title = demandTitle(demand, view)
  return (
    <Page view={view} title={words.title}>
      <p>
        <a class="back" href={`/demands/${demand.id}`}>
          {words.back}
        </a>
      </p>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <Hidden view={view} {...preview} />
      <nav class="tabs" aria-label={words.tabsLabel}>
        {PreviewReader.options.map((each) => (
          <a href={withQuery(`/demands/${demand.id}/preview`, { as: each })} aria-current={each === as ? 'page' : undefined}>
            {words.tabs[each]}
          </a>
        ))}
      </nav>
      <Section title={words.tabs[as]}>
        <p class="large" lang={langOf(title, view.locale)}>
          <strong>{title}</strong>
        </p>
        {demand.reading === 'teaser' && <Notice>{words.hidden}</Notice>}
        <DemandDetail
          {...{ view, demand, enterprise }}
          broker={null}
          after={
            demand.hasConfidential && (
              <TextSection
                title={view.words.demandForm.fields.confidential.label}
                text={demand.confidential ?? words.confidentialHidden}
                locale={view.locale}
              />
            )
          }
        />
      </Section>
    </Page>
  )
}

/** Of an enterprise that is not named: what outsiders are told of it all the same, and what of the text would give it away. */
function Hidden({ view, outward, telling }: { view: View } & Preview) {
  const { previews: words } = view.words.ownDemand
  if (outward === null) return null
  const codes = [...(outward.region ? [outward.region] : []), ...outward.classification]
  return (
    <>
      <Section title={words.place}>
        <p>{codes.length === 0 ? words.placeNothing : <Written text={codeNames(codes, view)} locale={view.locale} />}</p>
        <p class="quiet">{words.placeLead}</p>
      </Section>
      <Section title={words.telling}>
        <p>{telling.length === 0 ? words.tellingNone : words.tellingLead}</p>
        <Rows
          rows={telling.map(({ pointer, kind, words: found }) => [
            fieldName(pointer, view.words),
            <>
              <mark lang={langOf(found, view.locale)}>{found}</mark> <span class="quiet">{words.kinds[kind]}</span>
            </>,
          ])}
        />
      </Section>
    </>
  )
}
