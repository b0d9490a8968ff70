import { Page } from '../platform/web/page.tsx'
import { Actions, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { Notice, Rows, Section } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import { Purpose } from '../privacy/consent.ts'
import { ConsentText } from '../privacy/parts/consent-text.tsx'
import type { PrivacyNotice } from './parts/notice.ts'
import { ResponsibleRows } from './parts/responsible-rows.tsx'
import type { Basis } from './register/register.ts'

/** What is held about people, printed from the register of all fields that hold personal data. */
export function PrivacyPage({ view, notice }: { view: View; notice: PrivacyNotice }) {
  const { privacy: words, units } = view.words
  const { responsible, data } = notice
  return (
    <Page view={view} title={words.title}>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <Section title={words.responsible.title} id="responsible">
        {responsible === null ? (
          <Notice tone="warn">
            <p>{words.responsible.missing}</p>
          </Notice>
        ) : (
          <ResponsibleRows view={view} responsible={responsible} />
        )}
      </Section>
      <Section title={words.rights.title} id="rights">
        <p>{words.rights.lead}</p>
        <ul class="prose">
          {words.rights.list.map((right) => (
            <li>{right}</li>
          ))}
        </ul>
        <p>{words.rights.without}</p>
        <Actions>
          <ButtonLink href="/account/data">{words.rights.toData}</ButtonLink>
        </Actions>
      </Section>
      <Section title={words.fieldsTitle} id="data">
        {data.map(({ what, purpose, bases, seen, kept }) => (
          <section>
            <h3>{what}</h3>
            <Rows
              rows={[
                [words.columns.purpose, purpose],
                // The register names no other grounds.
                [words.columns.basis, units.list(bases.map((basis) => words.bases[basis as Basis]))],
                [words.columns.seen, seen],
                [words.columns.kept, kept],
              ]}
            />
          </section>
        ))}
      </Section>
      <Section title={words.others.title} id="others">
        <ul class="prose">
          {words.others.list.map((other) => (
            <li>{other}</li>
          ))}
        </ul>
      </Section>
      <section id="consents">
        {Purpose.options.map((purpose) => (
          <ConsentText view={view} purpose={purpose} heading="h2" />
        ))}
      </section>
    </Page>
  )
}
