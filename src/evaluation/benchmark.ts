import { readFileSync } from 'node:fs'
import { z } from 'zod'

/**
 * The reader of benchmark files. `source`, `kind` and grades are the answers: only the `eval` command may read them, after the
 * ranking is finished, and the architecture test holds everybody else off this file.
 */
const BenchmarkDemand = z.object({
  id: z.string(),
  style: z.string(),
  title: z.string(),
  description: z.string(),
  source: z.string().nullable(),
  kind: z.string().optional(),
})
const Judgment = z.object({ demand: z.string(), result: z.string(), grade: z.number().int().min(0).max(3) })
const PoolResult = z.object({
  id: z.string(),
  title: z.string(),
  abstract: z.string(),
  keywords: z.array(z.string()),
  discipline: z.string().optional(),
})

/** An indicator beside what an offer says, and what the answer is. */
const IndicatorCase = z.object({
  id: z.string(),
  field: z.string(),
  skill: z.string().optional(),
  indicator: z.object({ text: z.string() }),
  offer: z.string(),
  expect: z.object({
    verdict: z.enum(['met', 'short', 'unknown']),
    name: z.string(),
    operator: z.enum(['ge', 'le', 'gt', 'lt', 'eq', 'range']).nullable(),
    target: z.number().nullable(),
    targetMax: z.number().nullable(),
    unit: z.string().nullable(),
    measured: z.number().nullable(),
    shortfallPct: z.number().nullable(),
  }),
})

export type IndicatorCase = z.infer<typeof IndicatorCase>
export type BenchmarkDemand = z.infer<typeof BenchmarkDemand>
export type Judgment = z.infer<typeof Judgment>
export type PoolResult = z.infer<typeof PoolResult>

export const readPool = (file: string) => readLines(file, PoolResult)
export const readBenchmarkDemands = (file: string) => readLines(file, BenchmarkDemand)
export const readIndicatorCases = (file: string) => readLines(file, IndicatorCase)
export const readJudgments = (file: string) => readLines(file, Judgment)

function readLines<Line>(file: string, schema: z.ZodType<Line>): Line[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, at) => {
      if (line.trim() === '') return []
      try {
        return schema.parse(JSON.parse(line))
      } catch (cause) {
        throw new Error(`${file} line ${at + 1} is not as expected: ${cause instanceof Error ? cause.message : cause}`, { cause })
      }
    })
}
