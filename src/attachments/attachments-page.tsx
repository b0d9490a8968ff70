import { Page } from '../platform/web/page.tsx'
import type { FormState } from '../platform/web/parts/fields.tsx'
import { Pager } from '../platform/web/parts/pager.tsx'
import { langOf, Section, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { ReadingView } from '../readings/reading.ts'
import type { ShownAttachments } from './actions/read.ts'
import { AttachmentSection } from './parts/section.tsx'

interface AttachmentsPageProps {
  view: View
  /** What they are attached to. */
  title: string
  path: string
  shown: ShownAttachments
  /** Null for whoever may not be told. */
  readings: { items: ReadingView[]; next: string | null } | null
  form: FormState
}

/** The documents of one listing or organisation, and for its owner who read them. */
export function AttachmentsPage({ view, title, path, shown, readings, form }: AttachmentsPageProps) {
  const { attachment: words, units } = view.words
  return (
    <Page view={view} title={`${words.title}${units.colon}${title}`}>
      <header class="title">
        <h1 lang={langOf(title, view.locale)}>{title}</h1>
      </header>
      <p>
        <a class="back" href={path}>
          {words.back}
        </a>
      </p>
      <AttachmentSection {...{ view, shown, path, form }} isOwnPage />
      {readings !== null && <Readings view={view} shown={shown} readings={readings} />}
    </Page>
  )
}

function Readings({
  view,
  shown,
  readings,
}: Pick<AttachmentsPageProps, 'view' | 'shown'> & { readings: NonNullable<AttachmentsPageProps['readings']> }) {
  const { readings: words } = view.words.attachment
  const nameOf = (object: string) =>
    object === 'confidential' ? words.confidential : (shown.items.find(({ id }) => id === object)?.name ?? words.removed)
  return (
    <Section id="readings" title={words.title}>
      <p class="quiet">{readings.items.length === 0 ? words.none : words.lead}</p>
      {readings.items.length > 0 && (
        <section class="wide-table" tabindex={0} aria-label={words.title}>
          <table>
            <thead>
              <tr>
                <th scope="col">{words.columns.reader}</th>
                <th scope="col">{words.columns.object}</th>
                <th scope="col">{words.columns.at}</th>
                <th scope="col">{words.columns.code}</th>
              </tr>
            </thead>
            <tbody>
              {readings.items.map((reading) => (
                <tr>
                  <td>
                    <Reader view={view} reading={reading} />
                  </td>
                  <td>
                    <Written text={nameOf(reading.object)} locale={view.locale} />
                  </td>
                  <td>{view.words.units.day(view.dayOf(reading.at))}</td>
                  <td>{reading.code}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <Pager view={view} next={readings.next} />
    </Section>
  )
}

function Reader({ view, reading: { readerName, readerRole } }: { view: View; reading: ReadingView }) {
  const role = readerRole === 'link' ? view.words.attachment.readings.byLink : view.words.account.own.roles[readerRole]
  if (readerName === null) return <>{role}</>
  return (
    <>
      <Written text={readerName} locale={view.locale} /> <span class="quiet">{role}</span>
    </>
  )
}
