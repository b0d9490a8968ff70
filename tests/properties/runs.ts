/** How many random cases a property is tried with: more at full size (`npm run acceptance -- core.5`). */
export function runs(count: number): number {
  return Math.max(1, Math.round(count * Number(process.env.SUNMAO_PROPERTY_SCALE ?? 1)))
}
