import { endings } from '../../platform/files/inspect/media-type.ts'
import { Button } from '../../platform/web/parts/buttons.tsx'
import { ErrorSummary, FileField, type FormState, Select } from '../../platform/web/parts/fields.tsx'
import { langOf, Section, Tag } from '../../platform/web/parts/text.tsx'
import type { View } from '../../platform/web/view.ts'
import type { ShownAttachments } from '../actions/read.ts'
import type { Attachment } from '../attachment.ts'

const blankForm: FormState = { values: {}, chosen: {}, messages: {} }
const accepted = [...Object.values(endings), 'jpeg'].map((ending) => `.${ending}`).join(',')

export interface AttachmentSectionProps {
  view: View
  shown: ShownAttachments
  /** Address of what they are attached to; theirs is below it. */
  path: string
  form?: FormState
  /** Whether this is the page where they are looked after. */
  isOwnPage?: boolean
}

/** The documents that the reader may have; and for whoever may change them, how. Nothing for anybody else where there are none. */
export function AttachmentSection({ view, shown, path, form = blankForm, isOwnPage = false }: AttachmentSectionProps) {
  const { attachment: words } = view.words
  const { items, mayUpload, mayRemove, mayListReadings } = shown
  if (items.length === 0 && !mayUpload && !isOwnPage) return null
  return (
    <Section id="attachments" title={words.title}>
      {items.length === 0 && <p class="quiet">{words.none}</p>}
      {items.length > 0 && (
        <ul class="files">
          {items.map((attachment) => (
            <AttachmentItem view={view} attachment={attachment} mayRemove={mayRemove} />
          ))}
        </ul>
      )}
      {mayUpload && <UploadForm {...{ view, shown, path, form }} />}
      {mayListReadings && !isOwnPage && (
        <p>
          <a href={`${path}/attachments#readings`}>{words.readings.title}</a>
        </p>
      )}
    </Section>
  )
}

function AttachmentItem({ view, attachment, mayRemove }: { view: View; attachment: Attachment; mayRemove: boolean }) {
  const { attachment: words, units } = view.words
  const { id, name, group, mediaType, size, createdAt } = attachment
  return (
    <li>
      <div>
        <a href={`/attachments/${id}`} lang={langOf(name, view.locale)}>
          {name}
        </a>{' '}
        <Tag tone={group === 'confidential' ? 'wood' : 'quiet'}>{words.groups[group]}</Tag>
        <p class="small quiet">
          {[words.types[mediaType], words.size(size), words.added(units.day(view.dayOf(createdAt)))].join(' · ')}
          {group === 'confidential' && <> · {words.marked}</>}
        </p>
      </div>
      {mayRemove && (
        <form method="post" action={`/attachments/${id}/removal`}>
          <Button tone="plain" aria-label={words.removeNamed(name)}>
            {words.remove}
          </Button>
        </form>
      )}
    </li>
  )
}

function UploadForm({ view, shown, path, form }: Required<Pick<AttachmentSectionProps, 'view' | 'shown' | 'path' | 'form'>>) {
  const { attachment: words, units } = view.words
  const { file, group } = words.add
  const options = shown.groups.map((value) => ({ value, label: units.withNote(words.groups[value], words.groupHints[value]) }))
  const values = { group: shown.groups.at(-1)!, ...form.values }
  return (
    <details open={Object.keys(form.messages).length > 0 || shown.items.length === 0} class="more">
      <summary>{words.add.title}</summary>
      <form method="post" action={`${path}/attachments`} enctype="multipart/form-data" class="stack">
        <ErrorSummary view={view} form={form} labels={{ file: file.label, group: group.label }} />
        <p class="quiet">{shown.groups.length === 1 ? words.proofLead : words.lead}</p>
        <FileField {...{ view, form, name: 'file', label: file.label, hint: file.hint(shown.megabytes) }} accept={accepted} isRequired />
        <Select {...{ view, form: { ...form, values }, name: 'group', ...group, options }} isRequired />
        <Button>{words.add.submit}</Button>
      </form>
    </details>
  )
}
