import { Tag, Written } from '../../platform/web/parts/text.tsx'
import type { View } from '../../platform/web/view.ts'
import type { IndicatorVerdict } from '../match.ts'
import { indicatorSentence } from '../reason-words.ts'

const tones = { met: 'good', short: 'wood', unknown: 'quiet' } as const

/** The demand's indicators against the supply's own figures: verdict, what is wanted, what is stated and how it is backed, and the sentence. */
export function Indicators({ view, verdicts }: { view: View; verdicts: readonly IndicatorVerdict[] }) {
  const { indicators: words } = view.words.matching
  if (verdicts.length === 0) return null
  return (
    <section class="verdicts">
      <h4>{words.title}</h4>
      <ul class="plain">
        {verdicts.map((each) => (
          <li>
            <Tag tone={tones[each.verdict]}>{words.verdicts[each.verdict]}</Tag>
            {each.need === 'must' && <Tag>{view.words.demand.needs.must}</Tag>} <Written text={each.text} locale={view.locale} />
            {view.words.units.colon}
            <Written text={indicatorSentence(each, view)} locale={view.locale} />
            {each.found !== null && (
              <blockquote>
                <Written text={each.found.sentence} locale={view.locale} />
              </blockquote>
            )}
          </li>
        ))}
      </ul>
      {verdicts.some(({ found }) => found !== null) && <p class="quiet">{words.lead}</p>}
    </section>
  )
}
