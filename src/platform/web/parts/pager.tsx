import { type View, withQuery } from '../view.ts'

/** The way on through a list, and back to its beginning. */
export function Pager({ view, next }: { view: View; next: string | null }) {
  const { listing } = view.words
  const isLater = new URL(view.path, 'http://here').searchParams.has('cursor')
  if (next === null && !isLater) return null
  return (
    <nav class="pager" aria-label={listing.pages}>
      {isLater && (
        <a class="button plain" href={withQuery(view.path, { cursor: null })}>
          {listing.first}
        </a>
      )}
      {next !== null && (
        <a class="button" rel="next" href={withQuery(view.path, { cursor: next })}>
          {listing.next}
        </a>
      )}
    </nav>
  )
}
