import type { Demand } from '../../demands/demand.ts'
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
    ...shortlist.items.flatMap((item, at): Block[] => [
      { kind: 'heading', text: `${at + 1}. ${markedName(view, item.title, item.enrolled)}` },
      ...(item.comment === null ? [] : [{ kind: 'paragraph' as const, text: item.comment }]),
      ...bestPairs(item, shortlist.items.length > 3 ? 1 : 2).map(
        ({ need, sentence }): Block => ({
          kind: 'pair',
          left: { label: words.asked, text: short(need) },
          right: { label: words.done, text: short(sentence) },
        }),
      ),
    ]),
    { kind: 'paragraph', text: words.unknown, isQuiet: true },
  ]
}

/** As much of a sentence as leaves room for the others. */
const short = (text: string) => (text.length <= longest ? text : `${text.slice(0, longest - 2)}……`)
const longest = 110

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
    ].join('\n'),
  )
  return [...head, ...items, words.unknown].join('\n\n')
}

/** The best sentence for each need, as many as there is room for: one page holds three candidates with two, or five with one. */
function bestPairs({ evidence }: Item, room: number): Item['evidence'] {
  const seen = new Set<string>()
  return evidence.filter(({ need }) => !seen.has(need) && seen.add(need)).slice(0, room)
}
