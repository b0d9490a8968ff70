import { listPaths } from '../../matching/list-paths.ts'
import { type FeedFormat, feedFormats } from '../../platform/web/feed.ts'
import type { View } from '../../platform/web/view.ts'

/** Of what there are feeds. */
export const feedKinds = ['demand', 'offering'] as const
export type FeedKind = (typeof feedKinds)[number]

export function feedPath(kind: FeedKind, format: FeedFormat): string {
  return `/feeds${listPaths[kind]}.${format}`
}

const names: Record<FeedFormat, string> = { rss: 'RSS', atom: 'Atom' }

/** Tells a browser or feed reader, in the head of a page, what can be followed from it. */
export function FeedLinks({ view, kinds }: { view: View; kinds: readonly FeedKind[] }) {
  return (
    <>
      {kinds.flatMap((kind) =>
        (Object.keys(feedFormats) as FeedFormat[]).map((format) => (
          <link
            rel="alternate"
            type={feedFormats[format].type}
            title={view.words.units.withNote(view.words.listing.titles[kind], names[format])}
            href={`${feedPath(kind, format)}?lang=${view.locale}`}
          />
        )),
      )}
    </>
  )
}
