/**
 * A map from Han characters and pairs of them to numbers. Open addressing in two typed arrays: an index has hundreds of
 * thousands of pairs, and a `Map` would want a string and three times the memory for each.
 */
export interface HanNumbers {
  /** The number of a pair of code points, or of the character `second` alone if `first` is 0. */
  get(first: number, second: number): number | undefined
  /** Gives a number to a character or pair that has none. */
  add(first: number, second: number, number: number): void
  delete(first: number, second: number): void
}

/** Code points are less than 2²¹; no key is 0, which marks an empty place. */
const span = 0x200000

export function hanNumbers(): HanNumbers {
  let keys = new Float64Array(1024)
  let numbers = new Uint32Array(keys.length)
  let count = 0

  const following = (place: number) => (place + 1) & (keys.length - 1)
  /** Where the key is, or the empty place where it would be put. */
  const placeOf = (first: number, second: number): number => {
    const key = first * span + second
    let place = home(first, second, keys.length)
    while (keys[place] !== key && keys[place] !== 0) place = following(place)
    return place
  }
  const put = (first: number, second: number, number: number) => {
    const place = placeOf(first, second)
    keys[place] = first * span + second
    numbers[place] = number
  }
  const grow = () => {
    const [oldKeys, oldNumbers] = [keys, numbers]
    keys = new Float64Array(oldKeys.length * 2)
    numbers = new Uint32Array(keys.length)
    for (const [place, key] of oldKeys.entries()) if (key !== 0) put(Math.floor(key / span), key % span, oldNumbers[place]!)
  }

  return {
    get(first, second) {
      const place = placeOf(first, second)
      return keys[place] === 0 ? undefined : numbers[place]
    },
    add(first, second, number) {
      // At most three quarters full, so that a search ends soon.
      if (++count > keys.length * 0.75) grow()
      put(first, second, number)
    },
    delete(first, second) {
      let hole = placeOf(first, second)
      if (keys[hole] === 0) return
      count--
      // What was put further on because of the deleted key moves up, or a search would end at the hole.
      for (let place = following(hole); keys[place] !== 0; place = following(place)) {
        const key = keys[place]!
        const wanted = home(Math.floor(key / span), key % span, keys.length)
        const isPast = ((place - wanted) & (keys.length - 1)) >= ((place - hole) & (keys.length - 1))
        if (!isPast) continue
        keys[hole] = key
        numbers[hole] = numbers[place]!
        hole = place
      }
      keys[hole] = 0
    },
  }
}

/** Spreads keys over a power of two of places: neighbouring code points must not be neighbours here. */
function home(first: number, second: number, places: number): number {
  const mixed = Math.imul(Math.imul(first, 0x9e3779b1) + second, 0x85ebca6b)
  return (mixed ^ (mixed >>> 15)) & (places - 1)
}
