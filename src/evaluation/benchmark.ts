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

export type BenchmarkDemand = z.infer<typeof BenchmarkDemand>
export type Judgment = z.infer<typeof Judgment>
export type PoolResult = z.infer<typeof PoolResult>

export const readPool = (file: string) => readLines(file, PoolResult)
export const readBenchmarkDemands = (file: string) => readLines(file, BenchmarkDemand)
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
