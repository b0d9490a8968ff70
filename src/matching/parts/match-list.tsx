import type { Child } from 'hono/jsx'
import { ConfirmedTag, expertFacts, expertName } from '../../directory/cards.tsx'
import { AdvantageLine, OfferingTags, offeringFacts } from '../../offerings/offering-card.tsx'
import { Facts, langOf, Notice, Written } from '../../platform/web/parts/text.tsx'
import type { View } from '../../platform/web/view.ts'
import type { Match } from '../match.ts'
import type { ExpertMatch, MatchKind, OfferingMatch, ShownMatches } from './matches.ts'
import { MatchNumbers } from './numbers.tsx'
import { ReasonsInWords } from './reasons.tsx'

/** Candidates for a demand: what is needed beside what was done, why in this order, and what is not known yet. */
export function MatchList({ view, kind, matches, isOwn, more }: { view: View; kind: MatchKind; matches: ShownMatches; isOwn: boolean; more: string | null }) {
  const { matching } = view.words
  if ('refusal' in matches) return <Notice>{matching.refused[matches.refusal]}</Notice>
  const cards =
    'offerings' in matches
      ? matches.offerings.map((each) => <OfferingMatchCard view={view} isOwn={isOwn} {...each} />)
      : matches.experts.map((each) => <ExpertMatchCard view={view} isOwn={isOwn} {...each} />)
  if (cards.length === 0) return <Notice>{matching.none[kind]}</Notice>
  return (
    <>
      <ol class="cards matches">
        {cards.map((card) => (
          <li>{card}</li>
        ))}
      </ol>
      {more !== null && matches.next !== null && (
        <p class="actions">
          <a class="button plain" href={more}>
            {matching.more[kind]}
          </a>
        </p>
      )}
    </>
  )
}

function OfferingMatchCard({ view, match, offering, isOwn }: OfferingMatch & { view: View; isOwn: boolean }) {
  const { words, locale } = view
  const [advantage] = offering.advantages
  const isLead = offering.kind === 'lead'
  return (
    <MatchCard
      view={view}
      match={match}
      isOwn={isOwn}
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

function ExpertMatchCard({ view, match, expert, institutions, isOwn }: ExpertMatch & { view: View; isOwn: boolean }) {
  const { words, locale } = view
  return (
    <MatchCard
      view={view}
      match={match}
      isOwn={isOwn}
      done={words.matching.done}
      alwaysUnknown={words.matching.alwaysUnknown.expert}
      title={
        <a href={`/experts/${expert.id}`}>
          <Written text={expertName(expert, view)} locale={locale} />
        </a>
      }
      tags={<ConfirmedTag view={view} expert={expert} />}
    >
      <Facts facts={expertFacts(expert, institutions, view)} />
    </MatchCard>
  )
}

interface MatchCardProps {
  view: View
  match: Match
  isOwn: boolean
  done: string
  alwaysUnknown: string
  title: Child
  tags: Child
  children?: Child
}

function MatchCard({ view, match, isOwn, done, alwaysUnknown, title, tags, children }: MatchCardProps) {
  const { matching } = view.words
  return (
    <article class="card match">
      <div class="card-head">
        <h3>{title}</h3>
        {tags}
      </div>
      {children}
      {match.evidence.map((evidence) => (
        <Pair view={view} evidence={evidence} subject={match.subject} need={isOwn ? matching.yourNeed : matching.theirNeed} done={done} />
      ))}
      <ReasonsInWords view={view} match={match} alwaysUnknown={alwaysUnknown} />
      <MatchNumbers view={view} match={match} />
    </article>
  )
}

/** Sentence beside sentence; the source is named where it is not the subject of the card itself. */
function Pair({ view, evidence, subject, need, done }: { view: View; evidence: Match['evidence'][number]; subject: Match['subject']; need: string; done: string }) {
  const { words, locale } = view
  const { source, sentence } = evidence
  return (
    <div class="pair">
      <figure>
        <figcaption>{need}</figcaption>
        <blockquote lang={langOf(evidence.need, locale)}>{evidence.need}</blockquote>
      </figure>
      <span class="joint" aria-hidden="true">
        ↔
      </span>
      <figure>
        <figcaption>{done}</figcaption>
        <blockquote lang={langOf(sentence, locale)}>{sentence}</blockquote>
        {source.id !== subject.id && (
          <p class="source">
            {words.matching.from}
            {words.units.colon}
            {source.kind === 'offering' ? (
              <a href={`/offerings/${source.id}`}>
                <Written text={source.title} locale={locale} />
              </a>
            ) : (
              <cite lang={langOf(source.title, locale)}>{source.title}</cite>
            )}
          </p>
        )}
      </figure>
    </div>
  )
}
