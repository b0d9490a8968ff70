import { z } from '@hono/zod-openapi'
import chain from './data/chain.json' with { type: 'json' }
import contractType from './data/contract-type.json' with { type: 'json' }
import declineReason from './data/decline-reason.json' with { type: 'json' }
import degreeCatalogue from './data/degree-catalogue.json' with { type: 'json' }
import evidenceLevel from './data/evidence-level.json' with { type: 'json' }
import gbt4754 from './data/gbt4754.json' with { type: 'json' }
import gbt13745 from './data/gbt13745.json' with { type: 'json' }
import hightech from './data/hightech.json' with { type: 'json' }
import labels from './data/labels.json' with { type: 'json' }
import mode from './data/mode.json' with { type: 'json' }
import nsfc from './data/nsfc.json' with { type: 'json' }
import region from './data/region.json' with { type: 'json' }
import sei from './data/sei.json' with { type: 'json' }

/** The code lists there are. Each has one edition today; a code keeps the edition it was chosen from. */
export const Scheme = z.enum([
  'region',
  'gbt4754',
  'gbt13745',
  'nsfc',
  'degree-catalogue',
  'hightech',
  'sei',
  'chain',
  'contract-type',
  'decline-reason',
  'evidence-level',
  'mode',
  'licence-kind',
  'ip-kind',
  'ip-status',
  'ip-encumbrance',
  'title-level',
  'degree',
  'trl',
  'offering-stage',
  'intake-channel',
  'broker-grade',
])
export type Scheme = z.infer<typeof Scheme>

/** A place in a code list, as it is stored: never a name. */
export const Code = z
  .strictObject({ scheme: Scheme, edition: z.string(), code: z.string() })
  .superRefine((code, context) => {
    if (!rowOf(code)) context.addIssue({ code: 'custom', path: ['code'], message: 'unknown-code', params: { code: 'unknown-code' } })
  })
  .openapi('Code')
export type Code = z.infer<typeof Code>

/** A code of one of the given lists, such as `codeFrom('region')` for a county. */
export const codeFrom = (...allowed: [Scheme, ...Scheme[]]) =>
  Code.refine((code) => allowed.includes(code.scheme), { path: ['scheme'], error: 'wrong-scheme', params: { code: 'wrong-scheme' } })

/** One line of a list. `demonstration` marks what is invented. */
export interface CodeRow {
  code: string
  parent?: string | undefined
  zh: string
  en: string
  demonstration?: boolean
}

export interface CodeList {
  scheme: string
  edition: string
  licence: string
  source: string
  /** False where the English comes from a machine and nobody has read it. */
  enReviewed: boolean
  codes: CodeRow[]
}

const lists: Record<Scheme, CodeList> = {
  region,
  gbt4754,
  gbt13745,
  nsfc,
  'degree-catalogue': degreeCatalogue,
  hightech,
  sei,
  chain,
  'contract-type': contractType,
  'decline-reason': declineReason,
  'evidence-level': evidenceLevel,
  mode,
  ...labels,
}

export function listOf(scheme: Scheme): CodeList {
  return lists[scheme]
}

/** Every code of a list, in the order of the list. */
export function codesOf(scheme: Scheme): CodeRow[] {
  return lists[scheme].codes
}

/** The code in the current edition of a list. */
export function codeIn(scheme: Scheme, code: string): Code {
  return { scheme, edition: lists[scheme].edition, code }
}

/** The codes that carry this Chinese name: several where a name repeats, as 朝阳区 does. */
export function codesNamed(scheme: Scheme, zh: string): Code[] {
  return codesOf(scheme)
    .filter((row) => row.zh === zh)
    .map((row) => codeIn(scheme, row.code))
}

/** The name a person reads; the bare code where the list no longer has it. */
export function codeName(code: Code, locale: 'zh-CN' | 'en'): string {
  const row = rowOf(code)
  if (!row) return code.code
  return locale === 'en' ? row.en : row.zh
}

/** The name of a value of one of our own lists, such as a mode. */
export function labelOf(scheme: Scheme, code: string, locale: 'zh-CN' | 'en'): string {
  return codeName(codeIn(scheme, code), locale)
}

/** What the code belongs to, nearest first: county → city → province. */
export function ancestorsOf(code: Code): Code[] {
  const parent = rowOf(code)?.parent
  if (parent === undefined) return []
  const above = { ...code, code: parent }
  return [above, ...ancestorsOf(above)]
}

/** Whether the code is the ancestor itself or somewhere below it. */
export function isWithin(code: Code, ancestor: Code): boolean {
  return [code, ...ancestorsOf(code)].some((each) => key(each) === key(ancestor))
}

function rowOf(code: Code): CodeRow | undefined {
  rows ??= new Map(
    Object.values(lists).flatMap((list) => list.codes.map((row): [string, CodeRow] => [key({ ...list, code: row.code }), row])),
  )
  return rows.get(key(code))
}

/** Built at the first question and constant from then on. */
let rows: Map<string, CodeRow> | undefined

function key({ scheme, edition, code }: { scheme: string; edition: string; code: string }): string {
  return `${scheme} ${edition} ${code}`
}
