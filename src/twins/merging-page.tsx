import { wordedFields } from '../demands/demand.ts'
import { labelOf } from '../platform/codes/codes.ts'
import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { Notice, Paragraphs, Rows, Section, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { Comparison, Side } from './actions/overview.ts'
import { fieldText, mergeFieldName } from './parts/field-text.ts'
import { isOwners, type MergeField } from './twins.ts'

interface MergingPageProps {
  view: View
  comparison: Comparison
  /** What was chosen before it was refused, and why it was. */
  chosen: Record<string, string>
  refusal: string | null
  mayMergeEnterprises: boolean
}

/** Two demands side by side: which one stays, and whose word counts. */
export function MergingPage({ view, comparison, chosen, refusal, mayMergeEnterprises }: MergingPageProps) {
  const { merging: words } = view.words.twins
  const { sides, differing, obstacle } = comparison
  const isMergeable = obstacle === null
  const [first, second] = sides
  return (
    <Page view={view} title={words.title} at="demands">
      <p>
        <a class="back" href={`/demands/${first.demand.id}`}>
          <Written text={first.demand.title} locale={view.locale} />
        </a>
      </p>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {refusal !== null && (
        <div class="summary" role="alert" tabindex={-1} autofocus>
          <p>{refusal}</p>
        </div>
      )}
      {obstacle === 'two-enterprises' && <TwoEnterprises view={view} mayMergeEnterprises={mayMergeEnterprises} />}
      {obstacle === 'one-hidden' && <Notice tone="warn">{words.oneHidden}</Notice>}
      <form method="post" action={`/demands/${first.demand.id}/merging`} class="stack merging">
        <input type="hidden" name="with" value={second.demand.id} />
        {sides.map(({ demand }) => (
          <input type="hidden" name={`version-${demand.id}`} value={String(demand.version)} />
        ))}
        <fieldset class="field versions">
          <legend>{isMergeable ? words.stays : words.both}</legend>
          {sides.map((side, at) => (
            <StayingSide
              view={view}
              side={side}
              name={nameOf(view, comparison, at)}
              isChosen={(chosen.stays ?? comparison.stays) === side.demand.id}
              isMergeable={isMergeable}
            />
          ))}
        </fieldset>
        <Section title={words.fields}>
          {differing.length === 0 ? <p>{words.allSame}</p> : isMergeable && <p>{words.fieldsLead}</p>}
          {isMergeable && comparison.isProposed && differing.some(({ field }) => isWorded(field)) && <p>{words.worded}</p>}
        </Section>
        {differing.map(({ field, pick }) => (
          <Choice view={view} comparison={comparison} field={field} pick={chosen[`take-${field}`] ?? pick} />
        ))}
        {comparison.unread.map((unread) => (
          <Unread view={view} comparison={comparison} unread={unread} />
        ))}
        {isMergeable && <Notes view={view} comparison={comparison} />}
        <Actions>
          {isMergeable && <Button isLarge>{words.submit}</Button>}
          <ButtonLink tone="plain" isLarge href={`/demands/${first.demand.id}`}>
            {words.cancel}
          </ButtonLink>
        </Actions>
      </form>
      <form method="post" action={`/demands/${first.demand.id}/distinction`}>
        <input type="hidden" name="withId" value={second.demand.id} />
        <input type="hidden" name="back" value={`/demands/${first.demand.id}`} />
        <p>{words.notSameLead}</p>
        <Actions>
          <Button tone="plain">{view.words.twins.notSame}</Button>
        </Actions>
      </form>
    </Page>
  )
}

const isWorded = (field: MergeField) => (wordedFields as readonly MergeField[]).includes(field)

function nameOf({ words, locale }: View, { sides }: Comparison, at: number): string {
  const { channel } = sides[at]!.demand
  return words.twins.merging.side(at === 0 ? 1 : 2, channel === null ? '' : labelOf('intake-channel', channel, locale))
}

function TwoEnterprises({ view, mayMergeEnterprises }: Pick<MergingPageProps, 'view' | 'mayMergeEnterprises'>) {
  const { merging: words } = view.words.twins
  return (
    <Notice tone="warn">
      <p>{words.twoEnterprises}</p>
      <p>{mayMergeEnterprises ? words.whatToDo : words.whatToDoBroker}</p>
      {mayMergeEnterprises && (
        <Actions>
          <ButtonLink href="/desk#mergers">{words.toMergers}</ButtonLink>
        </Actions>
      )}
    </Notice>
  )
}

interface StayingSideProps {
  view: View
  side: Side
  name: string
  isChosen: boolean
  isMergeable: boolean
}

/** One of the two, with what hangs on it; chosen, it stays. */
function StayingSide({ view, side, name, isChosen, isMergeable }: StayingSideProps) {
  const { merging: words } = view.words.twins
  const { demand, enterprise, belongings } = side
  const counts = (Object.keys(belongings) as (keyof typeof belongings)[]).filter((each) => belongings[each] > 0)
  const owners = isOwners(demand) ? words.ownersYes[demand.confirmation === null ? 'wrote' : 'confirmed'] : words.ownersNo
  return (
    <div class="version">
      {isMergeable ? (
        <label class="choice">
          <input type="radio" name="stays" value={demand.id} checked={isChosen} />
          <span>{name}</span>
        </label>
      ) : (
        <p class="choice">{name}</p>
      )}
      <p class="named">
        <Written text={demand.title} locale={view.locale} />
      </p>
      <Rows
        rows={[
          [words.enterprise, <Written text={enterprise} locale={view.locale} />],
          [words.state, view.words.demand.states[demand.state]],
          [words.owners, owners],
          [words.entered, view.words.units.day(view.dayOf(demand.createdAt))],
          [
            view.words.demand.visibility,
            [view.words.visibilities[demand.visibility], demand.isAnonymous && view.words.demand.anonymous].filter(Boolean).join(' · '),
          ],
          [
            words.belongings,
            counts.length === 0 ? words.nothing : view.words.units.list(counts.map((each) => words[each](belongings[each]))),
          ],
        ]}
      />
      <p>
        <a href={`/demands/${demand.id}`}>
          {words.open}
          <span class="unseen">{` ${name}`}</span>
        </a>
      </p>
    </div>
  )
}

function Choice({ view, comparison, field, pick }: { view: View; comparison: Comparison; field: MergeField; pick: string }) {
  const { merging: words } = view.words.twins
  return (
    <fieldset class="field versions">
      <legend>{mergeFieldName(field, view)}</legend>
      {comparison.sides.map(({ demand, broker }, at) => {
        const text = fieldText(field, demand, broker, view)
        const said = text === '' ? <span class="quiet">{words.empty}</span> : <Paragraphs text={text} locale={view.locale} />
        if (comparison.obstacle !== null) {
          return (
            <div class="version">
              <p class="choice">{nameOf(view, comparison, at)}</p>
              {said}
            </div>
          )
        }
        return (
          <label class="version">
            <span class="choice">
              <input type="radio" name={`take-${field}`} value={demand.id} checked={pick === demand.id} />
              <span>{nameOf(view, comparison, at)}</span>
            </span>
            {said}
          </label>
        )
      })}
    </fieldset>
  )
}

/** A field of which the reader may not see both: that there is something, and what becomes of it. */
function Unread({ view, comparison, unread }: { view: View; comparison: Comparison; unread: Comparison['unread'][number] }) {
  const { merging: words } = view.words.twins
  const { field, says } = unread
  return (
    <fieldset class="field versions">
      <legend>{mergeFieldName(field, view)}</legend>
      {comparison.sides.map(({ demand, broker }, at) => {
        const text = fieldText(field, demand, broker, view)
        return (
          <div class="version">
            <p class="choice">{nameOf(view, comparison, at)}</p>
            {text !== '' ? <Paragraphs text={text} locale={view.locale} /> : <p class="quiet">{says[at] ? words.hidden : words.empty}</p>}
          </div>
        )
      })}
      {comparison.obstacle === null && <p>{says[0] && says[1] ? words.hiddenBoth : words.hiddenOne}</p>}
    </fieldset>
  )
}

function Notes({ view, comparison: { same, sides, unread, differing, becomes } }: { view: View; comparison: Comparison }) {
  const { merging: words } = view.words.twins
  const { visibilities, demand } = view.words
  const isSecret =
    [...differing, ...unread].some(({ field }) => field === 'confidential') || sides.some((each) => each.belongings.secrets > 0)
  const then = [visibilities[becomes.visibility], becomes.isAnonymous && demand.anonymous].filter(Boolean).join(' · ')
  return (
    <ul class="quiet">
      {same > 0 && differing.length > 0 && <li>{words.same(same)}</li>}
      {isSecret && <li>{words.secretStays}</li>}
      <li>{words.closer(then)}</li>
    </ul>
  )
}
