import { Rows } from '../../platform/web/parts/text.tsx'
import type { View } from '../../platform/web/view.ts'
import type { Responsible } from '../../privacy/settings.ts'

/** To whom somebody gives his data, and where he reaches him. */
export function ResponsibleRows({ view, responsible }: { view: View; responsible: Responsible }) {
  const { responsible: words } = view.words.privacy
  return (
    <Rows
      rows={[
        [words.name, (view.locale === 'en' && responsible.nameEn) || responsible.name],
        [words.address, responsible.address],
        [words.contact, responsible.contact],
      ]}
    />
  )
}
