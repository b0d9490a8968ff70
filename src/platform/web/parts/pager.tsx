import { type View, withQuery } from '../view.ts'
import { ButtonLink } from './buttons.tsx'

/** The way on through a list, and back to its beginning. */
export function Pager({ view, next }: { view: View; next: string | null }) {
  const { listing } = view.words
  const isLater = new URL(view.path, 'http://here').searchParams.has('cursor')
  if (next === null && !isLater) return null
  return (
    <nav class="pager" aria-label={listing.pages}>
      {isLater && (
        <ButtonLink tone="plain" href={withQuery(view.path, { cursor: null })}>
          {listing.first}
        </ButtonLink>
      )}
      {next !== null && (
        <ButtonLink rel="next" href={withQuery(view.path, { cursor: next })}>
          {listing.next}
        </ButtonLink>
      )}
    </nav>
  )
}
