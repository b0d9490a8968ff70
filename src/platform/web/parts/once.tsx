import type { View } from '../view.ts'

/** In a form that makes something: so that pressing twice makes it once; see `once.ts`. */
export function Once({ view }: { view: View }) {
  return <input type="hidden" name="once" value={view.once()} />
}
