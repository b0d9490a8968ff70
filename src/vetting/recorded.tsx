import { Section, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { RecordedCheck } from './actions.ts'

/** The checks that were made so far: by whom, when, with what result. Newest first. */
export function Recorded({ view, checks }: { view: View; checks: readonly RecordedCheck[] }) {
  const { vetting: words, units } = view.words
  if (checks.length === 0) return null
  return (
    <Section title={words.recorded}>
      <section class="wide-table" aria-label={words.recorded} tabindex={0}>
        <table>
          <thead>
            <tr>
              {Object.values(words.recordedColumns).map((name) => (
                <th scope="col">{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...checks].reverse().map(({ check, result, reason, by, byName, at }) => (
              <tr>
                <th scope="row">{words.checks[check].title}</th>
                <td class="nowrap">{words.results[result]}</td>
                <td>{reason === null ? words.noReason : <Written text={reason} locale={view.locale} />}</td>
                <td>{byName === null ? <code>{by}</code> : <Written text={byName} locale={view.locale} />}</td>
                <td class="nowrap">{units.day(view.dayOf(at))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Section>
  )
}
