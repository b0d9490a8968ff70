import { EvidenceKind, EvidenceRole } from '../directory/evidence.ts'
import type { ImportBatch } from '../imports/batch.ts'
import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, FileField, type FormState, Select, TextArea, TextField } from '../platform/web/parts/fields.tsx'
import { Once } from '../platform/web/parts/once.tsx'
import { Pager } from '../platform/web/parts/pager.tsx'
import { Empty, Facts, langOf, Notice, Section, Tag, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { KeptWork } from './parts/kept.ts'

export interface EvidencePageProps {
  view: View
  expert: { id: string; name: string }
  works: readonly KeptWork[]
  count: number
  next: string | null
  /** Imports that stand, newest first. */
  batches: readonly ImportBatch[]
  /** What was just done, and can be taken back. */
  done: Done | null
  form: FormState
}

export type Done = { kind: 'taken'; batchId: string; taken: number; known: number } | { kind: 'removed'; id: string } | { kind: 'undone' }

/** What is registered of an expert's works, for those who look after it. */
export function EvidencePage(props: EvidencePageProps) {
  const { view, expert, works, count, batches, done, form } = props
  const { works: words, units } = view.words
  const path = pathOf(expert)
  return (
    <Page view={view} title={words.of(expert.name)} at="experts">
      <p>
        <a class="back" href={`/experts/${expert.id}`}>
          {words.back}
        </a>
      </p>
      <h1>
        <Written text={words.of(expert.name)} locale={view.locale} />
      </h1>
      <p class="lead">{words.lead}</p>
      {done !== null && <DoneNotice view={view} path={path} done={done} />}
      <ErrorSummary view={view} form={form} labels={labelsOf(view)} />
      <Actions>
        <ButtonLink href="#import">{words.importNow}</ButtonLink>
        <ButtonLink tone="plain" href="#add">
          {words.addNow}
        </ButtonLink>
      </Actions>
      <Section title={words.listed(count)}>
        {works.length === 0 ? (
          <Empty title={words.none} text={words.noneAdvice} />
        ) : (
          <ul class="cards">
            {works.map((work) => (
              <li>
                <WorkCard view={view} path={path} work={work} />
              </li>
            ))}
          </ul>
        )}
        <Pager view={view} next={props.next} />
      </Section>
      <div class="halves">
        <Section title={words.import.title} id="import">
          <ImportForm view={view} path={path} form={form} />
        </Section>
        <Section title={words.add.title} id="add">
          <AddForm view={view} path={path} form={form} />
        </Section>
      </div>
      {batches.length > 0 && (
        <Section title={words.batches}>
          <ul class="files">
            {batches.map((batch) => (
              <li>
                <div>{words.batch(units.day(view.dayOf(batch.createdAt)), batch.rowCount)}</div>
                <UndoForm view={view} path={path} batchId={batch.id} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Page>
  )
}

export const pathOf = ({ id }: { id: string }) => `/experts/${id}/evidence`

/** What the fields of a work are called. */
export const labelsOf = ({ words }: View) => ({
  ...words.works.fields,
  file: words.works.import.file.label,
  text: words.works.import.text.label,
})

function DoneNotice({ view, path, done }: { view: View; path: string; done: Done }) {
  const { works: words } = view.words
  return (
    <Notice>
      <p role="status">
        {done.kind === 'taken' ? words.taken(done.taken, done.known) : done.kind === 'removed' ? words.removed : words.undone}
      </p>
      {done.kind === 'taken' && <UndoForm view={view} path={path} batchId={done.batchId} />}
      {done.kind === 'removed' && (
        <form method="post" action={`${path}/${done.id}/restoring`}>
          <Button tone="plain">{words.undoRemoval}</Button>
        </form>
      )}
    </Notice>
  )
}

function UndoForm({ view, path, batchId }: { view: View; path: string; batchId: string }) {
  return (
    <form method="post" action={`${path}/imports/${batchId}/undoing`}>
      <Button tone="plain">{view.words.works.undo}</Button>
    </form>
  )
}

function WorkCard({ view, path, work }: { view: View; path: string; work: KeptWork }) {
  const { words, locale } = view
  const { row, title, enteredBy } = work
  const { works: own, directory, units } = words
  return (
    <article class="card">
      <div class="card-head">
        <h3 lang={langOf(title, locale)}>{row.offeringId === null ? title : <a href={`/offerings/${row.offeringId}`}>{title}</a>}</h3>
        <Tag>{directory.expert.kinds[row.kind]}</Tag>
      </div>
      <Facts
        facts={[
          row.role && directory.expert.roles[row.role],
          row.on && units.dayOrYear(row.on),
          row.source && <Written text={row.source} locale={locale} />,
          row.number,
          row.link && (
            <a href={row.link} rel="nofollow noreferrer">
              {own.openLink}
              <span class="unseen" lang={langOf(title, locale)}>
                {` ${title}`}
              </span>
            </a>
          ),
        ]}
      />
      {enteredBy !== null && (
        <p class="quiet small">
          <Written
            text={(enteredBy.isImported ? own.imported : own.entered)(enteredBy.name, units.day(view.dayOf(enteredBy.at)))}
            locale={locale}
          />
        </p>
      )}
      <form method="post" action={`${path}/${row.id}/removal`}>
        <input type="hidden" name="version" value={row.version} />
        <Actions>
          <Button tone="plain">
            {own.remove}
            <span class="unseen" lang={langOf(title, locale)}>
              {` ${title}`}
            </span>
          </Button>
        </Actions>
      </form>
    </article>
  )
}

function ImportForm({ view, path, form }: { view: View; path: string; form: FormState }) {
  const words = view.words.works.import
  const field = { view, form }
  return (
    <>
      <p>{words.lead}</p>
      <p class="hint">{words.template}</p>
      <form method="post" action={`${path}/reading`} enctype="multipart/form-data" novalidate class="stack">
        <FileField {...field} name="file" {...words.file} accept=".bib,.csv,.txt" />
        <TextArea {...field} name="text" {...words.text} rows={6} />
        <Actions>
          <Button isLarge>{words.read}</Button>
        </Actions>
      </form>
    </>
  )
}

function AddForm({ view, path, form }: { view: View; path: string; form: FormState }) {
  const { works: words, directory } = view.words
  const { fields, add } = words
  const { kinds, roles } = directory.expert
  const field = { view, form }
  return (
    <form method="post" action={path} novalidate class="stack">
      <Once view={view} />
      <Select
        {...field}
        name="kind"
        label={fields.kind}
        isRequired
        options={EvidenceKind.options.map((value) => ({ value, label: kinds[value] }))}
      />
      <TextField {...field} name="title" label={fields.title} isRequired />
      <TextField {...field} name="on" label={fields.on} hint={add.onHint} />
      <TextField {...field} name="source" label={fields.source} hint={add.sourceHint} />
      <TextField {...field} name="number" label={fields.number} hint={add.numberHint} />
      <TextArea {...field} name="abstract" label={fields.abstract} rows={4} />
      <TextField {...field} name="link" label={fields.link} />
      <Select
        {...field}
        name="role"
        label={fields.role}
        any={add.anyRole}
        options={EvidenceRole.options.map((value) => ({ value, label: roles[value] }))}
      />
      <Actions>
        <Button isLarge>{add.submit}</Button>
      </Actions>
    </form>
  )
}
