import type { Child } from 'hono/jsx'
import type { View } from '../view.ts'
import { Mixed } from './text.tsx'

/** What a form is drawn from: what was written, and what is wrong, by field. */
export interface FormState {
  values: Record<string, string>
  /** Values of fields that take several. */
  chosen: Record<string, readonly string[]>
  messages: Record<string, string>
}

interface FieldProps {
  view: View
  form: FormState
  name: string
  label: string
  hint?: string
  isRequired?: boolean
  /** When it has to be filled in, where that depends on something else; stands for 选填. */
  when?: string
  /** Which of several forms on a page it stands in; the fields of the only one are found by their names. */
  within?: string
}

const idOf = ({ name, within }: { name: string; within?: string | undefined }) => (within === undefined ? name : `${within}-${name}`)

/** Label, hint, message and the control itself, tied together for screen readers. */
function Field({
  view,
  form,
  name,
  label,
  hint,
  isRequired,
  when,
  within,
  control,
}: FieldProps & { control(attributes: Record<string, unknown>): Child }) {
  const message = form.messages[name]
  const id = idOf({ name, within })
  const described = [hint ? `${id}-hint` : '', message ? `${id}-error` : ''].filter((id) => id !== '').join(' ')
  const { required, optional } = view.words.demandForm
  return (
    <div class={message ? 'field wrong' : 'field'}>
      <label for={id}>
        <Mixed text={label} />
        <span class="quiet">{isRequired ? required : (when ?? optional)}</span>
      </label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          <Mixed text={hint} />
        </p>
      )}
      {message && (
        <p class="message" id={`${id}-error`}>
          {message}
        </p>
      )}
      {control({
        id,
        name,
        ...(described && { 'aria-describedby': described }),
        ...(message && { 'aria-invalid': 'true' }),
        ...(isRequired && { 'aria-required': 'true' }),
      })}
    </div>
  )
}

/** Without `maxlength`: a browser counts otherwise than we do, and would cut silently what we would say is too long. */
export function TextField({
  type = 'text',
  mode,
  autocomplete = 'off',
  among,
  ...field
}: FieldProps & {
  /** What may be chosen instead of being written. */
  among?: readonly string[]
  type?: 'text' | 'date' | 'tel' | 'email' | 'password'
  mode?: 'decimal' | 'numeric'
  autocomplete?: 'off' | 'name' | 'one-time-code' | 'tel' | 'username' | 'current-password' | 'new-password'
}) {
  const { form, name, within } = field
  const list = `${idOf({ name, within })}-among`
  return (
    <Field
      {...field}
      control={(attributes) => (
        <>
          <input
            {...attributes}
            type={type}
            value={form.values[name] ?? ''}
            autocomplete={autocomplete}
            inputmode={mode}
            class={type === 'date' || mode ? 'short' : undefined}
            list={among && list}
          />
          {among && (
            <datalist id={list}>
              {among.map((each) => (
                <option value={each} />
              ))}
            </datalist>
          )}
        </>
      )}
    />
  )
}

/** Takes a file, or several. What is `accept`ed is a help for choosing, and no check. */
export function FileField({ accept, isSeveral = false, ...field }: FieldProps & { accept: string; isSeveral?: boolean }) {
  return <Field {...field} control={(attributes) => <input {...attributes} type="file" accept={accept} multiple={isSeveral} />} />
}

export function TextArea({ rows, ...field }: FieldProps & { rows: number }) {
  const { form, name } = field
  return (
    <Field
      {...field}
      control={(attributes) => (
        <textarea {...attributes} rows={rows}>
          {form.values[name] ?? ''}
        </textarea>
      )}
    />
  )
}

export interface Option {
  value: string
  label: string
}

export function Select({ options, any, ...field }: FieldProps & { options: readonly Option[]; any?: string }) {
  const { form, name } = field
  const chosen = form.values[name] ?? ''
  return (
    <Field
      {...field}
      control={(attributes) => (
        <select {...attributes}>
          {any !== undefined && <option value="">{any}</option>}
          {options.map(({ value, label }) => (
            <option value={value} selected={value === chosen}>
              {label}
            </option>
          ))}
        </select>
      )}
    />
  )
}

/** Several of a set. */
export function Choices({ view, form, name, label, hint, options }: FieldProps & { options: readonly Option[] }) {
  const message = form.messages[name]
  return (
    <fieldset class={message ? 'field wrong' : 'field'} id={name} aria-describedby={hint ? `${name}-hint` : undefined}>
      <legend>
        <Mixed text={label} />
        <span class="quiet">{view.words.demandForm.optional}</span>
      </legend>
      {hint && (
        <p class="hint" id={`${name}-hint`}>
          <Mixed text={hint} />
        </p>
      )}
      {message && <p class="message">{message}</p>}
      <div class="choices">
        {options.map((option) => (
          <label class="choice">
            <input type="checkbox" name={name} value={option.value} checked={form.chosen[name]?.includes(option.value) ?? false} />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** One yes, as a checkbox. */
export function Yes({ form, name, label, within }: Pick<FieldProps, 'form' | 'name' | 'label' | 'within'>) {
  return (
    <label class="choice">
      <input type="checkbox" id={idOf({ name, within })} name={name} value="yes" checked={form.values[name] === 'yes'} />
      <span>{label}</span>
    </label>
  )
}

/** Every message at the top, each a link to its field; it takes the focus when the page opens. */
export function ErrorSummary({ view, form, labels }: { view: View; form: FormState; labels: Record<string, string> }) {
  const { demandForm, units } = view.words
  const messages = Object.entries(form.messages)
  if (messages.length === 0) return null
  return (
    <div class="summary" role="alert" tabindex={-1} autofocus>
      <h2>{demandForm.summary(messages.length)}</h2>
      <p>{demandForm.summaryAdvice}</p>
      <ul>
        {messages.map(([name, message]) => (
          <li>
            <a href={`#${name}`}>
              <Mixed text={`${labels[name] ?? name}${units.colon}${message}`} />
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
