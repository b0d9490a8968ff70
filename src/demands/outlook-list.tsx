import type { DemandAnalysis } from '../matching/analysis.ts'
import type { Match } from '../matching/match.ts'
import { reasonSentences } from '../matching/reason-words.ts'
import { codeName } from '../platform/codes/codes.ts'
import { Mixed, Notice, Section, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { DemandView } from './demand.ts'
import { wantedFields } from './parts/next-question.ts'

/** In the form: where the outlook comes while it is written. Without scripts the draft's page shows the same. */
export function OutlookBelow() {
  const asking = {
    'hx-post': '/demands/outlook',
    'hx-trigger': 'input delay:800ms from:form:has(#outlook)',
    'hx-include': 'closest form',
    'hx-target': '#outlook',
    'hx-swap': 'innerHTML',
    'hx-status:4xx': 'swap:none',
    'hx-status:5xx': 'swap:none',
  }
  return <div id="outlook" aria-live="polite" {...asking}></div>
}

interface Props {
  view: View
  demand: DemandView
  outlook: DemandAnalysis
}

/** What the demand could meet with as it stands, and what it still wants. Links open beside the form. */
export function OutlookList({ view, demand, outlook: { detected, indicators, completeness, duplicates, offerings, experts } }: Props) {
  const { words, locale } = view
  const { outlook, next } = words.ownDemand
  const wanted = wantedFields(demand)
  const missing = wanted.find(({ isAnswered }) => !isAnswered)
  return (
    <Section title={outlook.title}>
      {duplicates.length > 0 && (
        <Notice tone="warn">
          <p>{outlook.alike}</p>
          <ul>
            {duplicates.map(({ id, title }) => (
              <li>
                <a href={`/demands/${id}`} target="_blank" rel="noopener">
                  <Written text={title} locale={locale} />
                </a>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <p class="quiet">
        {outlook.progress(
          next.progress(wanted.filter(({ isAnswered }) => isAnswered).length, wanted.length),
          missing === undefined ? null : words.demandForm.fields[missing.field].label,
        )}
      </p>
      <Suggestions view={view} detected={detected} indicators={indicators} completeness={completeness} />
      {offerings.length === 0 ? (
        <p>{outlook.none}</p>
      ) : (
        <ol class="outlook">
          {offerings.map((match) => (
            <li>
              <a href={`/offerings/${match.subject.id}`} target="_blank" rel="noopener">
                <Written text={match.subject.title} locale={locale} />
              </a>
              <Why view={view} match={match} />
            </li>
          ))}
        </ol>
      )}
      {experts.near > 0 && <p>{outlook.experts(experts.near, experts.reachable)}</p>}
    </Section>
  )
}

/** What the text seems to be about, the figures in it that could be indicators, and the term whose statement reaches most. */
function Suggestions({
  view,
  detected,
  indicators,
  completeness,
}: Pick<DemandAnalysis, 'detected' | 'indicators' | 'completeness'> & { view: View }) {
  const { outlook } = view.words.ownDemand
  const { units, demandForm } = view.words
  const { industry, discipline, problemKind } = detected
  const about = [
    ...[industry, discipline].flatMap((each) => (each === null ? [] : [codeName(each.code, view.locale)])),
    ...(problemKind === null ? [] : [outlook.kinds[problemKind]]),
  ]
  const [first] = completeness.wanted
  return (
    <>
      {about.length > 0 && <p class="quiet">{outlook.about(units.list(about))}</p>}
      {indicators.length > 0 && (
        <>
          <p>{outlook.spotted}</p>
          <ul>
            {indicators.map(({ text }) => (
              <li>
                <Written text={text} locale={view.locale} /> <Take label={outlook.take} about={text} texts={[text]} />
              </li>
            ))}
          </ul>
          {indicators.length > 1 && <Take label={outlook.takeAll} about={null} texts={indicators.map(({ text }) => text)} />}
        </>
      )}
      {first !== undefined && first.candidates > 0 && (
        <p class="quiet">{outlook.reaches(demandForm.fields[first.field].label, first.candidates)}</p>
      )}
    </>
  )
}

/** Puts figures that were found into the form's list of indicators, where they can be edited like any other. */
function Take({ label, about, texts }: { label: string; about: string | null; texts: readonly string[] }) {
  const asking = {
    'hx-post': '/demands/outlook/indicators',
    'hx-vals': JSON.stringify({ take: texts.join('\n') }),
    'hx-target': '#outlook',
  }
  return (
    <button type="button" class="button plain" aria-label={about === null ? undefined : `${label} ${about}`} {...asking}>
      {label}
    </button>
  )
}

/** The list of indicators of the form that the piece stands in, with what was taken over. */
export function TakenIndicators({ text }: { text: string }) {
  return (
    <textarea id="indicators" name="indicators" rows={4} aria-describedby="indicators-hint" hx-swap-oob="true">
      {text}
    </textarea>
  )
}

/** The sentence that answers best; failing that, why it stands here. */
function Why({ view, match }: { view: View; match: Match }) {
  const [best] = match.evidence
  const [reason] = reasonSentences(match, view).known
  if (best !== undefined)
    return (
      <p class="quiet">
        <Written text={best.sentence} locale={view.locale} />
      </p>
    )
  return reason === undefined ? null : (
    <p class="quiet">
      <Mixed text={reason} />
    </p>
  )
}
