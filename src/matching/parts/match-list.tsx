import type { Child } from 'hono/jsx'
import { ExpertTags, expertFacts, expertName } from '../../directory/cards.tsx'
import { AdvantageLine, OfferingTags, offeringFacts } from '../../offerings/offering-card.tsx'
import { codeName } from '../../platform/codes/codes.ts'
import { Actions, ButtonLink } from '../../platform/web/parts/buttons.tsx'
import { codeNames } from '../../platform/web/parts/labels.ts'
import { Facts, langOf, Mixed, Notice, Rows, Tag, Written } from '../../platform/web/parts/text.tsx'
import type { View } from '../../platform/web/view.ts'
import type { Gap, Match, Suggestion } from '../match.ts'
import { oneLine } from '../reason-words.ts'
import { conflictSentence } from './exclusion-words.ts'
import { Indicators } from './indicators.tsx'
import type { ExpertMatch, InstitutionMatch, MatchKind, OfferingMatch, ShownMatches } from './matches.ts'
import { MatchNumbers } from './numbers.tsx'
import { ReasonsInWords } from './reasons.tsx'

/** Candidates for a demand: what is needed beside what was done, why in this order, and what is not known yet. */
export function MatchList({
  view,
  kind,
  matches,
  isOwn,
  more,
  next = () => null,
}: {
  view: View
  kind: MatchKind
  matches: ShownMatches
  isOwn: boolean
  more: string | null
  /** What the reader can do about a candidate, by its id. */
  next?: (id: string) => Child
}) {
  const { matching } = view.words
  if ('refusal' in matches) return <Notice>{matching.refused[matches.refusal]}</Notice>
  const cards =
    'offerings' in matches
      ? matches.offerings.map((each) => <OfferingMatchCard view={view} isOwn={isOwn} next={next(each.offering.id)} {...each} />)
      : 'institutions' in matches
        ? matches.institutions.map((each) => <InstitutionMatchCard view={view} isOwn={isOwn} next={next(each.institution.id)} {...each} />)
        : matches.experts.map((each) => <ExpertMatchCard view={view} isOwn={isOwn} next={next(each.expert.id)} {...each} />)
  if (cards.length === 0) return <Notice>{matching.none[kind]}</Notice>
  return (
    <>
      {(matches.fit === 'related' || matches.fit === 'none') && (
        <Notice tone="warn">
          <p>
            <strong>{matching.noMatch[kind][matches.fit]}</strong>
          </p>
          {'gap' in matches && matches.gap !== null && <Why view={view} gap={matches.gap} />}
          <p>{matching.noMatch.advice}</p>
          {matches.fitFrom === 'demonstration' && <p class="quiet">{matching.noMatch.basis}</p>}
        </Notice>
      )}
      <ol class="cards matches">
        {cards.map((card) => (
          <li>{card}</li>
        ))}
      </ol>
      {'elsewhere' in matches && matches.elsewhere.length > 0 && <Elsewhere view={view} isOwn={isOwn} suggestions={matches.elsewhere} />}
      {more !== null && matches.next !== null && (
        <Actions>
          <ButtonLink tone="plain" href={more}>
            {matching.more[kind]}
          </ButtonLink>
        </Actions>
      )}
    </>
  )
}

/** Results of other fields that solve the same kind of problem: below the list, and unlike its cards. */
function Elsewhere({ view, isOwn, suggestions }: { view: View; isOwn: boolean; suggestions: readonly Suggestion[] }) {
  const { locale, words } = view
  const { elsewhere, theirNeed, yourNeed } = words.matching
  return (
    <section class="card elsewhere">
      <h3>{elsewhere.title}</h3>
      <p class="quiet">{elsewhere.lead}</p>
      <ul>
        {suggestions.map(({ match, fields, kind }) => (
          <li>
            <h4>
              <a href={`/offerings/${match.subject.id}`}>
                <Written text={match.subject.title} locale={locale} />
              </a>
            </h4>
            <Rows
              rows={[
                [elsewhere.field, codeNames(fields, view)],
                [elsewhere.kind, words.ownDemand.outlook.kinds[kind]],
              ]}
            />
            {match.evidence.slice(0, 1).map((pair) => (
              <Pair
                view={view}
                subject={match.subject}
                asked={isOwn ? yourNeed : theirNeed}
                need={pair.need}
                done={elsewhere.said}
                answers={[pair]}
              />
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Why nothing fits, and whom one could ask instead. */
function Why({ view, gap }: { view: View; gap: Gap }) {
  const { gap: words } = view.words.matching
  const { list } = view.words.units
  const { nearestFields, missingTerms, unansweredIndicators, leads, institutions } = gap
  return (
    <ul>
      {nearestFields.length > 0 && <li>{words.fields(list(nearestFields.map(({ code }) => codeName(code, view.locale))))}</li>}
      {missingTerms.length > 0 && (
        <li>
          <Mixed text={words.terms(list(missingTerms))} />
        </li>
      )}
      {unansweredIndicators.length > 0 && (
        <li>
          <Mixed text={words.indicators(list(unansweredIndicators))} />
        </li>
      )}
      {leads > 0 && <li>{words.leads(leads)}</li>}
      {institutions.length > 0 && (
        <li>
          {words.institutions}
          {institutions.flatMap(({ id, name }, at) => [
            at === 0 ? '' : list(['', '']),
            <a href={`/institutions/${id}`}>
              <Written text={name} locale={view.locale} />
            </a>,
          ])}
        </li>
      )}
    </ul>
  )
}

function OfferingMatchCard({ view, match, offering, isOwn, next }: OfferingMatch & { view: View; isOwn: boolean; next: Child }) {
  const { words, locale } = view
  const [advantage] = offering.advantages
  const isLead = offering.kind === 'lead'
  return (
    <MatchCard
      view={view}
      match={match}
      isOwn={isOwn}
      next={next}
      done={isLead ? words.matching.written : words.matching.done}
      alwaysUnknown={isLead ? words.matching.alwaysUnknown.lead : words.matching.alwaysUnknown.offering}
      title={
        <a href={`/offerings/${offering.id}`}>
          <Written text={offering.title} locale={locale} />
        </a>
      }
      tags={<OfferingTags view={view} offering={offering} />}
    >
      {advantage && <AdvantageLine view={view} advantage={advantage} />}
      <Facts facts={offeringFacts(offering, view)} />
    </MatchCard>
  )
}

function ExpertMatchCard({ view, match, expert, institutions, isOwn, next }: ExpertMatch & { view: View; isOwn: boolean; next: Child }) {
  const { words, locale } = view
  return (
    <MatchCard
      view={view}
      match={match}
      isOwn={isOwn}
      next={next}
      done={words.matching.done}
      alwaysUnknown={words.matching.alwaysUnknown.expert}
      title={
        <a href={`/experts/${expert.id}`}>
          <Written text={expertName(expert, view)} locale={locale} />
        </a>
      }
      tags={<ExpertTags view={view} expert={expert} />}
    >
      <Facts facts={expertFacts(expert, institutions, view)} />
    </MatchCard>
  )
}

function InstitutionMatchCard({ view, match, institution, isOwn, next }: InstitutionMatch & { view: View; isOwn: boolean; next: Child }) {
  const { words, locale } = view
  return (
    <MatchCard
      view={view}
      match={match}
      isOwn={isOwn}
      next={next}
      done={words.matching.done}
      alwaysUnknown={words.matching.alwaysUnknown.institution}
      title={
        <a href={`/institutions/${institution.id}`}>
          <Written text={institution.name} locale={locale} />
        </a>
      }
      tags={<Tag>{words.directory.institution.kinds[institution.kind]}</Tag>}
    >
      <Facts facts={[institution.region && codeNames([institution.region], view)]} />
    </MatchCard>
  )
}

const fitTones = { worthwhile: 'good', related: 'plain', none: 'quiet' } as const

interface MatchCardProps {
  view: View
  match: Match
  isOwn: boolean
  next: Child
  done: string
  alwaysUnknown: string
  title: Child
  tags: Child
  children?: Child
}

function MatchCard({ view, match, isOwn, next, done, alwaysUnknown, title, tags, children }: MatchCardProps) {
  const { matching } = view.words
  return (
    <article class="card match">
      <div class="card-head">
        <h3>{title}</h3>
        {match.fit !== null && <Tag tone={fitTones[match.fit]}>{matching.fits[match.fit]}</Tag>}
        {match.willingness !== null && (
          <Tag tone={match.willingness === 'willing' ? 'good' : 'quiet'}>{matching.willingness[match.willingness]}</Tag>
        )}
        {tags}
      </div>
      <p class="quiet">
        <Mixed text={oneLine(match, view)} />
      </p>
      {match.conflicts.length > 0 && (
        <Notice tone="warn">
          <strong>{matching.conflicts.title}</strong>
          {view.words.units.colon}
          <Mixed text={view.words.units.list(match.conflicts.map((each) => conflictSentence(each, view)))} />
        </Notice>
      )}
      {children}
      {[...Map.groupBy(match.evidence, ({ need }) => need)].map(([need, answers]) => (
        <Pair
          view={view}
          subject={match.subject}
          asked={isOwn ? matching.yourNeed : matching.theirNeed}
          need={need}
          done={done}
          answers={answers}
        />
      ))}
      <Indicators view={view} verdicts={match.indicators} />
      <ReasonsInWords view={view} match={match} alwaysUnknown={alwaysUnknown} />
      <MatchNumbers view={view} match={match} />
      {next}
    </article>
  )
}

interface PairProps {
  view: View
  subject: Match['subject']
  asked: string
  need: string
  done: string
  answers: Match['evidence']
}

/** What is needed beside the sentences that answer it. */
function Pair({ view, subject, asked, need, done, answers }: PairProps) {
  return (
    <div class="pair">
      <figure>
        <figcaption>{asked}</figcaption>
        <blockquote lang={langOf(need, view.locale)}>{need}</blockquote>
      </figure>
      <span class="joint" aria-hidden="true">
        ↔
      </span>
      <figure>
        <figcaption>{done}</figcaption>
        {answers.map(({ sentence, source }) => (
          <>
            <blockquote lang={langOf(sentence, view.locale)}>{sentence}</blockquote>
            {(source.id !== subject.id || source.kind === 'expert') && <Source view={view} source={source} />}
          </>
        ))}
      </figure>
    </div>
  )
}

/** Where a sentence stands: said where that is not the offering of the card itself. */
function Source({ view, source }: { view: View; source: Match['evidence'][number]['source'] }) {
  const { words, locale } = view
  return (
    <p class="source">
      {words.matching.from}
      {words.units.colon}
      {source.kind === 'offering' && (
        <a href={`/offerings/${source.id}`}>
          <Written text={source.title} locale={locale} />
        </a>
      )}
      {source.kind === 'evidence' && <cite lang={langOf(source.title, locale)}>{source.title}</cite>}
      {source.kind === 'expert' && words.matching.profile}
      {source.kind === 'institution' && words.matching.introduction}
    </p>
  )
}
