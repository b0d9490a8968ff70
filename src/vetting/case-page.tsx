import { fieldName } from '../demands/field-name.ts'
import { ProposalNotice } from '../demands/proposal-page.tsx'
import { VettingCheck } from '../demands/vetting.ts'
import type { FlaggedTerms } from '../market/flagged-terms.ts'
import { Page } from '../platform/web/page.tsx'
import { ErrorSummary, type FormState } from '../platform/web/parts/fields.tsx'
import { langOf, Mixed, Notice, Section, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { ShownTwins } from '../twins/actions/overview.ts'
import { TwinsSection } from '../twins/parts/twins-section.tsx'
import type { Case, CaseKind } from './actions.ts'
import { casePath } from './case-path.ts'
import { DecisionForm } from './decision-form.tsx'
import { type Done, DoneNotice } from './done.tsx'
import { type FlagKind, flagged, flagsOf, type Piece } from './flagged.ts'
import { Marked } from './marked.tsx'
import { Recorded } from './recorded.tsx'

interface CasePageProps {
  view: View
  opened: Case
  terms: FlaggedTerms
  form: FormState
  /** What the operator works through. */
  kind: CaseKind | null
  /** Somebody changed it while the operator was writing. */
  isChanged: boolean
  /** What seems to be the same as a demand; null for an offering. */
  twins: ShownTwins | null
  /** What was just decided before it. */
  done: Done | null
}

/** One listing with what is flagged in its texts, and the form of the three checks. */
export function CasePage({ view, opened, terms, form, kind, isChanged, twins, done }: CasePageProps) {
  const { vetting: words } = view.words
  const flags = flagsOf(
    terms,
    opened.telling.map(({ words }) => words),
  )
  const texts = opened.texts.map(({ pointer, text }) => ({ pointer, pieces: flagged(text, flags) }))
  const found = texts.flatMap(({ pieces }) => pieces.flatMap(({ kind }) => kind ?? []))
  const path = opened.kind === 'demand' ? `/demands/${opened.id}` : `/offerings/${opened.id}`
  return (
    <Page view={view} title={`${words.title}${view.words.units.colon}${opened.title}`}>
      <p>
        <a class="back" href={kind === null ? '/desk/vetting' : `/desk/vetting?kind=${kind}`}>
          {words.back}
        </a>
      </p>
      <DoneNotice view={view} done={done} />
      <h1 lang={langOf(opened.title, view.locale)}>{opened.title}</h1>
      {isChanged && <Notice tone="warn">{words.changed}</Notice>}
      <ErrorSummary view={view} form={form} labels={labelsOf(view)} />
      <ul class="facts">
        <li>{words.kinds[opened.kind]}</li>
        {opened.ownerName !== null && (
          <li>
            {words.owner}
            {view.words.units.colon}
            <Written text={opened.ownerName} locale={view.locale} />
          </li>
        )}
        <li>
          <a href={path}>{words.open}</a>
        </li>
        {opened.kind === 'demand' && opened.state === 'vetting' && (
          <li>
            <a href={`${path}/proposal`}>{view.words.ownDemand.proposal.title}</a>
          </li>
        )}
      </ul>
      {opened.word !== null && <Word view={view} word={opened.word} />}
      <ProposalNotice view={view} demand={opened} />
      {opened.isShut && <Notice tone="warn">{words.shut}</Notice>}
      {opened.isSecrecyReviewed !== null && <p>{words.secrecyReviewed[opened.isSecrecyReviewed ? 'yes' : 'no']}</p>}
      <Section title={words.written}>
        <p>{words.flagged(found.length)}</p>
        <Legend view={view} found={found} />
        <Texts view={view} kind={opened.kind} texts={texts} />
      </Section>
      {twins !== null && <TwinsSection view={view} demandId={opened.id} shown={twins} back={casePath(opened.id, kind)} />}
      {opened.state === 'vetting' ? (
        <DecisionForm view={view} opened={opened} form={form} kind={kind} />
      ) : (
        <Notice>{words.notWaiting(stateName(view, opened))}</Notice>
      )}
      <Recorded view={view} checks={opened.recorded} />
    </Page>
  )
}

/** Whose word it is, and whom one may ask whether it is true. */
function Word({ view, word: { isOwn, confirmation, contact } }: { view: View; word: NonNullable<Case['word']> }) {
  const { vetting: words, access, units } = view.words
  const said =
    confirmation !== null
      ? access.confirmation.confirmed[confirmation.how](confirmation.by, units.day(view.dayOf(confirmation.at)))
      : isOwn
        ? words.ownWord
        : words.unconfirmed
  return (
    <>
      {isOwn || confirmation !== null ? <p>{<Mixed text={said} />}</p> : <Notice tone="warn">{said}</Notice>}
      {contact !== null && (
        <p>
          {access.confirmation.page.contacts}
          {units.colon}
          <Written text={[contact.name, contact.phone, contact.email].filter((each) => each !== null).join(' ')} locale={view.locale} />
        </p>
      )}
    </>
  )
}

function Texts({ view, kind, texts }: { view: View; kind: CaseKind; texts: readonly { pointer: string; pieces: Piece[] }[] }) {
  return (
    <dl class="rows texts">
      {texts.map(({ pointer, pieces }, at) => {
        const name = nameOf(view, kind, pointer)
        const before = texts[at - 1]
        const isFirst = before === undefined || nameOf(view, kind, before.pointer) !== name
        return (
          <div>
            <dt>{isFirst ? name : <span class="unseen">{name}</span>}</dt>
            <dd>
              <Marked view={view} pieces={pieces} />
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

/** What the marks mean that are on this page. */
function Legend({ view, found }: { view: View; found: readonly FlagKind[] }) {
  const { vetting: words } = view.words
  if (found.length === 0) return null
  const counts = new Map<FlagKind, number>()
  for (const kind of found) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return (
    <ul class="facts" aria-label={words.legend}>
      {[...counts].map(([kind, count]) => (
        <li>
          <mark class={kind}>{words.flags[kind]}</mark> {view.words.units.count(count)}
        </li>
      ))}
    </ul>
  )
}

function nameOf({ words }: View, kind: CaseKind, pointer: string): string {
  const [, member = ''] = pointer.split('/')
  const { problemSolved, abstract, better } = words.offering
  const own: Record<string, string> = { problemSolved, abstract, advantages: better }
  return (kind === 'offering' ? own[member] : undefined) ?? (member === 'title' ? words.vetting.columns.title : fieldName(pointer, words))
}

function stateName({ words }: View, { kind, state }: Case): string {
  const names: Record<string, string> = kind === 'demand' ? words.demand.states : words.offering.states
  return names[state] ?? state
}

function labelsOf({ words: { vetting: words } }: View): Record<string, string> {
  const checks = VettingCheck.options.flatMap((check) => [
    [`result-${check}`, words.checks[check].title],
    [`reason-${check}`, words.checks[check].title],
  ])
  return { ...Object.fromEntries(checks), reason: words.reason.label, to: words.to.label }
}
