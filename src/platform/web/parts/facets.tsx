import { type View, withQuery } from '../view.ts'
import { Button } from './buttons.tsx'

export interface FacetValue {
  value: string
  label: string
  count: number
  isChosen: boolean
}
export interface Facet {
  name: string
  title: string
  values: FacetValue[]
}

/** Shown at once; the rest opens below. */
const shownAtOnce = 8

/** Facets of a list as checkboxes of the form around them; `live` lets the list follow every choice. */
export function Facets({
  view,
  facets,
  openFirst,
  live,
}: {
  view: View
  facets: readonly Facet[]
  openFirst: number
  live: Record<string, string>
}) {
  const { listing } = view.words
  return (
    <aside
      class="facets"
      id="filters"
      aria-labelledby="filters-title"
      {...live}
      hx-trigger="change"
      hx-include="closest form"
      hx-push-url="true"
    >
      <h2 id="filters-title">{listing.filters}</h2>
      {facets.map(({ name, title, values }, at) => (
        <details open={at < openFirst || values.some(({ isChosen }) => isChosen)}>
          <summary>{title}</summary>
          <fieldset>
            <legend class="unseen">{title}</legend>
            <Values name={name} values={values.slice(0, shownAtOnce)} />
            {values.length > shownAtOnce && (
              <details class="rest" open={values.slice(shownAtOnce).some(({ isChosen }) => isChosen)}>
                <summary>{listing.moreValues(values.length - shownAtOnce)}</summary>
                <Values name={name} values={values.slice(shownAtOnce)} />
              </details>
            )}
          </fieldset>
        </details>
      ))}
      <Button>{listing.apply}</Button>
    </aside>
  )
}

function Values({ name, values }: { name: string; values: readonly FacetValue[] }) {
  return values.map(({ value, label, count, isChosen }) => (
    <label class="choice">
      <input type="checkbox" name={name} value={value} checked={isChosen} />
      <span>{label}</span>
      <span class="count">{count}</span>
    </label>
  ))
}

/** The chosen values, each a link that takes it away. */
export function ChosenFacets({ view, facets, clearPath }: { view: View; facets: readonly Facet[]; clearPath: string }) {
  const { listing, units } = view.words
  const chosen = facets.flatMap(({ name, title, values }) =>
    values.filter(({ isChosen }) => isChosen).map((each) => ({ ...each, name, title, values })),
  )
  if (chosen.length === 0) return null
  return (
    <ul class="chosen" aria-label={listing.chosen}>
      {chosen.map(({ name, title, value, label, values }) => {
        const others = values.filter((each) => each.isChosen && each.value !== value).map((each) => each.value)
        return (
          <li>
            <a href={withQuery(view.path, { [name]: others, cursor: null })}>
              <span class="unseen">{listing.remove}</span>
              {`${title}${units.colon}${label}`} <span aria-hidden="true">×</span>
            </a>
          </li>
        )
      })}
      <li>
        <a href={clearPath}>{listing.clear}</a>
      </li>
    </ul>
  )
}
