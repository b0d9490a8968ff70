import type { Told } from '../../matching/actions/matches-of.ts'
import type { MatchSubject } from '../../matching/match.ts'
import { conflictSentence } from '../../matching/parts/exclusion-words.ts'
import { factualReasons, indicatorSentences, oneLine, reasonSentences } from '../../matching/reason-words.ts'
import type { Block } from '../../platform/documents/word.ts'
import type { z } from '../../platform/schema.ts'
import type { View } from '../../platform/web/view.ts'
import { markedName } from './pairing.ts'

/** What a broker takes along to a first talk: what is known, what is only claimed, and what has to be asked. */
export function talkingPoints(
  view: View,
  demand: { title: string },
  { kind, id }: Pick<z.infer<typeof MatchSubject>, 'kind' | 'id'>,
  told: Told,
): Block[] {
  const { talking: words } = view.words.engagement
  const { units, matching } = view.words
  const match = { ...told, subject: { kind, id, title: told.title, enrolled: told.enrolled } }
  const stated = indicatorSentences(told.indicators, view)
  const reasons = reasonSentences({ ...match, reasons: factualReasons(told.reasons) }, view)
  const open = told.indicators.filter(({ found }) => found === null).map(({ text }) => words.askValue(text))
  const asked = [
    ...open,
    ...reasons.unknown,
    ...(kind === 'demand' ? [] : [matching.alwaysUnknown[kind === 'expert' ? 'expert' : 'offering']]),
  ]
  const list = (items: readonly string[]): Block =>
    items.length === 0 ? { kind: 'paragraph', text: words.nothing, isQuiet: true } : { kind: 'list', items }
  return [
    { kind: 'title', text: words.title },
    { kind: 'paragraph', text: `${words.demand}${units.colon}${demand.title}` },
    { kind: 'paragraph', text: `${words.supply}${units.colon}${markedName(view, told.title, told.enrolled)}` },
    { kind: 'paragraph', text: oneLine(match, view), isQuiet: true },
    ...(told.conflicts.length === 0
      ? []
      : [{ kind: 'heading' as const, text: matching.conflicts.title }, list(told.conflicts.map((each) => conflictSentence(each, view)))]),
    { kind: 'heading', text: words.written },
    ...(told.evidence.length === 0 ? [list([])] : []),
    ...told.evidence.map(
      ({ need, sentence, source }): Block => ({
        kind: 'pair',
        left: { label: words.asked, text: need },
        right: { label: source.title === told.title ? words.said : `${words.said}${units.colon}${source.title}`, text: sentence },
      }),
    ),
    { kind: 'heading', text: words.claimed },
    list(stated.known),
    { kind: 'paragraph', text: words.claimedNote, isQuiet: true },
    { kind: 'heading', text: words.compared },
    list(reasons.known),
    { kind: 'heading', text: words.ask },
    list(asked),
  ]
}
