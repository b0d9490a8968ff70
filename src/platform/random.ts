/** A small deterministic generator (mulberry32, public domain), so that the same seed gives the same draw. Not for secrets. */
export function random(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296
  }
  return { next, from: <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)]! }
}
