import { postedFields } from '../accounts/form.ts'
import { may } from '../accounts/permissions.ts'
import { demandRelations, findFor, mayWord } from '../demands/actions.ts'
import { type Demand, type DemandDraft, wordedFields } from '../demands/demand.ts'
import { labelOf } from '../platform/codes/codes.ts'
import { kindOfId } from '../platform/ids.ts'
import { parseInput } from '../platform/input.ts'
import { Problem } from '../platform/problem.ts'
import { z } from '../platform/schema.ts'
import type { AppContext } from '../platform/web/context.ts'
import { answerPage, Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { amountBetween, codeNames, modeNames } from '../platform/web/parts/labels.ts'
import { unlessRefused } from '../platform/web/parts/readable.ts'
import { Facts, Notice, Paragraphs, Written } from '../platform/web/parts/text.tsx'
import { type View, viewOf } from '../platform/web/view.ts'
import { draftLine, mergeLine } from './actions/decide.ts'
import { readLine } from './actions/find.ts'
import { draftOf } from './content.ts'
import { type Intake, type IntakeLine, type LineMember, lineMembers } from './intake.ts'

type Sides = Pick<DemandDraft, LineMember>

/** A line beside what it seems to repeat. */
interface Pair {
  line: IntakeLine
  intake: Intake
  held: Sides
  fresh: Sides
  /** What is there already: a demand with its version, or another line. */
  with: { id: string; version: number; name: string; isLine: boolean }
  /** Members whose words are the owner's alone. */
  left: readonly LineMember[]
}

async function pairOf(c: AppContext, withId: string): Promise<Pair> {
  const { ports, actor } = c.var
  const view = viewOf(c)
  const { intake: words } = view.words
  const { line, intake } = await readLine(ports, actor, c.req.param('id')!)
  if (line.content === null || line.state !== 'open') throw new Problem('not-allowed-now', { state: line.state })
  const fresh = draftOf(line.content, view.today)
  if (kindOfId(withId) === 'intake-line') {
    const other = await readLine(ports, actor, withId)
    if (other.line.demandId !== null) return pairOf(c, other.line.demandId)
    if (other.line.content === null || other.line.id === line.id) throw new Problem('not-found', { id: withId })
    const name = words.merging.from(other.intake.name, words.place(other.line.line, other.line.part))
    return {
      line,
      intake,
      fresh,
      held: draftOf(other.line.content, view.today),
      with: { id: withId, version: 0, name, isLine: true },
      left: [],
    }
  }
  const demand = await findFor(ports, actor, withId, 'demand.amend')
  return {
    ...{ line, intake, fresh },
    held: shownSides(demand, may(actor, 'demand.read-contacts', demandRelations(actor, demand))),
    with: { id: withId, version: demand.version, name: words.merging.fromDemand, isLine: false },
    left: mayWord(actor, demand) ? [] : lineMembers.filter((member) => wordedFields.some((field) => field === member)),
  }
}

function shownSides(demand: Demand, readsContacts: boolean): Sides {
  return {
    ...demand,
    indicators: demand.indicators.map(({ text, need }) => ({ text, need })),
    businessContact: readsContacts ? demand.businessContact : null,
  }
}

export async function mergePage(c: AppContext) {
  return answerPage(c, <MergePage view={viewOf(c)} pair={await pairOf(c, c.req.query('with') ?? '')} isChanged={false} />)
}

/** 303 to the demand that remains, or both again where it has changed (412). */
export async function postMerge(c: AppContext) {
  const { ports, actor } = c.var
  const fields = await postedFields(c)
  const { with: withId, version } = parseInput(z.looseObject({ with: z.string(), version: z.coerce.number().int() }), fields)
  const pair = await pairOf(c, withId)
  const isTaken = (member: LineMember) => fields[`take-${member === 'budgetMinFen' ? 'budgetMaxFen' : member}`] === 'fresh'
  const take = lineMembers.filter(isTaken)
  // What came first becomes the demand into which the other goes.
  const target = pair.with.isLine
    ? { demandId: (await draftLine(ports, actor, pair.with.id, {})).demandId!, version: 1 }
    : { demandId: pair.with.id, version }
  const merged = await unlessRefused(() => mergeLine(ports, actor, pair.line.id, { ...target, take }), ['version-differs'])
  if (merged instanceof Problem) return answerPage(c, <MergePage view={viewOf(c)} pair={await pairOf(c, target.demandId)} isChanged />, 412)
  return c.redirect(`/demands/${target.demandId}`, 303)
}

function MergePage({ view, pair, isChanged }: { view: View; pair: Pair; isChanged: boolean }) {
  const { merging: words, ...intakeWords } = view.words.intake
  const { line, intake, held, fresh } = pair
  const differing = lineMembers.filter((member) => textOf(view, member, held) !== textOf(view, member, fresh))
  return (
    <Page view={view} title={words.title}>
      <p>
        <a class="back" href={`/intake/lines/${line.id}`}>
          <Written text={line.content?.title ?? intake.name} locale={view.locale} />
        </a>
      </p>
      <h1>{words.title}</h1>
      <p class="lead">{differing.length === 0 ? words.same : words.lead}</p>
      {isChanged && <Notice tone="warn">{words.changed}</Notice>}
      <Facts
        facts={[
          <Written text={line.content?.enterprise ?? ''} locale={view.locale} />,
          <Written text={`${words.held}${view.words.units.colon}${pair.with.name}`} locale={view.locale} />,
          <Written
            text={`${words.fresh}${view.words.units.colon}${words.from(intake.name, intakeWords.place(line.line, line.part))}`}
            locale={view.locale}
          />,
        ]}
      />
      {pair.with.isLine && <p>{words.firstDrafted}</p>}
      <form method="post" action={`/intake/lines/${line.id}/merging`} class="stack">
        <input type="hidden" name="with" value={pair.with.id} />
        <input type="hidden" name="version" value={String(pair.with.version)} />
        {differing.map((member) => (
          <Choice view={view} member={member} pair={pair} />
        ))}
        <Actions>
          <Button isLarge>{words.submit}</Button>
          <ButtonLink tone="plain" isLarge href={`/intake/${intake.id}`}>
            {words.notSame}
          </ButtonLink>
        </Actions>
      </form>
    </Page>
  )
}

function Choice({ view, member, pair: { held, fresh, left } }: { view: View; member: LineMember; pair: Pair }) {
  const { merging: words } = view.words.intake
  const isEmpty = textOf(view, member, held) === ''
  const isFixed = left.includes(member)
  // What is there stays, unless there is nothing.
  const picked = isEmpty && !isFixed ? 'fresh' : 'held'
  return (
    <fieldset class="field versions">
      <legend>{labelOfMember(view, member)}</legend>
      {(['held', 'fresh'] as const).map((which) => {
        const text = textOf(view, member, which === 'held' ? held : fresh)
        return (
          <label class="version">
            <span class="choice">
              <input
                type="radio"
                name={`take-${member}`}
                value={which}
                checked={which === picked}
                disabled={isFixed && which === 'fresh'}
              />
              <span>{words[which]}</span>
            </span>
            {text === '' ? <span class="quiet">{words.empty}</span> : <Paragraphs text={text} locale={view.locale} />}
          </label>
        )
      })}
    </fieldset>
  )
}

const fieldOf = {
  classification: 'industry',
  budgetMinFen: 'budget',
  budgetMaxFen: 'budget',
  deadlineOn: 'deadline',
  businessContact: 'contact',
} as const

function labelOfMember({ words: { intake } }: View, member: LineMember): string {
  return intake.fields[member in fieldOf ? fieldOf[member as keyof typeof fieldOf] : (member as Exclude<LineMember, keyof typeof fieldOf>)]
}

function textOf(view: View, member: LineMember, side: Sides): string {
  const { units } = view.words
  switch (member) {
    case 'indicators':
      return side.indicators.map(({ text }) => text).join('\n')
    case 'constraints':
    case 'keywords':
      return units.list(side[member])
    case 'classification':
      return codeNames(side.classification, view)
    case 'region':
      return side.region === null ? '' : labelOf('region', side.region.code, view.locale)
    case 'modes':
      return modeNames(side.modes, view)
    // Both bounds are one thing to say.
    case 'budgetMinFen':
      return ''
    case 'budgetMaxFen':
      return amountBetween(side.budgetMinFen, side.budgetMaxFen, view.words) ?? ''
    case 'deadlineOn':
      return side.deadlineOn === null ? '' : units.day(side.deadlineOn)
    case 'businessContact':
      return side.businessContact === null
        ? ''
        : [side.businessContact.name, side.businessContact.phone, side.businessContact.email].filter(Boolean).join(' · ')
    default:
      return side[member] ?? ''
  }
}
