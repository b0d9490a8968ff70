import { Routing } from '../demands/demand.ts'
import { Channel } from '../platform/codes/enums.ts'
import type { StateOf } from '../platform/lifecycle.ts'
import { id, instant, stored, text, z } from '../platform/schema.ts'
import { ColumnCorrection, LineContent, ReadColumn } from './line.ts'

/** States of a line and the verbs that move it. What became a demand, was routed or left out can be taken back; what was merged is a demand's. */
export const lineLifecycle = {
  open: { draft: 'drafted', merge: 'merged', route: 'routed', leave: 'left' },
  drafted: { reopen: 'open' },
  left: { reopen: 'open' },
  merged: {},
  routed: { reopen: 'open' },
} as const
export type LineState = StateOf<typeof lineLifecycle>
export const LineStates = Object.keys(lineLifecycle) as [LineState, ...LineState[]]

/** A firm's form or a park's table as it arrived. 征集表; 汇总表. What stands in it is in its lines. F2 */
export const Intake = z
  .strictObject({
    id: id('ink'),
    ...stored,
    visibility: z.literal('nda'),
    /** What the file is called. */
    name: z.string().min(1).max(200),
    format: z.enum(['xlsx', 'csv', 'docx']),
    encoding: z.string(),
    /** Hex: the same file is not received twice by the same hands. */
    fileSha256: z.string(),
    channel: Channel,
    /** The actor who brought it. */
    receivedBy: z.string(),
  })
  .openapi('Intake')
export type Intake = z.infer<typeof Intake>

/** A table of the file, and what its columns are taken to say. */
export const IntakeTable = z
  .strictObject({ grid: z.number().int(), kind: z.enum(['table', 'form']), columns: z.array(ReadColumn), notes: z.array(z.string()) })
  .openapi('IntakeTable')
export type IntakeTable = z.infer<typeof IntakeTable>

/** One need of a file, and what was decided about it. */
export const IntakeLine = z
  .strictObject({
    id: id('inl'),
    intakeId: id('ink'),
    /** Its place among all of the file, from 1. */
    position: z.number().int().min(1),
    grid: z.number().int(),
    /** As spreadsheets count, from 1. */
    line: z.number().int(),
    /** Which of several of its line; 0 where it is the only one. */
    part: z.number().int(),
    state: z.enum(LineStates),
    /** Null once it is not needed any more. */
    content: LineContent.nullable(),
    demandId: id('dem').nullable(),
    reason: text(1, 500).nullable(),
    decidedAt: instant.nullable(),
  })
  .openapi('IntakeLine')
export type IntakeLine = z.infer<typeof IntakeLine>

/** How many lines of an intake are in each state. */
export const LineCounts = z.strictObject(
  // Every state has a count.
  Object.fromEntries(LineStates.map((state) => [state, z.number().int().min(0)])) as Record<LineState, z.ZodNumber>,
)
export type LineCounts = z.infer<typeof LineCounts>

export const IntakeView = Intake.extend({
  lines: LineCounts,
  /** Empty once the file itself is not kept any more. */
  tables: z.array(IntakeTable),
}).openapi('IntakeView')
export type IntakeView = z.infer<typeof IntakeView>

/** More than a park collects in a year; a larger table comes in parts. */
export const linesAtMost = 500

export const ColumnCorrections = z.strictObject({ corrections: z.array(ColumnCorrection).max(200) })

/** What whoever drafts a line writes otherwise than it stands there. */
export const LineDraft = z.strictObject({ enterprise: text(2, 120).optional(), title: text(4, 120).optional() }).openapi('IntakeLineDraft')
export type LineDraft = z.infer<typeof LineDraft>

/** What of a line a demand takes over, where it says something else. */
export const lineMembers = [
  'title',
  'problem',
  'indicators',
  'currentState',
  'tried',
  'ownConditions',
  'constraints',
  'classification',
  'keywords',
  'region',
  'modes',
  'ipExpectation',
  'budgetMinFen',
  'budgetMaxFen',
  'deadlineOn',
  'businessContact',
] as const
export type LineMember = (typeof lineMembers)[number]

export const LineMerging = z
  .strictObject({ demandId: id('dem'), version: z.number().int().min(1), take: z.array(z.enum(lineMembers)).max(lineMembers.length) })
  .openapi('IntakeLineMerging')
export type LineMerging = z.infer<typeof LineMerging>

export const LineRouting = Routing
export const LineLeaving = z.strictObject({ reason: text(1, 500).nullable() })
