import type { DemandView } from '../../demands/demand.ts'
import { demandTitle } from '../../demands/demand-card.tsx'
import { labelOf } from '../../platform/codes/codes.ts'
import { Actions, Button, ButtonLink } from '../../platform/web/parts/buttons.tsx'
import { Facts, Section, Tag, Written } from '../../platform/web/parts/text.tsx'
import type { View } from '../../platform/web/view.ts'
import type { Likely } from '../actions/find.ts'
import type { MergedIn, ShownTwins } from '../actions/overview.ts'

interface TwinsProps {
  view: View
  demandId: string
  shown: ShownTwins
  /** The page to come back to. */
  back: string
}

/** What seems to be the same as a demand, what was said not to be, and what was merged into it; nothing where there is none of it. */
export function TwinsSection({ view, demandId, shown, back }: TwinsProps) {
  const { twins: words } = view.words
  const { likely, distinct, merged } = shown
  return (
    <>
      {merged.length > 0 && <Merged view={view} demandId={demandId} merged={merged} />}
      {(likely.length > 0 || distinct.length > 0) && (
        <Section id="twins" title={words.title}>
          <p>{likely.length > 0 ? words.lead : words.none}</p>
          {likely.length > 0 && (
            <ul class="plain cards twins">
              {likely.map((each) => (
                <li class="card">
                  <Candidate view={view} demandId={demandId} likely={each} back={back} />
                </li>
              ))}
            </ul>
          )}
          {distinct.length > 0 && <Distinct view={view} demandId={demandId} distinct={distinct} back={back} />}
        </Section>
      )}
    </>
  )
}

function Candidate({ view, demandId, likely, back }: { view: View; demandId: string; likely: Likely; back: string }) {
  const { twins: words, demand: demandWords } = view.words
  const { demand, enterprise, reasons, isMergeable } = likely
  return (
    <>
      <h3>
        <a href={`/demands/${demand.id}`}>
          <Written text={demand.title} locale={view.locale} />
        </a>
      </h3>
      <Facts
        facts={[
          labelOf('intake-channel', demand.channel, view.locale),
          <Written text={enterprise} locale={view.locale} />,
          demandWords.states[demand.state],
          view.words.units.day(view.dayOf(demand.createdAt)),
        ]}
      />
      <p class="tags">
        {reasons.map((reason) => (
          <Tag tone="wood">{words.reasons[reason]}</Tag>
        ))}
      </p>
      {!isMergeable && <p class="quiet">{words.unmergeable}</p>}
      <form method="post" action={`/demands/${demandId}/distinction`}>
        <input type="hidden" name="withId" value={demand.id} />
        <input type="hidden" name="back" value={back} />
        <Actions>
          <ButtonLink tone={isMergeable ? 'main' : 'plain'} href={`/demands/${demandId}/merging?with=${demand.id}`}>
            {words.compare}
            <About view={view} demand={demand} />
          </ButtonLink>
          <Button tone="plain">
            {words.notSame}
            <About view={view} demand={demand} />
          </Button>
        </Actions>
      </form>
    </>
  )
}

/** Which of several a button is about, for those who do not see where it stands. */
function About({ view, demand }: { view: View; demand: { title: string } }) {
  return (
    <span class="unseen">
      {view.words.units.colon}
      <Written text={demand.title} locale={view.locale} />
    </span>
  )
}

function Distinct({
  view,
  demandId,
  distinct,
  back,
}: Pick<TwinsProps, 'view' | 'demandId' | 'back'> & { distinct: ShownTwins['distinct'] }) {
  const { twins: words } = view.words
  return (
    <details>
      <summary>{words.distinct(distinct.length)}</summary>
      <ul class="plain lines">
        {distinct.map((demand) => (
          <li>
            <a href={`/demands/${demand.id}`}>
              <Written text={demand.title} locale={view.locale} />
            </a>
            <form method="post" action={`/demands/${demandId}/distinction/undoing`}>
              <input type="hidden" name="withId" value={demand.id} />
              <input type="hidden" name="back" value={back} />
              <Button tone="plain">
                {words.takeBack}
                <About view={view} demand={demand} />
              </Button>
            </form>
          </li>
        ))}
      </ul>
    </details>
  )
}

function Merged({ view, demandId, merged }: { view: View; demandId: string; merged: readonly MergedIn[] }) {
  const { twins: words } = view.words
  const day = ({ updatedAt }: DemandView) => view.words.units.day(view.dayOf(updatedAt))
  return (
    <Section id="merged" title={words.merged}>
      <p>{words.mergedLead}</p>
      <ul class="plain lines">
        {merged.map(({ demand, mayUndo }) => (
          <li>
            <a href={`/demands/${demand.id}?past=yes`}>
              <Written text={demandTitle(demand, view)} locale={view.locale} />
            </a>
            <span class="quiet">
              {demand.channel && labelOf('intake-channel', demand.channel, view.locale)} · {day(demand)}
            </span>
            {mayUndo && (
              <form method="post" action={`/demands/${demand.id}/merging/undoing`}>
                <Button tone="plain">
                  {words.undo}
                  <About view={view} demand={demand} />
                </Button>
              </form>
            )}
          </li>
        ))}
      </ul>
      <p>
        <a href={`/demands/${demandId}/records`}>{words.history}</a>
      </p>
    </Section>
  )
}
