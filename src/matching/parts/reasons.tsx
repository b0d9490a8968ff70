import { Mixed } from '../../platform/web/parts/text.tsx'
import type { View } from '../../platform/web/view.ts'
import type { Match } from '../match.ts'
import { reasonSentences } from '../reason-words.ts'

/** Why a match stands where it stands, in words: what was compared, and what is not known yet. */
export function ReasonsInWords({ view, match, alwaysUnknown }: { view: View; match: Match; alwaysUnknown: string }) {
  const { matching } = view.words
  const { known, unknown } = reasonSentences(match, view)
  return (
    <>
      <details class="why">
        <summary>{matching.why}</summary>
        <ul>
          {known.map((sentence) => (
            <li>
              <Mixed text={sentence} />
            </li>
          ))}
        </ul>
      </details>
      <details class="why">
        <summary>{matching.unknown}</summary>
        <ul>
          {[...unknown, alwaysUnknown].map((gap) => (
            <li>{gap}</li>
          ))}
        </ul>
      </details>
    </>
  )
}
