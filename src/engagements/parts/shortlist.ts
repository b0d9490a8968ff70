import type { Demand } from '../../demands/demand.ts'
import { indicatorSentences } from '../../matching/reason-words.ts'
import type { Block } from '../../platform/documents/word.ts'
import type { View } from '../../platform/web/view.ts'
import type { Shortlist } from '../shortlist.ts'
import { markedName } from './pairing.ts'

type Item = Shortlist['items'][number]

/** The list as a page of Word: who, why, and sentence beside sentence. */
export function shortlistBlocks(view: View, shortlist: Shortlist, demand: Pick<Demand, 'title'>): Block[] {
  const { shortlist: words } = view.words.engagement
  return [
    { kind: 'title', text: words.title },
    { kind: 'paragraph', text: `${words.of}${view.words.units.colon}${demand.title}` },
    ...(shortlist.note === null ? [] : [{ kind: 'paragraph' as const, text: shortlist.note }]),
    ...shortlist.items.flatMap((item, at): Block[] => {
      const values = valuesOf(view, item)
      // One page holds three candidates with two pairs, or with one and a line of figures; five with less of each.
      const isMany = shortlist.items.length > 3
      const room = isMany || values.length > 0 ? 1 : 2
      const most = isMany ? (values.length > 0 ? 50 : 75) : longest
      return [
        { kind: 'heading', text: `${at + 1}. ${markedName(view, item.title, item.enrolled)}` },
        ...(item.comment === null ? [] : [{ kind: 'paragraph' as const, text: item.comment }]),
        ...bestPairs(item, room).map(
          ({ need, sentence }): Block => ({
            kind: 'pair',
            left: { label: words.asked, text: short(need, most) },
            right: { label: words.done, text: short(sentence, most) },
          }),
        ),
        ...values.map((text): Block => ({ kind: 'paragraph', text: short(text, most), isQuiet: true })),
      ]
    }),
    { kind: 'paragraph', text: words.unknown, isQuiet: true },
  ]
}

/** As much of a sentence as leaves room for the others. */
const longest = 90
const short = (text: string, most = longest) => (text.length <= most ? text : `${text.slice(0, most - 2)}……`)

/** The list as text for a chat window: short, without tables. */
export function shortlistText(view: View, shortlist: Shortlist, demand: Pick<Demand, 'title'>): string {
  const { shortlist: words } = view.words.engagement
  const { colon } = view.words.units
  const head = [words.head(demand.title), ...(shortlist.note === null ? [] : [shortlist.note])]
  const items = shortlist.items.map((item, at) =>
    [
      `${at + 1}. ${markedName(view, item.title, item.enrolled)}`,
      ...(item.comment === null ? [] : [item.comment]),
      ...bestPairs(item, 1).map(({ sentence }) => `${words.done}${colon}${sentence}`),
      ...valuesOf(view, item),
    ].join('\n'),
  )
  return [...head, ...items, words.unknown].join('\n\n')
}

/** What he says to the indicators, in one line; nothing where he states no value. */
function valuesOf(view: View, { indicators = [] }: Item): string[] {
  const { known } = indicatorSentences(indicators, view)
  const { matching, units, terminal } = view.words
  return known.length === 0 ? [] : [`${matching.indicators.title}${units.colon}${known.join(terminal.semicolon)}`]
}

/** The best sentence for each need, as many as there is room for. */
function bestPairs({ evidence }: Item, room: number): Item['evidence'] {
  const seen = new Set<string>()
  return evidence.filter(({ need }) => !seen.has(need) && seen.add(need)).slice(0, room)
}
