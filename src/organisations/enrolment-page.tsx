import { codesOf, labelOf } from '../platform/codes/codes.ts'
import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState, Select, TextArea, TextField, Yes } from '../platform/web/parts/fields.tsx'
import { Once } from '../platform/web/parts/once.tsx'
import { Notice, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import { ProfilePurpose } from '../privacy/consent.ts'
import { ConsentText } from '../privacy/parts/consent-text.tsx'
import type { Listed } from './actions/listed.ts'
import { agreed } from './claim-pages.tsx'
import type { EnrolmentRequest } from './enrolment.ts'
import { ProofFields, proofLabels } from './verification-page.tsx'

export type { Listed }

interface Props {
  view: View
  /** Null where he has yet to choose. */
  as: EnrolmentRequest['as'] | null
  back: string
  form: FormState
  /** What is there already and seems to be the same. */
  listed: readonly Listed[]
  institutions: readonly string[]
  regionCode: string
}

/** One short form: whatever else there is to say can be said later. */
export function EnrolmentPage(props: Props) {
  const { view, as, back, form, listed } = props
  const words = view.words.organisation.enrolment
  const title = as === null ? words.title : words.titles[as]
  const labels = Object.fromEntries(Object.entries(words.fields).map(([name, { label }]) => [name, label]))
  return (
    <Page view={view} title={title}>
      <div class="narrow">
        <h1>{title}</h1>
        <p class="lead">{as === null ? words.choose : words.leads[as]}</p>
        {as === null ? (
          <Actions>
            {(['enterprise', 'expert'] as const).map((each) => (
              <ButtonLink href={`/account/enrolment?${new URLSearchParams({ as: each, back })}`}>{words.titles[each]}</ButtonLink>
            ))}
          </Actions>
        ) : (
          <>
            <ErrorSummary
              view={view}
              form={form}
              labels={{ ...labels, ...proofLabels(view), agreesTo: view.words.privacy.agreement.wanted }}
            />
            <ListedNotice view={view} listed={listed} />
            <form method="post" action="/account/enrolment" novalidate class="stack">
              <Once view={view} />
              <input type="hidden" name="as" value={as} />
              <input type="hidden" name="back" value={back} />
              {as === 'expert' && listed.length > 0 && <Yes form={form} name="isNew" label={words.isNew} />}
              {as === 'enterprise' ? <EnterpriseFields {...props} /> : <ExpertFields {...props} />}
              <fieldset class="field">
                <legend>{words.proof}</legend>
                <p class="hint">{words.proofHint[as]}</p>
                <ProofFields view={view} form={form} isPerson={as === 'expert'} />
              </fieldset>
              <Button isLarge>{words.submit}</Button>
            </form>
          </>
        )}
      </div>
    </Page>
  )
}

function EnterpriseFields({ view, form, regionCode }: Props) {
  const { fields, anyRegion } = view.words.organisation.enrolment
  const regions = codesOf('region').filter(({ code, parent }) => code === regionCode || parent === regionCode)
  return (
    <>
      <TextField {...{ view, form, name: 'name', ...fields.name }} isRequired />
      <TextField {...{ view, form, name: 'creditCode', ...fields.creditCode }} />
      <Select
        {...{ view, form, name: 'region', ...fields.region }}
        any={anyRegion}
        options={regions.map(({ code }) => ({ value: code, label: labelOf('region', code, view.locale) }))}
      />
      <TextArea {...{ view, form, name: 'summary', ...fields.summary }} rows={3} />
    </>
  )
}

function ExpertFields({ view, form, institutions }: Props) {
  const { fields, noInstitution } = view.words.organisation.enrolment
  return (
    <>
      <TextField {...{ view, form, name: 'name', ...fields.ownName }} autocomplete="name" isRequired />
      <TextField {...{ view, form, name: 'institution', ...fields.institution }} among={institutions} />
      <Yes form={form} name="noInstitution" label={noInstitution} />
      <TextField {...{ view, form, name: 'field', ...fields.field }} isRequired />
      <div id="agreesTo">
        {ProfilePurpose.options.map((purpose) => (
          <section>
            <ConsentText view={view} purpose={purpose} heading="h2" />
            <Yes form={form} name={purpose} label={agreed(view, purpose)} />
          </section>
        ))}
      </div>
    </>
  )
}

/** What is there is taken over, not registered again. */
function ListedNotice({ view, listed }: Pick<Props, 'view' | 'listed'>) {
  const words = view.words.organisation.enrolment
  if (listed.length === 0) return null
  return (
    <Notice tone="warn">
      <p>{words.listed}</p>
      <ul>
        {listed.map(({ id, name, institution, field }) => (
          <li>
            <a href={`/claims/new/${id}`}>
              <Written text={name ?? [institution, field].filter((each) => each !== null).join(' · ')} locale={view.locale} />
            </a>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
