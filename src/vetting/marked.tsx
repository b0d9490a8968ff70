import { langOf } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { Piece } from './flagged.ts'

/** A text with what is flagged in it marked in place; why is said to those who do not see colours, too. */
export function Marked({ view, pieces }: { view: View; pieces: readonly Piece[] }) {
  const { flags } = view.words.vetting
  const text = pieces.map((piece) => piece.text).join('')
  return (
    <p class="written" lang={langOf(text, view.locale)}>
      {pieces.map((piece) =>
        piece.kind === null ? (
          piece.text
        ) : (
          <mark class={piece.kind} title={flags[piece.kind]}>
            {piece.text}
            <span class="unseen">{view.words.units.withNote('', flags[piece.kind])}</span>
          </mark>
        ),
      )}
    </p>
  )
}
