import { Problem } from '../../problem.ts'

/** What of these the reader may see, by id, in the order of the ids; what is not there for him is left out. */
export async function readable<Noun extends object>(
  ids: Iterable<string>,
  read: (id: string) => Promise<Noun>,
): Promise<Map<string, Noun>> {
  const asked = [...new Set(ids)]
  const answers = await Promise.all(asked.map((id) => unlessRefused(() => read(id), ['not-found'])))
  const found = new Map<string, Noun>()
  for (const [at, answer] of answers.entries()) if (!(answer instanceof Problem)) found.set(asked[at]!, answer)
  return found
}

/** The answer, or the refusal if it is one of these; every other failure is thrown on. */
export async function unlessRefused<Answer extends object>(
  ask: () => Promise<Answer>,
  kinds: readonly Problem['kind'][],
): Promise<Answer | Problem> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof Problem && kinds.includes(error.kind)) return error
    throw error
  }
}
