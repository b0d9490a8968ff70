import { may } from '../accounts/permissions.ts'
import type { ShownAttachments } from '../attachments/actions/read.ts'
import { AttachmentSection } from '../attachments/parts/section.tsx'
import { expertFacts, expertName, type Institutions, UnverifiedTag } from '../directory/cards.tsx'
import type { ExpertView } from '../directory/expert.ts'
import type { Standing } from '../disclosures/actions.ts'
import { ConfidentialSection } from '../disclosures/confidential-section.tsx'
import type { Published } from '../market/parts/published.ts'
import { PublishedHead, TakeAlong } from '../market/parts/published-parts.tsx'
import { AskLink } from '../organisations/parts/ask-link.tsx'
import { labelOf } from '../platform/codes/codes.ts'
import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { EvidenceLevelTag } from '../platform/web/parts/evidence-level.tsx'
import { codeNames, modeNames, readinessName } from '../platform/web/parts/labels.ts'
import { Chips, Facts, langOf, Notice, Rows, Section, TextSection, Written } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { OfferingStep } from './actions.ts'
import type { OfferingView } from './offering.ts'
import { OfferingTags, priceName } from './offering-card.tsx'

interface OfferingPageProps {
  view: View
  offering: OfferingView
  owner: { id: string; name: string } | null
  completers: readonly ExpertView[]
  institutions: Institutions
  attachments: ShownAttachments
  isDemonstration: boolean
  standing: Standing
  /** What everybody may know of it, and take along. */
  published: Published | null
  /** What the reader can do with it now. */
  steps: readonly OfferingStep[]
  /** Whether the reader may edit it. */
  mayAmend: boolean
}

/** A result or lead: what it solves, what it is better than and how that is backed, on which terms. */
export function OfferingPage(props: OfferingPageProps) {
  const { view, offering, completers } = props
  const { words, locale } = view
  return (
    <Page
      view={view}
      title={offering.title}
      at="offerings"
      isDemonstration={props.isDemonstration}
      head={<PublishedHead view={view} published={props.published} />}
    >
      <header class="title">
        <OfferingTags view={view} offering={offering} />
        <h1 lang={langOf(offering.title, locale)}>{offering.title}</h1>
        {offering.teaser && (
          <p class="lead" lang={langOf(offering.teaser, locale)}>
            {offering.teaser}
          </p>
        )}
      </header>
      <div class="detail">
        <div>
          {offering.kind === 'lead' && <Notice>{words.offering.leadNotice}</Notice>}
          {offering.kind === 'lead' && may(view.actor, 'contact.record') && (
            <Actions>
              <ButtonLink tone="plain" href={`/offerings/${offering.id}/inviting`}>
                {words.engagement.inviting.link}
              </ButtonLink>
            </Actions>
          )}
          {offering.reading === 'teaser' && <Notice>{words.offering.teaserOnly}</Notice>}
          {(offering.state === 'draft' || offering.state === 'vetting') && <Notice>{words.offering.draftNotice}</Notice>}
          {offering.returnReason && <Notice tone="warn">{words.demand.returned(offering.returnReason)}</Notice>}
          <KeeperActions {...props} />
          {isAskable(offering) && <AskLink view={view} path={`/offerings/${offering.id}`} />}
          <TextSection title={words.offering.problemSolved} text={offering.problemSolved} locale={locale} />
          <Advantages view={view} offering={offering} />
          <TextSection title={words.offering.abstract} text={offering.abstract} locale={locale} />
          {completers.length > 0 && <Completers {...props} />}
          <Chips texts={offering.keywords} locale={locale} />
          <ConfidentialSection
            view={view}
            listing={{ ...offering, hasConfidential: offering.hasConfidential || props.attachments.isWithheld }}
            standing={props.standing}
          />
        </div>
        <OfferingTerms {...props} />
      </div>
      <AttachmentSection view={view} shown={props.attachments} path={`/offerings/${offering.id}`} />
      <TakeAlong view={view} published={props.published} />
    </Page>
  )
}

/** What those can do who keep it; nothing for everybody else. */
function KeeperActions({ view, offering, steps, mayAmend }: OfferingPageProps) {
  const { demand, offeringForm, ownDemand } = view.words
  if (steps.length === 0 && !mayAmend) return null
  const path = `/offerings/${offering.id}`
  return (
    <Actions>
      {steps.includes('request') && (
        <form method="post" action={`${path}/publication-request`}>
          <Button>{demand.requestPublication}</Button>
        </form>
      )}
      {mayAmend && (
        <ButtonLink tone="plain" href={`${path}/edit`}>
          {offeringForm.edit}
        </ButtonLink>
      )}
      {steps.includes('withdraw') && (
        <ButtonLink tone="plain" href={`${path}/withdrawal`}>
          {ownDemand.withdraw}
        </ButtonLink>
      )}
    </Actions>
  )
}

/** Whether there is somebody to ask: a lead has only authors. */
const isAskable = ({ state, kind }: OfferingView) => state === 'published' && kind !== 'lead'

/** Better than what, by how much, and how each value is backed. */
function Advantages({ view, offering }: { view: View; offering: OfferingView }) {
  const { words } = view
  if (offering.kind === 'lead' || offering.reading === 'teaser') return null
  if (offering.advantages.length === 0) {
    return (
      <Section title={words.offering.better}>
        <p class="quiet">{words.offering.none}</p>
      </Section>
    )
  }
  return (
    <Section title={words.offering.better}>
      <ul class="advantages">
        {offering.advantages.map((advantage) => (
          <AdvantageItem view={view} advantage={advantage} />
        ))}
      </ul>
    </Section>
  )
}

function AdvantageItem({ view, advantage }: { view: View; advantage: OfferingView['advantages'][number] }) {
  const { words, locale } = view
  const { name, unit, ours, incumbent, condition, evidence, evidenceLevel } = advantage
  return (
    <li>
      <h3 lang={langOf(name, locale)}>{unit === null ? name : words.units.withNote(name, unit)}</h3>
      <dl class="versus">
        <div>
          <dt>{words.offering.ours}</dt>
          <dd>
            <strong lang={langOf(ours, locale)}>{ours}</strong> <EvidenceLevelTag level={evidenceLevel} view={view} />
          </dd>
        </div>
        <div>
          <dt>{words.offering.incumbent}</dt>
          <dd>
            {incumbent === null ? <span class="quiet">{words.offering.noIncumbent}</span> : <Written text={incumbent} locale={locale} />}
          </dd>
        </div>
      </dl>
      <Note name={words.offering.backing} text={evidence} view={view} />
      <Note name={words.offering.conditions} text={condition} view={view} />
    </li>
  )
}

function Note({ view, name, text }: { view: View; name: string; text: string | null }) {
  if (text === null) return null
  return (
    <p class="small quiet">
      {name}
      {view.words.units.colon}
      <Written text={text} locale={view.locale} />
    </p>
  )
}

function Completers({ view, completers, institutions }: OfferingPageProps) {
  return (
    <Section title={view.words.offering.completers}>
      <ul class="people">
        {completers.map((expert) => (
          <li>
            <a href={`/experts/${expert.id}`}>
              <Written text={expertName(expert, view)} locale={view.locale} />
            </a>{' '}
            <UnverifiedTag view={view} enrolled={expert.enrolled} />
            <Facts facts={expertFacts(expert, institutions, view).slice(0, 2)} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function OfferingTerms({ view, offering, owner }: OfferingPageProps) {
  const { words, locale } = view
  const { units } = words
  const path = offering.ownerId?.startsWith('itn_') ? 'institutions' : 'enterprises'
  return (
    <aside class="terms" aria-labelledby="terms-title">
      <h2 id="terms-title">{words.offering.facts}</h2>
      <Rows
        rows={[
          [
            words.offering.owner,
            owner && (
              <a href={`/${path}/${owner.id}`}>
                <Written text={owner.name} locale={locale} />
              </a>
            ),
          ],
          [words.offering.price, offering.price && priceName(offering.price, view)],
          [words.offering.pricing, offering.pricing && words.offering.pricings[offering.pricing]],
          [words.offering.readiness, offering.readiness && readinessName(offering.readiness.level, view)],
          [words.offering.stage, offering.stage && labelOf('offering-stage', offering.stage, locale)],
          [words.offering.modes, offering.modes.length > 0 ? modeNames(offering.modes, view) : null],
          [words.offering.ip, offering.ip.length > 0 ? <Rights view={view} ip={offering.ip} /> : null],
          [words.offering.industry, codeNames(offering.classification, view)],
          [words.offering.region, offering.region && codeNames([offering.region], view)],
          [words.offering.territory, offering.territory.length > 0 ? codeNames(offering.territory, view) : null],
          [words.offering.availableFrom, offering.availableFrom && units.day(offering.availableFrom)],
          [words.offering.registrationNo, offering.registrationNo],
          [words.offering.source, offering.citation && <Written text={offering.citation.source} locale={locale} />],
          [words.offering.licence, offering.citation && <Written text={offering.citation.licence} locale={locale} />],
          [words.offering.published, offering.publishedAt && units.day(view.dayOf(offering.publishedAt))],
          [
            words.offering.confirmed,
            offering.kind === 'result' && offering.confirmedAt ? units.day(view.dayOf(offering.confirmedAt)) : null,
          ],
        ]}
      />
    </aside>
  )
}

function Rights({ view, ip }: { view: View; ip: OfferingView['ip'] }) {
  const { locale, words } = view
  return (
    <ul>
      {ip.map(({ kind, number, status }) => (
        <li>
          {words.units.withNote(labelOf('ip-kind', kind, locale), labelOf('ip-status', status, locale))}
          {number && <span class="quiet"> {number}</span>}
        </li>
      ))}
    </ul>
  )
}
