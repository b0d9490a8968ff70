import type { View } from '../../platform/web/view.ts'
import { currentTexts, type Purpose } from '../consent.ts'

/** The text by which somebody is asked today, with what taking it back would mean. */
export function ConsentText({ view, purpose, heading: Title }: { view: View; purpose: Purpose; heading: 'h2' | 'h3' }) {
  const texts = view.words.privacy.consents[purpose]
  const { title, text, withdrawal } = texts[currentTexts[purpose]]!
  return (
    <>
      <Title>{title}</Title>
      <div class="prose">
        {text.map((paragraph) => (
          <p>{paragraph}</p>
        ))}
        <p>{withdrawal}</p>
      </div>
    </>
  )
}
