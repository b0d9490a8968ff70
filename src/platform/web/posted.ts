import { Problem } from '../problem.ts'
import type { AppContext } from './context.ts'

type Posted = Record<string, string | File | (string | File)[]>

/** What a form was posted with; of a field that came several times the last, unless `all` are asked for. 400 for a body that is no form. */
export async function postedForm(c: AppContext, options: { all?: boolean } = {}): Promise<Posted> {
  try {
    return await c.req.parseBody(options)
  } catch (cause) {
    // What is larger than it may be has its own refusal.
    throw cause instanceof Problem ? cause : new Problem('malformed-request', {}, { cause })
  }
}
