import fc from 'fast-check'
import { actingAs } from '../../src/accounts/actor.ts'
import { VettingCheck } from '../../src/demands/vetting.ts'
import { catchUp, embedPending } from '../../src/matching/catch-up.ts'
import { codeIn } from '../../src/platform/codes/codes.ts'
import type { Ports } from '../../src/platform/ports.ts'

export const operator = actingAs('operator', 'tok_operator')
export const passed = VettingCheck.options.map((check) => ({ check, result: 'passed' as const, reason: null }))

// Few words, so that listings share them and texts repeat.
const phrase = fc
  .array(fc.constantFrom('高温合金', '涂层', '焊接变形', '疲劳寿命', '等离子喷涂', '激光熔覆', 'TC4', '检测'), {
    minLength: 2,
    maxLength: 5,
  })
  .map((words) => words.join(''))
const visibility = fc.constantFrom('public' as const, 'registered' as const, 'nda' as const)
export const writing = fc.record({
  title: phrase.map((text) => `${text}技术`),
  text: fc.option(phrase),
  teaser: fc.option(phrase.map((text) => `求${text}`)),
  keywords: fc.array(phrase, { maxLength: 2 }),
  visibility,
  place: fc.constantFrom('990102', '990103', null),
})
export type Writing = typeof writing extends fc.Arbitrary<infer Value> ? Value : never

export const common = ({ title, teaser, keywords, visibility, place }: Writing) => ({
  title,
  teaser,
  keywords,
  visibility,
  region: place === null ? null : codeIn('region', place),
  expiresOn: place === '990103' ? '2026-12-31' : null,
})

/** Catches up and embeds until nothing waits. */
export async function settle(ports: Ports): Promise<void> {
  await catchUp(ports)
  while ((await embedPending(ports, 50)) > 0);
}
