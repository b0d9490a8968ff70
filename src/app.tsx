import type { Hono } from 'hono'
import { raw } from 'hono/html'
import { openAuth } from './accounts/actions/session.ts'
import { savedViewApi } from './accounts/api/saved-views.ts'
import { accountApi } from './accounts/api.ts'
import type { Demo } from './accounts/demo.ts'
import { identityPages } from './accounts/identity-pages.tsx'
import { invitationPages } from './accounts/invitation-pages.tsx'
import { memberPages } from './accounts/member-pages.tsx'
import { ownPages } from './accounts/own-pages.tsx'
import { accountPages } from './accounts/pages.tsx'
import { phonePages } from './accounts/phone-pages.tsx'
import { recoveryPages } from './accounts/recovery-pages.tsx'
import { savedViewPages } from './accounts/saved-view-pages.tsx'
import { OwnMembership } from './accounts/who.ts'
import { attachmentApi } from './attachments/api.ts'
import { attachmentPages } from './attachments/pages.tsx'
import { demandApi } from './demands/api.ts'
import { Confirmation, ContactPerson, ParsedIndicator, Proposal, Routing } from './demands/demand.ts'
import { demandEditPages } from './demands/edit-pages.tsx'
import { linkPages } from './demands/link-pages.tsx'
import { outlookPages } from './demands/outlook-pages.tsx'
import { demandPages } from './demands/pages.tsx'
import { proposalPages } from './demands/proposal-pages.tsx'
import { directoryApi } from './directory/api.ts'
import { Capacity } from './directory/expert.ts'
import { directoryPages } from './directory/pages.tsx'
import { profilePages } from './directory/profile-pages.tsx'
import { disclosureApi } from './disclosures/api.ts'
import { disclosurePages } from './disclosures/pages.tsx'
import { contactApi } from './engagements/api/contacts.ts'
import { delegationApi } from './engagements/api/delegations.ts'
import { engagementApi } from './engagements/api/engagements.ts'
import { invitationApi } from './engagements/api/invitations.ts'
import { postponementApi } from './engagements/api/postponements.ts'
import { shortlistApi } from './engagements/api/shortlists.ts'
import { askingPages } from './engagements/asking-pages.tsx'
import { boardPages } from './engagements/board-page.tsx'
import { casePages } from './engagements/case-page.tsx'
import { chosenPages } from './engagements/chosen-page.tsx'
import { comparePages } from './engagements/compare-page.tsx'
import { NextStep } from './engagements/contact.ts'
import { contactPages } from './engagements/contact-pages.tsx'
import { Delegation } from './engagements/delegation.ts'
import { diagnosisPages } from './engagements/diagnosis-pages.tsx'
import { Outside } from './engagements/engagement.ts'
import { inboxPages } from './engagements/inbox-pages.tsx'
import { Interview } from './engagements/interview.ts'
import { invitedPages } from './engagements/invited-page.tsx'
import { invitingPages } from './engagements/inviting-pages.tsx'
import { movePages } from './engagements/move-pages.tsx'
import { outsidePages } from './engagements/outside-page.tsx'
import { pairingPages } from './engagements/pairing-pages.tsx'
import { requestPages } from './engagements/requests-pages.tsx'
import { shortlistPages } from './engagements/shortlist-pages.tsx'
import { todayPages } from './engagements/today-page.tsx'
import { Visit } from './engagements/visit.ts'
import { visitEditPages } from './engagements/visit-edit-pages.tsx'
import { visitPages } from './engagements/visit-pages.tsx'
import { evidenceApi } from './evidence/api.ts'
import { evidencePages } from './evidence/pages.tsx'
import { intakeApi } from './intake/api.ts'
import { callPages } from './intake/call-page.tsx'
import { IntakeField } from './intake/fields.ts'
import { LineContent } from './intake/line.ts'
import { intakePages } from './intake/pages.tsx'
import { marketApi } from './market/api.ts'
import { marketPages } from './market/pages.tsx'
import { crawlerPages } from './market/parts/crawlers.ts'
import { feedPages } from './market/parts/feeds.ts'
import { DetectedCode } from './matching/analysis.ts'
import { matchingApi } from './matching/api.ts'
import { exclusionPages } from './matching/exclusion-pages.tsx'
import { Change } from './matching/exclusions/exclusion.ts'
import { Fit, Gap, StatedValue, Willingness } from './matching/match.ts'
import { matchingPages } from './matching/pages.tsx'
import { Decline } from './matching/refusal.ts'
import { offeringApi } from './offerings/api.ts'
import { Citation, Readiness } from './offerings/offering.ts'
import { ownOfferingPages } from './offerings/own-pages.tsx'
import { offeringPages } from './offerings/pages.tsx'
import { organisationApi } from './organisations/api.ts'
import { enrolmentPages } from './organisations/enrolment-pages.tsx'
import { organisationPages } from './organisations/pages.tsx'
import { personApi } from './persons/api.ts'
import { personPages } from './persons/pages.tsx'
import { Code } from './platform/codes/codes.ts'
import { BrokerGrade, Channel, Degree, Stage, TitleLevel } from './platform/codes/enums.ts'
import type { IdentityOption } from './platform/identity/provider.ts'
import { limiter } from './platform/limits/limiter.ts'
import type { Ports } from './platform/ports.ts'
import { Problem } from './platform/problem.ts'
import type { Env } from './platform/web/context.ts'
import { designPages } from './platform/web/design-pages.tsx'
import { displayPages } from './platform/web/display.ts'
import { swaggerPage } from './platform/web/docs.tsx'
import { sandboxedFiles } from './platform/web/download.ts'
import { newApi } from './platform/web/endpoint.ts'
import { answerProblem } from './platform/web/errors.tsx'
import { headers } from './platform/web/headers.ts'
import { health, onceMigrated } from './platform/web/health.ts'
import { idempotent } from './platform/web/idempotency.ts'
import { languagePages } from './platform/web/language.ts'
import { limitedByAddress, limitedByHolder, searchesInTurn } from './platform/web/limited.ts'
import { begin, identify, limitedAddress, limitedBody, limitedTime } from './platform/web/middlewares.ts'
import { sentOnce } from './platform/web/once.ts'
import { openApi } from './platform/web/openapi.ts'
import { ownForms } from './platform/web/own-forms.ts'
import { type PeerOf, peerOfUrl } from './platform/web/peer.ts'
import { secretPages } from './platform/web/secret-pages.ts'
import { receivedUploads } from './platform/web/upload.ts'
import { Responsible } from './privacy/settings.ts'
import { qualityApi } from './quality/api.ts'
import { BlindPair } from './quality/judgment.ts'
import { qualityPages } from './quality/pages.tsx'
import { QualityInterval } from './quality/report.ts'
import { twinsApi } from './twins/api.ts'
import { mergedPages } from './twins/merged-pages.tsx'
import { twinsPages } from './twins/pages.tsx'
import { finishedForms, unfinishedPages } from './unfinished/pages.tsx'
import { vettingPages } from './vetting/pages.tsx'

export interface AppOptions {
  /** The demonstration's actor and accounts, on its own database only. Null everywhere else. */
  demo: Demo | null
  /** Who is at the other end of a request: what serves the application knows how to tell. */
  peerOf: PeerOf
  /** Files that are served beside pages and API, where the application does that itself. */
  files: Hono<Env> | null
  /** Another party at which people may sign in; null where there is none. */
  identity: IdentityOption | null
}
const alone: AppOptions = { demo: null, peerOf: peerOfUrl, files: null, identity: null }

/** The whole application over its ports: every API and page; `main-*.ts` serve it. */
export function createApp(ports: Ports, options: Partial<AppOptions> = {}) {
  const { demo, peerOf, files, identity } = { ...alone, ...options }
  const auth = openAuth(ports)
  const app = newApi()
  app.use(secretPages, begin(ports, peerOf), sandboxedFiles, headers, limitedAddress, limitedTime, limitedBody)
  app.onError(answerProblem)
  app.route('/', health())
  const limits = limiter(ports)
  app.use(onceMigrated(), limitedByAddress(limits))
  if (files !== null) app.route('/', files)
  app.use(ownForms, identify(auth, demo), limitedByHolder(limits), searchesInTurn(), receivedUploads())
  // Before what watches over forms that are sent: these are not.
  app.route('/', unfinishedPages())
  app.use(sentOnce, finishedForms)
  app.use('/api/*', idempotent)
  for (const api of [
    marketApi(),
    accountApi(),
    demandApi(),
    offeringApi(),
    directoryApi(),
    evidenceApi(),
    attachmentApi(),
    organisationApi(),
    disclosureApi(),
    matchingApi(),
    engagementApi(),
    invitationApi(),
    delegationApi(),
    postponementApi(),
    savedViewApi(),
    contactApi(),
    shortlistApi(),
    intakeApi(),
    qualityApi(),
    twinsApi(),
    personApi(auth),
  ])
    app.route('/', api)
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' })
  app.get(
    '/openapi.json',
    openApi(app, {
      Code,
      Channel,
      ParsedIndicator,
      ContactPerson,
      Confirmation,
      Routing,
      Proposal,
      Readiness,
      Citation,
      Stage,
      TitleLevel,
      Degree,
      Capacity,
      BrokerGrade,
      Responsible,
      OwnMembership,
      Decline,
      Delegation,
      Outside,
      NextStep,
      Visit,
      Interview,
      IntakeField,
      IntakeLineContent: LineContent,
      StatedValue,
      Fit,
      Gap,
      Willingness,
      ExclusionChange: Change,
      DetectedCode,
      BlindPair,
      QualityInterval,
    }),
  )
  for (const pages of [
    languagePages(),
    displayPages(),
    designPages(),
    // Before the page of a code, which any other word in its place names.
    identityPages(auth, identity),
    accountPages(auth, demo, identity),
    ownPages(auth, identity),
    recoveryPages(auth),
    phonePages(auth),
    memberPages(),
    invitationPages(),
    savedViewPages(),
    marketPages(),
    feedPages(),
    crawlerPages(),
    exclusionPages(),
    matchingPages(),
    outlookPages(),
    // Before all that is looked at of a demand.
    mergedPages(),
    demandPages(),
    demandEditPages(),
    proposalPages(),
    linkPages(),
    ownOfferingPages(),
    invitingPages(),
    offeringPages(),
    directoryPages(),
    profilePages(),
    evidencePages(),
    attachmentPages(),
    organisationPages(),
    enrolmentPages(),
    vettingPages(),
    personPages(auth),
    disclosurePages(),
    pairingPages(),
    askingPages(),
    invitedPages(),
    inboxPages(),
    requestPages(),
    todayPages(),
    boardPages(),
    casePages(),
    movePages(),
    outsidePages(),
    shortlistPages(),
    comparePages(),
    chosenPages(),
    contactPages(),
    visitPages(),
    visitEditPages(),
    diagnosisPages(),
    // Before the page of a file, which any other word in its place names.
    callPages(),
    intakePages(),
    qualityPages(),
    twinsPages(),
  ])
    app.route('/', pages)
  app.get('/docs', (c) =>
    c.html(
      <>
        {raw('<!doctype html>')}
        {swaggerPage()}
      </>,
    ),
  )
  // A route and no `notFound`: a server that mounts this application inside its own keeps routes only.
  app.all('*', () => {
    throw new Problem('not-found')
  })
  return app
}
