import { Mixed, Tag, Written } from '../../platform/web/parts/text.tsx'
import type { View } from '../../platform/web/view.ts'
import type { IndicatorVerdict } from '../match.ts'
import { indicatorSentences } from '../reason-words.ts'

const tones = { met: 'good', short: 'wood', unknown: 'busy' } as const

export function VerdictTag({ view, verdict }: { view: View; verdict: IndicatorVerdict['verdict'] }) {
  return <Tag tone={tones[verdict]}>{view.words.matching.indicators.verdicts[verdict]}</Tag>
}

/** The demand's indicators against the supply's own figures: verdict, what is wanted, what is stated and how it is backed, and the sentence. */
export function Indicators({ view, verdicts }: { view: View; verdicts: readonly IndicatorVerdict[] }) {
  const { indicators: words } = view.words.matching
  if (verdicts.length === 0) return null
  const { known, unknown } = indicatorSentences(verdicts, view)
  const stated = verdicts.filter(({ found }) => found !== null)
  return (
    <section class="verdicts">
      <p>
        <strong>{words.title}</strong>
      </p>
      <ul class="plain">
        {stated.map(({ verdict, need, found }, at) => (
          <li>
            <VerdictTag view={view} verdict={verdict} />{' '}
            {verdict === 'short' && need === 'must' && <Tag tone="wood">{view.words.demand.needs.must}</Tag>} <Mixed text={known[at]!} />
            <blockquote>
              <Written text={found!.sentence} locale={view.locale} />
            </blockquote>
          </li>
        ))}
      </ul>
      {unknown !== null && (
        <p class="quiet">
          <Mixed text={unknown} />
        </p>
      )}
      {stated.length > 0 && <p class="quiet">{words.lead}</p>}
    </section>
  )
}
