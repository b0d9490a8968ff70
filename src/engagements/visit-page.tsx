import type { ShownAttachments } from '../attachments/actions/read.ts'
import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, FileField, type FormState } from '../platform/web/parts/fields.tsx'
import { Paragraphs, Rows, Section, Written } from '../platform/web/parts/text.tsx'
import { type View, withQuery } from '../platform/web/view.ts'
import type { Contact } from './contact.ts'
import { NextStep } from './parts/contact-list.tsx'
import { demandFromNeed, type Visit } from './visit.ts'

interface VisitPageProps {
  view: View
  contact: Contact
  visit: Visit
  form: FormState
  /** Null for what is gone. */
  about: { name: string; path: string } | null
  /** For whom needs become demands, empty where that is still to be chosen; null for a reader who enters none. */
  enterpriseId: string | null
  /** Null for a reader who may not see them. */
  photos: ShownAttachments | null
  /** Name of the broker who made it. */
  by: string | null
  mayAmend: boolean
}

/** The sheet of a visit: what was heard first, for that is what is gone on with. */
export function VisitPage({ view, contact, visit, form, about, enterpriseId, photos, by, mayAmend }: VisitPageProps) {
  const { words, locale } = view
  const { sheet, of, gone, new: again, photos: photoWords } = words.visit
  const name = about?.name ?? gone
  return (
    <Page view={view} title={of(name)}>
      <div class="narrow visit">
        <h1>
          <Written text={of(name)} locale={locale} />
        </h1>
        <ErrorSummary view={view} form={form} labels={{ file: photoWords.file.label }} />
        <Rows
          rows={[
            [sheet.day, words.units.day(contact.on)],
            [
              words.visit.form.about,
              about && (
                <a href={about.path}>
                  <Written text={about.name} locale={locale} />
                </a>
              ),
            ],
            [sheet.place, visit.place && <Written text={visit.place} locale={locale} />],
            [sheet.result, words.engagement.contact.results[contact.result]],
            [sheet.by, by && <Written text={by} locale={locale} />],
          ]}
        />
        <Needs view={view} visit={visit} enterpriseId={enterpriseId} />
        {visit.seen !== null && (
          <Section title={sheet.seen}>
            <Paragraphs text={visit.seen} locale={locale} />
          </Section>
        )}
        {visit.met.length > 0 && (
          <Section title={sheet.met}>
            <ul class="prose">
              {visit.met.map(({ name, role, phone }) => (
                <li>
                  <Written text={sheet.person(name, role, null)} locale={locale} />
                  {phone !== null && (
                    <>
                      {' '}
                      <a href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`}>{phone}</a>
                    </>
                  )}
                </li>
              ))}
            </ul>
          </Section>
        )}
        {contact.next !== null && (
          <Section title={sheet.next}>
            <NextStep view={view} contact={contact} back={`/visits/${contact.id}`} />
          </Section>
        )}
        {photos !== null && <Photos view={view} shown={photos} path={`/visits/${contact.id}`} form={form} />}
        <Actions>
          {mayAmend && (
            <ButtonLink tone="plain" href={`/visits/${contact.id}/edit`}>
              {words.visit.edit.title}
            </ButtonLink>
          )}
          <ButtonLink tone="plain" href="/visits">
            {sheet.back}
          </ButtonLink>
          {about !== null && (
            <ButtonLink tone="plain" href={withQuery('/visits/new', { subject: contact.subjectId })}>
              {again}
            </ButtonLink>
          )}
        </Actions>
      </div>
    </Page>
  )
}

/** Each leads to the form of a demand that begins with it. */
function Needs({ view, visit, enterpriseId }: Pick<VisitPageProps, 'view' | 'visit' | 'enterpriseId'>) {
  const { sheet } = view.words.visit
  const path = (need: string) => withQuery('/demands/new', { enterpriseId: enterpriseId || null, ...demandFromNeed(need) })
  return (
    <Section title={sheet.needs}>
      {visit.needs.length === 0 && <p class="quiet">{sheet.noNeeds}</p>}
      <ul class="needs">
        {visit.needs.map((need) => (
          <li>
            <p>
              <Written text={need} locale={view.locale} />
            </p>
            {enterpriseId !== null && (
              <Actions>
                <ButtonLink tone="plain" href={path(need)} aria-label={sheet.toDemandNamed(need)}>
                  {sheet.toDemand}
                </ButtonLink>
              </Actions>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Photos({ view, shown, path, form }: { view: View; shown: ShownAttachments; path: string; form: FormState }) {
  const { photos: words } = view.words.visit
  const { items, mayUpload, mayRemove, megabytes } = shown
  const { label, hint } = words.file
  return (
    <Section id="photos" title={words.title}>
      {items.length === 0 && <p class="quiet">{words.none}</p>}
      {items.length > 0 && (
        <ul class="photos">
          {items.map(({ id }, at) => (
            <li>
              <a href={`/attachments/${id}`}>
                <img src={`/attachments/${id}`} alt={words.alt(at + 1, items.length)} loading="lazy" />
              </a>
              {mayRemove && (
                <form method="post" action={`/attachments/${id}/removal`}>
                  <Button tone="plain" aria-label={words.remove(at + 1)}>
                    {view.words.attachment.remove}
                  </Button>
                </form>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayUpload && (
        <form method="post" action={`${path}/attachments`} enctype="multipart/form-data" class="stack">
          <p class="quiet">{words.lead}</p>
          <FileField {...{ view, form, name: 'file', label, hint: hint(megabytes) }} accept="image/jpeg,image/png" isSeveral isRequired />
          <Button isLarge>{words.submit}</Button>
        </form>
      )}
    </Section>
  )
}

/** For whoever was visited: what was taken of him. */
export function VisitPhotosPage({ view, shown, on }: { view: View; shown: ShownAttachments; on: string | null }) {
  const { photos: words, title } = view.words.visit
  return (
    <Page view={view} title={title}>
      <div class="narrow visit">
        <h1>{on === null ? title : words.ofVisit(view.words.units.day(on))}</h1>
        <Photos view={view} shown={shown} path="" form={{ values: {}, chosen: {}, messages: {} }} />
      </div>
    </Page>
  )
}
