import { Actions, Button } from '../platform/web/parts/buttons.tsx'
import { Tag, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import { IntakeField } from './fields.ts'
import type { IntakeTable, IntakeView } from './intake.ts'

/** Below this a guess is shown as one. */
const sure = 0.75

/** How the columns of a file are read, to be corrected; open where something was guessed. */
export function ColumnsForm({ view, intake }: { view: View; intake: IntakeView }) {
  const { columns: words } = view.words.intake
  if (intake.tables.length === 0) return null
  const isGuessed = intake.tables.some(({ columns }) => columns.some(({ field, certainty }) => field !== null && certainty < sure))
  return (
    <details class="more" open={isGuessed}>
      <summary>{words.title}</summary>
      <form method="post" action={`/intake/${intake.id}/columns`} class="stack">
        <input type="hidden" name="version" value={String(intake.version)} />
        <p>{words.lead}</p>
        {intake.tables.map((table, at) => (
          <TableColumns view={view} table={table} name={words[table.kind](at + 1)} />
        ))}
        <Actions>
          <Button tone="plain">{words.again}</Button>
        </Actions>
      </form>
    </details>
  )
}

function TableColumns({ view, table, name }: { view: View; table: IntakeTable; name: string }) {
  const { columns: words, fields } = view.words.intake
  return (
    <section class="wide-table" aria-label={name} tabindex={0}>
      <table>
        <caption>{name}</caption>
        <thead>
          <tr>
            <th scope="col">{words.column}</th>
            <th scope="col">{words.field}</th>
            <th scope="col">{words.example}</th>
          </tr>
        </thead>
        <tbody>
          {table.columns.map(({ label, field, certainty, example }, at) => (
            <tr>
              <th scope="row">
                <Written text={label} locale={view.locale} />
              </th>
              <td>
                <select name={`column-${table.grid}-${at}`} aria-label={`${words.field}${view.words.units.colon}${label}`}>
                  <option value="">{words.nothing}</option>
                  {IntakeField.options.map((each) => (
                    <option value={each} selected={each === field}>
                      {fields[each]}
                    </option>
                  ))}
                </select>{' '}
                {field !== null && certainty < sure && <Tag tone="busy">{words.unsure}</Tag>}
              </td>
              <td>
                <Written text={[...example].slice(0, 60).join('')} locale={view.locale} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {table.notes.length > 0 && (
        <p class="quiet">
          {words.notes}
          {view.words.units.colon}
          <Written text={table.notes.join('；')} locale={view.locale} />
        </p>
      )}
    </section>
  )
}
