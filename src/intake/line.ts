import { DemandDraft, Routing } from '../demands/demand.ts'
import { Code } from '../platform/codes/codes.ts'
import { text, z } from '../platform/schema.ts'
import { IntakeField } from './fields.ts'

/** What whoever decides on a line should look at first. */
export const Doubt = z.enum([
  'no-enterprise',
  'no-problem',
  /** The credit code's check digit is wrong. */
  'credit-code',
  'region-unknown',
  'budget-unread',
  /** The unit of the budget stood nowhere; 万元 was taken. */
  'unit-assumed',
  'deadline-unread',
  /** The day was reckoned from the day of reading: 一年内, 10月. */
  'deadline-reckoned',
  'deadline-past',
  'phone-unread',
  /** The line is hidden in the sheet. */
  'hidden-row',
  /** It stood with others in one cell. */
  'split',
  /** A text was longer than its field takes; the rest is among the notes. */
  'cut',
])
export type Doubt = z.infer<typeof Doubt>

/** What a line says of a demand; a member of which nothing is said is null or empty. */
export const LineContent = z
  .strictObject({
    enterprise: z.string().max(120).nullable(),
    creditCode: z.string().length(18).nullable(),
    region: Code.nullable(),
    classification: z.array(Code).max(5),
    /** The name of the problem, or the first words of its description; empty where neither is there. */
    title: z.string().max(120),
    problem: DemandDraft.shape.problem,
    indicators: z.array(z.string().min(1).max(300)).max(40),
    currentState: DemandDraft.shape.currentState,
    tried: DemandDraft.shape.tried,
    ownConditions: DemandDraft.shape.ownConditions,
    constraints: DemandDraft.shape.constraints,
    keywords: DemandDraft.shape.keywords,
    modes: DemandDraft.shape.modes,
    ipExpectation: DemandDraft.shape.ipExpectation,
    budgetMinFen: DemandDraft.shape.budgetMinFen,
    budgetMaxFen: DemandDraft.shape.budgetMaxFen,
    deadlineOn: DemandDraft.shape.deadlineOn,
    contact: z
      .strictObject({ name: text(1, 60).nullable(), phone: text(1, 40).nullable(), email: z.email().max(120).nullable() })
      .nullable(),
    /** What stands there and fits nowhere, with the name of its column: 备注：已走访. */
    notes: z.array(z.string().max(4_000)).max(40),
    doubts: z.array(Doubt),
    /** Where it seems to belong when it is not technical, and the words that say so. */
    route: z.strictObject({ to: Routing.shape.to, words: z.array(z.string()) }).nullable(),
  })
  .openapi('IntakeLineContent')
export type LineContent = z.infer<typeof LineContent>

/** One need as it was read, and where it stands: in which grid, at which line of it (from 1, as spreadsheets count), and which of several there. */
export interface ReadLine {
  grid: number
  line: number
  /** From 1; 0 where the line is one need. */
  part: number
  content: LineContent
}

/** What a column, or a label of a form, is taken to say. */
export const ReadColumn = z
  .strictObject({ label: z.string(), field: IntakeField.nullable(), /** 0 to 1. */ certainty: z.number(), example: z.string() })
  .openapi('IntakeColumn')
export type ReadColumn = z.infer<typeof ReadColumn>

/** A grid with needs in it, as it was understood. */
export interface ReadTable {
  grid: number
  kind: 'table' | 'form'
  columns: ReadColumn[]
  /** What stands beside its lines: titles, remarks, totals. */
  notes: string[]
}

/** Somebody says what a column is: which one (its place among the table's columns) and what it says; null for nothing. */
export const ColumnCorrection = z
  .strictObject({ grid: z.number().int().min(0), at: z.number().int().min(0).max(199), field: IntakeField.nullable() })
  .openapi('IntakeColumnCorrection')
export type ColumnCorrection = z.infer<typeof ColumnCorrection>
