/** Fewest and most characters of a password. */
export const passwordLength = { minimum: 12, maximum: 128 }

/** What passwords that are guessed first are made of. */
const commonest =
  /p[a@]ssw[o0]rd|qwert(yuiop|y)?|asdf(ghjkl)?|zxcv(bnm)?|1qaz|2wsx|3edc|q1w2e3r4t5?|abc(d|de|def)?|iloveyou|welcome|letmein|admin(istrator)?|monkey|dragon|football|baseball|sunshine|princess|woaini|aini|5201314|1314|520|sunmao|market|(19|20)\d\d|0?123456789?0?|0?12345|9?87654321?0?|(?<same>.)\k<same>{2,}/g

/** Fewest characters that are left when all that is guessed first is taken away. */
const fewestOwn = 6
const fewestDifferent = 6

/** Whether a password would be among the first that somebody tries: made of what everybody takes, or of what is known about the person. */
export function isWeak(password: string, known: readonly string[]): boolean {
  const plain = known
    .flatMap((each) => [each, each.split('@')[0]!])
    .filter((each) => each.length > 3)
    .reduce((rest, each) => rest.replaceAll(each.toLowerCase(), ''), password.toLowerCase())
  return plain.replaceAll(commonest, '').length < fewestOwn || new Set(password).size < fewestDifferent
}
