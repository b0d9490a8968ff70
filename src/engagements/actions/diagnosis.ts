import type { Actor } from '../../accounts/actor.ts'
import { asProposed, writeHeard } from '../../demands/actions/diagnosis.ts'
import { demandView, findFor, mayWord, refuseClosed } from '../../demands/actions.ts'
import type { DemandView } from '../../demands/demand.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import type { Contact, DiagnosisDraft } from '../contact.ts'
import { answeredBy, type Interview, intoDemand, isAnswered, type Question, questions } from '../interview.ts'
import { interviewsAbout } from '../store.ts'
import { newContact, recording } from './contact.ts'

/**
 * Keeps an interview about a demand as the contact that it was, and what was answered in the demand: as its owner's words only where the
 * actor may write these, else as a proposal. One commit. 401, 403, 404, 409 once it is closed, 422 for an interview without an answer.
 */
export async function diagnoseDemand(ports: Ports, actor: Actor, id: string, draft: DiagnosisDraft): Promise<Contact> {
  const demand = await findFor(ports, actor, id, 'demand.diagnose')
  refuseClosed(demand)
  const { answers, ...when } = draft
  if (!Object.values(answers).some(isAnswered))
    throw new Problem('invalid-input', { errors: [{ pointer: '/answers', code: 'nothing-answered' }] })
  const contact = newContact(ports, actor, { ...when, subjectId: id, result: 'reached', note: null, visit: null }, answers)
  const heard = intoDemand(asProposed(actor, demand), answers)
  await writeHeard(ports, actor, demand, heard, await recording(ports, actor, contact))
  return contact
}

/** What is known before an interview: the demand with what is proposed, and what was said of each question. */
export interface Standing {
  demand: DemandView
  /** Whether words go straight into it, and not to its owner first. */
  isDirect: boolean
  /** Questions that the demand or an earlier interview answers. */
  answered: ReadonlySet<Question>
  /** What was said last, and on which day. */
  said: Partial<Record<Question, { on: string; interview: Interview }>>
}

/** For whoever is about to ask. 401, 403, 404, 409 once it is closed. */
export async function standingForDiagnosis(ports: Ports, actor: Actor, id: string): Promise<Standing> {
  const demand = await findFor(ports, actor, id, 'demand.diagnose')
  refuseClosed(demand)
  const known = asProposed(actor, demand)
  const said: Standing['said'] = {}
  for (const { on, interview } of await interviewsAbout(ports.database, id))
    for (const question of questions) if (interview !== null && isAnsweredIn(interview, question)) said[question] ??= { on, interview }
  const inDemand = questions.filter((question) => {
    const field = answeredBy[question]
    return field !== undefined && isAnswered(known[field])
  })
  return {
    demand: demandView(actor, known),
    isDirect: mayWord(actor, demand),
    said,
    answered: new Set([...inDemand, ...questions.filter((question) => question in said)]),
  }
}

function isAnsweredIn(interview: Interview, question: Question): boolean {
  if (question === 'budget') return isAnswered(interview.budgetMinFen) || isAnswered(interview.budgetMaxFen)
  return isAnswered(interview[question])
}
