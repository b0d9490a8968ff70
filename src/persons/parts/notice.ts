import type { Words } from '../../platform/i18n/words.ts'
import { z } from '../../platform/schema.ts'
import { currentTexts, Purpose } from '../../privacy/consent.ts'
import { fixedPeriods, PrivacySettings } from '../../privacy/settings.ts'
import { bases, groups, placesOf } from '../register/register.ts'

/** What the market says about the personal data that it holds: what people read at /privacy, for programs. */
export const PrivacyNotice = PrivacySettings.extend({
  version: z.number().int().min(0),
  fixedPeriods: z.record(z.string(), z.number().int()),
  data: z.array(
    z.object({
      group: z.string(),
      what: z.string(),
      purpose: z.string(),
      bases: z.array(z.string()),
      seen: z.string(),
      kept: z.string(),
      /** Every field and column that belongs to it. */
      places: z.array(z.string()),
    }),
  ),
  /** What people are asked for, and by which text today. */
  consents: z.array(
    z.object({ purpose: Purpose, textVersion: z.string(), title: z.string(), text: z.array(z.string()), withdrawal: z.string() }),
  ),
  rights: z.array(z.string()),
}).openapi('PrivacyNotice')
export type PrivacyNotice = z.infer<typeof PrivacyNotice>

export function noticeOf({ settings, version }: { settings: PrivacySettings; version: number }, { privacy }: Words): PrivacyNotice {
  return {
    ...settings,
    version,
    fixedPeriods: { ...fixedPeriods },
    data: groups.map((group) => {
      const { what, purpose, seen, kept } = privacy.groups[group]
      return { group, what, purpose, bases: [...bases[group]], seen, kept: kept(settings.retention), places: placesOf(group) }
    }),
    consents: Purpose.options.map((purpose) => {
      const textVersion = currentTexts[purpose]
      const { title, text, withdrawal } = privacy.consents[purpose][textVersion]!
      return { purpose, textVersion, title, text: [...text], withdrawal }
    }),
    rights: [...privacy.rights.list],
  }
}
