import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { permit } from '../accounts/permissions.ts'
import { demandRelations } from '../demands/actions.ts'
import { demandTitle } from '../demands/demand-card.tsx'
import { expertActions } from '../directory/actions.ts'
import { expertFacts, UnverifiedTag } from '../directory/cards.tsx'
import { contrastsAmong } from '../matching/actions/contrast.ts'
import { demandToMatch } from '../matching/actions/match-offerings.ts'
import { matchesOf, type Told } from '../matching/actions/matches-of.ts'
import type { Contrast } from '../matching/contrast.ts'
import { institutionsOf } from '../matching/parts/cards.tsx'
import { VerdictTag } from '../matching/parts/indicators.tsx'
import { factualReasons, reasonSentences, saidOf } from '../matching/reason-words.ts'
import { readOffering } from '../offerings/actions.ts'
import type { OfferingView } from '../offerings/offering.ts'
import { offeringFacts } from '../offerings/offering-card.tsx'
import { type Kind, kindOfId } from '../platform/ids.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage, Page } from '../platform/web/page.tsx'
import { Actions, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { readable } from '../platform/web/parts/readable.ts'
import { Empty, Facts, langOf, Mixed, Section, Written } from '../platform/web/parts/text.tsx'
import { type View, viewOf } from '../platform/web/view.ts'
import { knownSides } from './actions/sides.ts'
import { pairingPath } from './parts/pairing.ts'

const atMost = 4

/** Candidates beside each other: what each has to say to each need, and what is not known of whom. */
export function comparePages() {
  return new Hono<Env>().get('/demands/:id/compare', comparePage)
}

interface Compared extends Told {
  id: string
  /** What its card says of it: maturity, price, modes, place. */
  facts: readonly string[]
}

const leadMark = ({ kind }: OfferingView, { words: { offering } }: View) =>
  kind === 'lead' ? [`${offering.kinds.lead} · ${offering.leadShort}`] : []

/** Facts of what the reader may see, by id. */
async function factsOf(c: AppContext, ids: readonly string[]): Promise<Map<string, readonly string[]>> {
  const { ports, actor } = c.var
  const view = viewOf(c)
  const of = (kind: Kind) => ids.filter((id) => kindOfId(id) === kind)
  const offerings = await readable(of('offering'), (id) => readOffering(ports, actor, id))
  const people = await readable(of('expert'), (id) => expertActions.read(ports, actor, id))
  const institutions = await institutionsOf(ports, actor, [...people.values()])
  const stated = (facts: readonly (string | null)[]) => facts.flatMap((fact) => (fact ? [fact] : []))
  return new Map([
    ...[...offerings].map(([id, offering]) => [id, [...leadMark(offering, view), ...stated(offeringFacts(offering, view))]] as const),
    ...[...people].map(([id, expert]) => [id, stated(expertFacts(expert, institutions, view))] as const),
  ])
}

async function comparePage(c: AppContext) {
  const view = viewOf(c)
  const { ports, actor } = c.var
  const demand = await demandToMatch(ports, actor, c.req.param('id')!)
  permit(actor, 'demand.read-whole', demandRelations(actor, demand))
  const ids = [...new Set(c.req.queries('with') ?? [])].slice(0, atMost)
  for (const supplyId of ids) await knownSides(ports, actor, { demandId: demand.id, supplyId })
  const found = await matchesOf(ports, actor, demand, ids)
  const facts = await factsOf(c, ids)
  const compared = ids.map((id) => ({ id, ...found.get(id)!, facts: facts.get(id) ?? [] }))
  const contrasts = await contrastsAmong(ports, actor, demand.id, ids)
  return answerPage(
    c,
    <ComparePage view={view} demandId={demand.id} title={demandTitle(demand, view)} compared={compared} contrasts={contrasts} />,
  )
}

interface ComparePageProps {
  view: View
  demandId: string
  title: string
  compared: readonly Compared[]
  /** Neighbours in the ranking, of one kind each. */
  contrasts: readonly Contrast[]
}

function ComparePage({ view, demandId, title, compared, contrasts }: ComparePageProps) {
  const { compare: words, pairing } = view.words.engagement
  return (
    <Page view={view} title={words.title} at="demands">
      <h1>{words.title}</h1>
      <p class="lead">
        <Written text={title} locale={view.locale} />
      </p>
      {compared.length < 2 ? (
        <Empty title={words.title} text={words.tooFew}>
          <ButtonLink href={`/demands/${demandId}`}>{pairing.back}</ButtonLink>
        </Empty>
      ) : (
        <>
          <p>{words.lead}</p>
          <Comparison view={view} demandId={demandId} compared={compared} />
          <Order view={view} contrasts={contrasts} />
          <p>
            <a class="back" href={`/demands/${demandId}`}>
              {pairing.back}
            </a>
          </p>
        </>
      )}
    </Page>
  )
}

/** So many of what two differ in are named. */
const differencesShown = 3

/** Why each stands above the next, in factors; nothing where only one of a kind is in the list. */
function Order({ view, contrasts }: Pick<ComparePageProps, 'view' | 'contrasts'>) {
  const { contrast: words, factors } = view.words.matching
  if (contrasts.length === 0) return null
  return (
    <Section title={words.title}>
      <p>{words.lead}</p>
      <ul class="prose">
        {contrasts.map(({ above, below, differences }) => (
          <li>
            <Mixed text={words.above(above.subject.title, below.subject.title)} />
            {differences.length === 0 && <p class="quiet">{words.alike}</p>}
            {(['above', 'below'] as const).map((side) => {
              const named = differences.filter(({ favours }) => favours === side).slice(0, differencesShown)
              if (named.length === 0) return null
              return (
                <p class="quiet">
                  {words.favours[side]}
                  {view.words.units.colon}
                  {view.words.units.list([...new Set(named.flatMap(({ key }) => factors[key] ?? []))])}
                </p>
              )
            })}
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** On a phone the table is wider than the screen, and scrolls by itself. */
function Comparison({ view, demandId, compared }: Pick<ComparePageProps, 'view' | 'demandId' | 'compared'>) {
  const { compare: words, pairing } = view.words.engagement
  const needs = [...new Set(compared.flatMap(({ evidence }) => evidence.map(({ need }) => need)))]
  const facts = compared.map(({ id, reasons }) =>
    reasonSentences({ subject: { kind: kindOf(id), id, title: '', enrolled: null }, reasons: factualReasons(reasons) }, view),
  )
  const none = <span class="quiet">{words.nothing}</span>
  return (
    <section class="wide-table" aria-label={words.title} tabindex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.need}</th>
            {compared.map(({ id, title, enrolled }) => (
              <th scope="col">
                <a href={`/${kindOfId(id)}s/${id}`}>
                  <Written text={title} locale={view.locale} />
                </a>
                <UnverifiedTag view={view} enrolled={enrolled} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{words.fit}</th>
            {compared.map(({ fit }) => (
              <td>{fit === null ? none : view.words.matching.fits[fit]}</td>
            ))}
          </tr>
          <tr>
            <th scope="row">{words.facts}</th>
            {compared.map(({ facts }) => (
              <td>{facts.length === 0 ? none : <Facts facts={facts} />}</td>
            ))}
          </tr>
          {needs.map((need) => (
            <tr>
              <th scope="row" lang={langOf(need, view.locale)}>
                {need}
              </th>
              {compared.map(({ evidence }) => {
                const answers = evidence.filter((each) => each.need === need)
                return (
                  <td>
                    {answers.length === 0 ? none : answers.map(({ sentence }) => <p lang={langOf(sentence, view.locale)}>{sentence}</p>)}
                  </td>
                )
              })}
            </tr>
          ))}
          {[...new Set(compared.flatMap(({ indicators }) => indicators.map(({ text }) => text)))].map((text) => (
            <tr>
              <th scope="row">
                <span class="quiet">{words.indicator}</span>
                <br />
                <Written text={text} locale={view.locale} />
              </th>
              {compared.map(({ indicators }) => (
                <td>
                  <Said view={view} verdict={indicators.find((each) => each.text === text)} none={none} />
                </td>
              ))}
            </tr>
          ))}
          {(['known', 'unknown'] as const).map((part) => (
            <tr>
              <th scope="row">{words[part]}</th>
              {facts.map((each) => (
                <td>
                  <ul>
                    {each[part].map((sentence) => (
                      <li>
                        <Mixed text={sentence} />
                      </li>
                    ))}
                  </ul>
                </td>
              ))}
            </tr>
          ))}
          <tr>
            <td />
            {compared.map(({ id }) => (
              <td>
                <Actions>
                  <ButtonLink tone="plain" href={pairingPath(demandId, id)}>
                    {pairing.forEnterprise}
                  </ButtonLink>
                </Actions>
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </section>
  )
}

/** What one of them says to one indicator: the verdict, its own figure, and how that is backed. */
function Said({ view, verdict, none }: { view: View; verdict: Told['indicators'][number] | undefined; none: Child }) {
  const said = verdict === undefined ? null : saidOf(verdict, view)
  if (verdict === undefined || said === null) return <>{none}</>
  return (
    <>
      <VerdictTag view={view} verdict={verdict.verdict} /> <Mixed text={said} />
    </>
  )
}

const kindOf = (id: string) => (id.startsWith('off_') ? 'offering' : 'expert')
