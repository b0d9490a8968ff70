import { Button } from '../../platform/web/parts/buttons.tsx'
import type { View } from '../../platform/web/view.ts'

/** The one box for words, with its button; `live` lets it answer while somebody types. */
export function SearchBox({ view, words, label, live }: { view: View; words: string; label: string; live?: Record<string, string> }) {
  const { search } = view.words
  return (
    <div class="search">
      <label for="q">{label}</label>
      <div class="search-row">
        <input
          type="search"
          id="q"
          name="q"
          value={words}
          placeholder={search.placeholder}
          enterkeyhint="search"
          {...(live && { ...live, 'hx-trigger': 'input changed delay:300ms', 'hx-include': 'closest form', 'hx-replace-url': 'true' })}
        />
        <Button>{search.button}</Button>
      </div>
    </div>
  )
}
