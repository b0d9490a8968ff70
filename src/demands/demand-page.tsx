import type { Child } from 'hono/jsx'
import type { ShownAttachments } from '../attachments/actions/read.ts'
import { AttachmentSection } from '../attachments/parts/section.tsx'
import type { Standing } from '../disclosures/actions.ts'
import { ConfidentialSection } from '../disclosures/confidential-section.tsx'
import { pairingPath } from '../engagements/parts/pairing.ts'
import { CompareForm, pairingLink } from '../engagements/parts/pairing-link.tsx'
import type { Published } from '../market/parts/published.ts'
import { PublishedHead, TakeAlong } from '../market/parts/published-parts.tsx'
import { MatchList } from '../matching/parts/match-list.tsx'
import type { ShownMatches } from '../matching/parts/matches.ts'
import { labelOf } from '../platform/codes/codes.ts'
import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import type { FormState } from '../platform/web/parts/fields.tsx'
import { amountBetween, codeNames, dayWithDistance, modeNames, readinessName } from '../platform/web/parts/labels.ts'
import { Chips, langOf, Notice, Rows, Section, Tag, TextSection, Written } from '../platform/web/parts/text.tsx'
import { type View, withQuery } from '../platform/web/view.ts'
import type { ShownTwins } from '../twins/actions/overview.ts'
import { TwinsSection } from '../twins/parts/twins-section.tsx'
import type { DemandStep } from './actions/own.ts'
import type { ConfirmationRequest } from './confirmation.ts'
import { ConfirmationNotice } from './confirmation-parts.tsx'
import type { DemandView } from './demand.ts'
import { DemandTags, demandTime, demandTitle } from './demand-card.tsx'
import { NextQuestion } from './next-question-form.tsx'
import { Carrying } from './parts/carrying.tsx'
import { ProposalNotice } from './proposal-page.tsx'

export interface DemandPageProps {
  view: View
  demand: DemandView
  /** Name of its enterprise and broker, where the reader may see them. */
  enterprise: { id: string; name: string; isUnverified: boolean } | null
  broker: { name: string } | null
  isOwn: boolean
  /** Whether the reader carries it to its end. */
  carries: boolean
  /** Whether he may make it his to carry. */
  mayTake: boolean
  /** Whether he may know what is not proposed for it. */
  readsExclusions: boolean
  /** What the reader can do with it now. */
  steps: readonly DemandStep[]
  /** What the enterprise answered, for those who entered it; undefined for everybody else. */
  asked: ConfirmationRequest | null | undefined
  /** What was written of a confirmation on the phone, and whether the reader may record one. */
  form: FormState
  mayConfirm: boolean
  isDemonstration: boolean
  attachments: ShownAttachments
  standing: Standing
  /** What is asked for next, of those who write it; null for everybody else. */
  asking: { regionCode: string; skipped: readonly string[] } | null
  offerings: ShownMatches
  experts: ShownMatches
  /** What everybody may know of it, and take along. */
  published: Published | null
  twins: ShownTwins
  /** The demand whose address led here, because it was merged into this one. */
  arrivedFrom: string | null
  /** The demand that goes on for this one, where it was merged and the reader may be told. */
  keptId: string | null
}

/** A demand as its reader may see it, and who could solve it. */
export function DemandPage(props: DemandPageProps) {
  const { view, demand } = props
  const { locale } = view
  const title = demandTitle(demand, view)
  return (
    <Page
      view={view}
      title={title}
      at="demands"
      isDemonstration={props.isDemonstration}
      head={<PublishedHead view={view} published={props.published} />}
    >
      <header class="title">
        <DemandTags view={view} demand={demand} />
        <h1 lang={langOf(title, locale)}>{title}</h1>
      </header>
      <KeeperActions {...props} />
      {demand.state === 'published' && <Carrying view={view} demandId={demand.id} carries={props.carries} mayTake={props.mayTake} />}
      <DemandDetail
        {...props}
        after={
          <ConfidentialSection
            view={view}
            listing={{ ...demand, hasConfidential: demand.hasConfidential || props.attachments.isWithheld }}
            standing={props.standing}
          />
        }
      >
        <Merger {...props} />
        <ProposalStanding {...props} />
        <StateNotice {...props} />
        {view.actor.role === 'expert' && demand.state === 'published' && (
          <Actions>
            <ButtonLink href={pairingPath(demand.id, view.actor.id)}>{view.words.engagement.pairing.forSupply}</ButtonLink>
            {'experts' in props.experts && (
              <ButtonLink tone="plain" href={`/demands/${demand.id}/exclusions/${view.actor.id}`}>
                {view.words.matching.exclusions.own}
              </ButtonLink>
            )}
          </Actions>
        )}
        <SolveNotice {...props} />
        {props.asked !== undefined && <ConfirmationNotice {...props} asked={props.asked} />}
      </DemandDetail>
      {props.asking !== null && (
        <div class="narrow">
          <NextQuestion view={view} demand={demand} {...props.asking} />
        </div>
      )}
      <TwinsSection view={view} demandId={demand.id} shown={props.twins} back={`/demands/${demand.id}`} />
      <AttachmentSection view={view} shown={props.attachments} path={`/demands/${demand.id}`} />
      {demand.state !== 'merged' && <Candidates {...props} />}
      <TakeAlong view={view} published={props.published} />
    </Page>
  )
}

/** To whoever is nobody here yet: the way to answer an open demand. */
function SolveNotice({ view, demand }: DemandPageProps) {
  const { enrolment } = view.words.organisation
  if (demand.state !== 'published' || (view.actor.role !== 'visitor' && view.visitingAs === null)) return null
  return (
    <Notice>
      <p>{enrolment.solveLead}</p>
      <Actions>
        <ButtonLink href={`/pairings/${demand.id}/own`} rel="nofollow">
          {enrolment.solve}
        </ButtonLink>
      </Actions>
    </Notice>
  )
}

type DetailProps = Pick<DemandPageProps, 'view' | 'demand' | 'enterprise' | 'broker'> & {
  /** What is said before it. */
  children?: Child
  /** What it keeps from most of its readers. */
  after?: Child
}

/** What a demand says, as far as its reader may see it. */
export function DemandDetail(props: DetailProps) {
  const { view, demand } = props
  const { words, locale } = view
  return (
    <div class="detail">
      <div>
        {props.children}
        <TextSection title={words.demand.problem} text={demand.problem} locale={locale} />
        {demand.problem === null && demand.reading === 'whole' && demand.indicators.length === 0 && (
          <p class="quiet">{words.demand.noProblem}</p>
        )}
        <Indicators view={view} demand={demand} />
        <TextSection title={words.demand.currentState} text={demand.currentState} locale={locale} />
        <TextSection title={words.demand.tried} text={demand.tried} locale={locale} />
        <TextSection title={words.demand.ownConditions} text={demand.ownConditions} locale={locale} />
        {demand.constraints.length > 0 && (
          <Section title={words.demand.constraints}>
            <ul class="prose">
              {demand.constraints.map((constraint) => (
                <li lang={langOf(constraint, locale)}>{constraint}</li>
              ))}
            </ul>
          </Section>
        )}
        <Chips texts={demand.keywords} locale={locale} />
        {props.after}
      </div>
      <DemandTerms {...props} />
    </div>
  )
}

/** Whether its enterprise may ask somebody about it: of what is not published, the question waits until it is. */
export const isAskedAbout = ({ state }: Pick<DemandView, 'state'>): boolean =>
  state === 'draft' || state === 'vetting' || state === 'published'

/** Who could solve it, or once why that is not shown. */
function Candidates({ view, demand, isOwn, carries, readsExclusions, offerings, experts }: DemandPageProps) {
  const { matching } = view.words
  const leftOut = (kind: 'offering' | 'expert') =>
    readsExclusions && (
      <p>
        <a href={`/demands/${demand.id}/exclusions?kind=${kind}`}>{matching.exclusions.links[kind]}</a>
        {kind === 'offering' && (
          <>
            <br />
            <a href={`/demands/${demand.id}/advice`}>{matching.advice.link}</a>
          </>
        )}
      </p>
    )
  const isOpen = demand.state === 'published'
  const next = pairingLink(view, demand.id, { isOwn: isOwn && isAskedAbout(demand), carries: carries && isOpen })
  if ('refusal' in offerings) {
    return (
      <Section id="matches" title={matching.title}>
        <MatchList view={view} kind="offering" matches={offerings} isOwn={isOwn} more={null} />
      </Section>
    )
  }
  return (
    <>
      <Section id="offerings" title={matching.titles.offering}>
        <MatchList
          view={view}
          kind="offering"
          matches={offerings}
          isOwn={isOwn}
          next={next}
          more={`/demands/${demand.id}/matches?kind=offering`}
        />
        {leftOut('offering')}
      </Section>
      <Section id="experts" title={matching.titles.expert}>
        <MatchList
          view={view}
          kind="expert"
          matches={experts}
          isOwn={isOwn}
          next={next}
          more={`/demands/${demand.id}/matches?kind=expert`}
        />
        <p>
          <a href={`/demands/${demand.id}/matches?kind=institution`}>{matching.whole}</a>
        </p>
        {leftOut('expert')}
      </Section>
      {isOwn && isOpen && <CompareForm view={view} demandId={demand.id} />}
    </>
  )
}

/** What those can do who look after it; nothing for everybody else. */
function KeeperActions({ view, demand, steps }: DemandPageProps) {
  const { ownDemand: words } = view.words
  const isKeeper = steps.includes('amend')
  if (!isKeeper && !steps.includes('solve') && !steps.includes('withdraw')) return null
  const link = (path: string, label: string) => (
    <ButtonLink tone="plain" href={`/demands/${demand.id}/${path}`}>
      {label}
    </ButtonLink>
  )
  return (
    <nav aria-label={words.manage}>
      <Actions>
        {isKeeper && link('edit', words.edit)}
        {steps.includes('diagnose') && link('diagnosis', view.words.diagnosis.title)}
        {steps.includes('diagnose') && (
          <ButtonLink tone="plain" href={withQuery('/visits/new', { subject: demand.id })}>
            {view.words.visit.new}
          </ButtonLink>
        )}
        {steps.includes('propose') && link('proposal', words.proposal.title)}
        {isKeeper && link('preview', words.preview)}
        {steps.includes('solve') && link('solution', words.solve)}
        {steps.includes('withdraw') && link('withdrawal', words.withdraw)}
      </Actions>
    </nav>
  )
}

/** A rewording that waits for the reader's answer, or what became of the one that he proposed. */
function ProposalStanding({ view, demand, steps }: DemandPageProps) {
  const { proposal: words } = view.words.ownDemand
  if (steps.includes('answer')) {
    return (
      <Notice tone="warn">
        <p>{words.waits}</p>
        <Actions>
          <ButtonLink href={`/demands/${demand.id}/proposal/answer`}>{words.answer}</ButtonLink>
        </Actions>
      </Notice>
    )
  }
  return steps.includes('propose') ? <ProposalNotice view={view} demand={demand} /> : null
}

/** That it was merged, or that the reader came here by the address of one that was. */
function Merger({ view, demand, arrivedFrom, keptId, twins }: DemandPageProps) {
  const { twins: words } = view.words
  if (demand.state === 'merged') {
    return (
      <Notice tone="warn">
        <p>{keptId === null ? words.endedNoLink : words.ended}</p>
        {keptId !== null && (
          <Actions>
            <ButtonLink href={`/demands/${keptId}`}>{words.toKept}</ButtonLink>
          </Actions>
        )}
      </Notice>
    )
  }
  if (arrivedFrom === null) return null
  const from = twins.merged.find((each) => each.demand.id === arrivedFrom)
  return (
    <Notice>
      <p>{from === undefined ? words.arrivedHere : words.arrived(from.demand.title)}</p>
      {from !== undefined && (
        <form method="post" action={`/demands/${arrivedFrom}/merging/undoing`}>
          {from.mayUndo && <p>{words.undoHint}</p>}
          <Actions>
            <ButtonLink tone="plain" href={`/demands/${arrivedFrom}?past=yes`}>
              {words.past}
            </ButtonLink>
            {from.mayUndo && <Button tone="plain">{words.undo}</Button>}
          </Actions>
        </form>
      )}
    </Notice>
  )
}

/** What its state means for this reader, and what he can do about it. */
function StateNotice({ view, demand, isOwn, steps }: DemandPageProps) {
  const { words } = view
  const { routing } = demand
  const mayRequestPublication = steps.includes('request')
  const notices: Child[] = [
    demand.reading === 'teaser' ? words.demand.teaserOnly[demand.visibility] : null,
    demand.returnReason && words.demand.returned(demand.returnReason),
    routing && words.demand.routedTo(words.demand.routes[routing.to], routing.reason),
    demand.state === 'draft' && isOwn ? words.demand.draftNotice : null,
    demand.state === 'vetting' ? words.demand.vettingNotice : null,
  ].filter((notice) => notice !== null && notice !== '')
  if (notices.length === 0 && !mayRequestPublication) return null
  return (
    <Notice tone={demand.returnReason ? 'warn' : 'plain'}>
      {notices.map((notice) => (
        <p>{notice}</p>
      ))}
      {mayRequestPublication && (
        <form method="post" action={`/demands/${demand.id}/publication-request`}>
          <Button>{words.demand.requestPublication}</Button>
        </form>
      )}
    </Notice>
  )
}

function Indicators({ view, demand }: { view: View; demand: DemandView }) {
  const { words, locale } = view
  if (demand.indicators.length === 0) return null
  return (
    <Section title={words.demand.indicators}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.demand.indicator}</th>
            <th scope="col">{words.demand.need}</th>
          </tr>
        </thead>
        <tbody>
          {demand.indicators.map(({ text, need }) => (
            <tr>
              <td lang={langOf(text, locale)}>{text}</td>
              <td class="nowrap">{words.demand.needs[need]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}

function DemandTerms({ view, demand, enterprise, broker }: DetailProps) {
  const { words, locale } = view
  const { units } = words
  const day = (value: string | null) => value && units.day(value)
  const isWhole = demand.reading === 'whole'
  const budget = amountBetween(demand.budgetMinFen, demand.budgetMaxFen, words)
  return (
    <aside class="terms" aria-labelledby="terms-title">
      <h2 id="terms-title">{words.demand.facts}</h2>
      <Rows
        rows={[
          [words.demand.budget, budget ?? (isWhole ? units.notStated : null)],
          [words.demand.deadline, demand.deadlineOn ? dayWithDistance(demand.deadlineOn, view) : units.notStated],
          [words.demand.start, day(demand.expectedStartOn)],
          [words.demand.modes, demand.modes.length > 0 ? modeNames(demand.modes, view) : null],
          [words.demand.readiness, demand.readinessFrom && words.demand.readinessFrom(readinessName(demand.readinessFrom, view))],
          [words.demand.ip, demand.ipExpectation && <Written text={demand.ipExpectation} locale={locale} />],
          [words.demand.isExclusive, demand.isExclusive === null ? null : words.demand.exclusive[demand.isExclusive ? 'yes' : 'no']],
          [words.demand.industry, codeNames(demand.classification, view)],
          [words.demand.region, demand.region && codeNames([demand.region], view)],
          [
            words.demand.enterprise,
            enterprise ? (
              <>
                <a href={`/enterprises/${enterprise.id}`}>
                  <Written text={enterprise.name} locale={locale} />
                </a>{' '}
                {enterprise.isUnverified && <Tag tone="busy">{words.organisation.verification.unverifiedFirm}</Tag>}
              </>
            ) : demand.isAnonymous ? (
              words.demand.anonymous
            ) : null,
          ],
          [words.demand.broker, broker && <Written text={broker.name} locale={locale} />],
          [words.demand.channel, demand.channel && labelOf('intake-channel', demand.channel, locale)],
          [words.demand.visibility, words.visibilities[demand.visibility]],
          [words.demand.published, demand.publishedAt && demandTime(demand, demand.publishedAt, view)],
          [words.demand.confirmed, demand.confirmedAt && demandTime(demand, demand.confirmedAt, view)],
          [words.demand.expires, day(demand.expiresOn)],
        ]}
      />
    </aside>
  )
}
