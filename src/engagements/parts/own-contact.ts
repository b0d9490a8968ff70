import { blankForm } from '../../accounts/form.ts'
import type { AppContext } from '../../platform/web/context.ts'
import type { FormState } from '../../platform/web/parts/fields.tsx'

/** Name and number of whoever is signed in, as far as his account knows them: what a form that asks for a contact begins with. */
export function ownContact({ var: { session } }: AppContext): FormState {
  const { name, phone } = session?.account ?? { name: null, phone: null }
  return { ...blankForm, values: { name: name ?? '', phone: phone?.replace(/^\+86/, '') ?? '' } }
}
