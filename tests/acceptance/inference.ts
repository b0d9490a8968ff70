import { profilesFrom } from '../../src/demands/profile.ts'
import { random } from '../../src/platform/random.ts'
import { comparing, guessesOf, named } from './inference/guesses.ts'
import { ask, type Known } from './inference/outsider.ts'
import { type Hidden, type Story, tell } from './inference/story.ts'
import { groups } from './inference/writing.ts'
import type { Outcome } from './lines.ts'

/** Which city is made up: the check means most in one that nobody has looked at before. */
const city = Number(process.env.SUNMAO_CITY ?? 11)
/** No better than one in five. */
const bestAllowed = 0.2

/**
 * An outsider asks everything that can be asked, as a visitor and as a registered firm, and guesses whose each hidden demand is: by place
 * and codes, texts, times, order, matches and searches, and knowing how the market hides. No way of guessing names more than one in five
 * owners, in any group; and no word that is planted where he may not read is in any answer. At a small scale groups are shown, not judged.
 */
export async function inference(scale: number): Promise<Outcome> {
  const pick = random(city)
  const count = Math.max(10, Math.round(200 * scale))
  const story = await quietly(() => tell(scale < 0.25 ? 200 : 640, count, pick))
  const { known, answers, leaks } = await quietly(() => outside(story))
  const shown = new Map(known.demands.map((demand) => [demand.id, demand]))
  const published = story.hidden.filter(({ id }) => shown.has(id))
  const compare = comparing(known, profilesFrom(known.enterprises, known.demands.filter(isNamed) as never, known.offerings), pick)
  const right = new Map<string, Set<Hidden>>()
  let chances = 0
  for (const hidden of published) {
    const guesses = guessesOf(known, shown.get(hidden.id)!, compare)
    chances += 1 / guesses.chance!.size
    for (const [way, guess] of Object.entries(guesses)) {
      const those = right.get(way) ?? new Set()
      if (named(guess) === hidden.ownerId) those.add(hidden)
      right.set(way, those)
    }
  }
  const parts: [string, Hidden[]][] = [
    ['all', published],
    ...groups.map((group): [string, Hidden[]] => [group, published.filter((hidden) => hidden.group === group)]),
    ['singletons', published.filter(({ owner }) => owner.isSingleton)],
    ['telling texts', published.filter(({ device }) => device !== null)],
  ]
  const shares = [...right].map(([way, those]) => ({
    way,
    of: parts.map(([, part]) => share(part.filter((hidden) => those.has(hidden)).length, part.length)),
  }))
  const judged = scale < 0.25 ? 1 : parts.length
  const isLost = shares.every(({ of }) => of.slice(0, judged).every((each) => each <= bestAllowed))
  const percent = (value: number) => `${(100 * value).toFixed(1)}%`
  return {
    passed: isLost && leaks.length === 0 && published.length === story.hidden.length,
    figures: {
      'registered enterprises': story.firms.length,
      'hidden demands published': `${published.length} of ${story.hidden.length} (${parts.map(([part, { length }]) => `${part} ${length}`).join(', ')})`,
      'refused for telling words at first': `${story.hidden.filter(({ publishing }) => publishing.refusals > 0).length}, for ${kindsOf(story.hidden)}`,
      'told of the place': countsOf(published.map(({ id }) => placeOf(shown.get(id)!.region?.code))),
      'answers looked through': answers,
      'answers with a planted word': leaks.length,
      ...(leaks.length > 0 && { leaks: leaks.slice(0, 10).join('\n  ') }),
      'chance, as the rule leaves it': percent(chances / published.length),
      [`named right of ${parts.map(([part]) => part).join(', ')}`]: '',
      ...Object.fromEntries(shares.sort((a, b) => b.of[0]! - a.of[0]!).map(({ way, of }) => [`  ${way}`, of.map(percent).join('  ')])),
    },
  }
}

/** Without the program's log, which names every refusal. */
async function quietly<Done>(run: () => Promise<Done>): Promise<Done> {
  const print = console.log
  console.log = () => {}
  try {
    return await run()
  } finally {
    console.log = print
  }
}

/** What a visitor and a registered firm are answered, held against what was planted. */
async function outside(story: Story): Promise<{ known: Known; answers: number; leaks: string[] }> {
  const never = story.hidden.flatMap(({ canaries }) => canaries)
  const visitorNever = [...never, ...story.hidden.flatMap(({ forSignedIn }) => forSignedIn)]
  const phones = new Set(story.hidden.map(({ owner }) => owner.phone))
  const leaks: string[] = []
  let answers = 0
  const looking = (words: readonly string[]) => {
    const any = new RegExp([...words, ...phones].join('|'))
    return (path: string, answer: string) => {
      answers++
      // What was asked is said again in the answer.
      const leak = any.exec(answer)
      if (leak !== null && !decodeURIComponent(path).includes(leak[0])) leaks.push(`${path}: ${leak[0]}`)
    }
  }
  const words = [
    ...new Set([
      ...story.firms.flatMap(({ draft, brand, machine, capacity }) => [draft.name, brand, machine, capacity, ...draft.products]),
      ...visitorNever,
    ]),
  ]
  const visitor = await ask(story.outsider(null, looking(visitorNever)), words)
  const known = await ask(story.outsider(story.stranger, looking(never)), words)
  const hiddenWords = new Set(visitorNever)
  for (const [word, found] of [...visitor.found]) if (hiddenWords.has(word) && found.length > 0) leaks.push(`search for ${word}`)
  return { known, answers, leaks }
}

const isNamed = ({ enterpriseId, visibility }: { enterpriseId: string | null; visibility: string }) =>
  enterpriseId !== null && visibility === 'public'
const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole)
const placeOf = (code: string | undefined) =>
  code === undefined ? 'nothing' : code.endsWith('0000') ? 'province' : code.endsWith('00') ? 'city' : 'county'
const countsOf = (values: readonly string[]) =>
  [...Map.groupBy(values, (value) => value)].map(([value, those]) => `${value} ${those.length}`).join(', ')
const kindsOf = (hidden: readonly Hidden[]) => countsOf(hidden.flatMap(({ publishing }) => [...publishing.kinds]))
