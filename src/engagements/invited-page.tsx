import { Hono } from 'hono'
import { visitor } from '../accounts/actor.ts'
import { blankForm, doneOrForm, writtenFields } from '../accounts/form.ts'
import { demandTitle } from '../demands/demand-card.tsx'
import { DemandDetail } from '../demands/demand-page.tsx'
import { parseInput } from '../platform/input.ts'
import type { AppContext, Env } from '../platform/web/context.ts'
import { answerPage, Page } from '../platform/web/page.tsx'
import { Actions, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { ErrorSummary, type FormState } from '../platform/web/parts/fields.tsx'
import { Notice, Paragraphs, Section, Written } from '../platform/web/parts/text.tsx'
import { type View, viewOf } from '../platform/web/view.ts'
import { type OpenInvitation, openInvitation, replyToInvitation } from './actions/invitation.ts'
import { type Invitation, InvitationReply } from './invitation.ts'
import { NotForMeForm, namedReply, ReferForm, replyFields, replyIn, TalkForm } from './parts/reply-forms.tsx'

/**
 * Where the link of an invitation leads. Whoever has its address acts by it, signed in or not: no cookie is asked for, so that no other
 * site could use one.
 */
export function invitedPages() {
  return new Hono<Env>()
    .get('/links/asked/:secret', (c) => invitedPage(c, blankForm))
    .post('/links/asked/:secret', async (c) => {
      const fields = await writtenFields(c)
      const { sides } = await openInvitation(c.var.ports, c.req.param('secret'))
      const done = await doneOrForm(viewOf(c).words, fields, replyFields, async () =>
        replyToInvitation(c.var.ports, c.req.param('secret'), parseInput(InvitationReply, replyIn(fields))),
      )
      if ('form' in done) return invitedPage(c, namedReply(done.form, fields.answer))
      return thanksPage(c, fields.answer ?? '', sides.supply.kind === 'expert' ? sides.supply.noun.id : null, done.done)
    })
}

async function invitedPage(c: AppContext, form: FormState) {
  const opened = await openInvitation(c.var.ports, c.req.param('secret')!)
  const status = Object.keys(form.messages).length > 0 ? 422 : 200
  return answerPage(c, <InvitedPage view={{ ...viewOf(c), actor: visitor }} form={form} {...opened} />, status)
}

/** Who is asked reads his own name, not the mask that others see. */
function nameOf({ supply }: OpenInvitation['sides']): string {
  return supply.kind === 'offering' ? supply.noun.title : supply.noun.name
}

function InvitedPage({ view, form, invitation, demand, sides }: OpenInvitation & { view: View; form: FormState }) {
  const { invited: words, pairing } = view.words.engagement
  const { locale } = view
  const labels = {
    name: words.name.label,
    phone: words.phone.label,
    referrer: words.name.label,
    referred: words.referred.label,
    institution: words.institution.label,
    referNote: words.referNote.label,
    code: pairing.refusal.reason,
    why: pairing.refusal.note.label,
  }
  return (
    <Page view={view} title={words.title}>
      <h1>{words.title}</h1>
      <p class="lead">
        <Written text={words.lead(nameOf(sides))} locale={locale} />
      </p>
      <Notice>
        <p>{words.until(view.words.units.day(view.dayOf(invitation.expiresAt)))}</p>
        <p>{words.only}</p>
      </Notice>
      <Actions>
        <ButtonLink tone="plain" href="#talk">
          {words.yes}
        </ButtonLink>
        <ButtonLink tone="plain" href="#refer">
          {words.refer}
        </ButtonLink>
        <ButtonLink tone="plain" href="#decline">
          {words.no}
        </ButtonLink>
      </Actions>
      {invitation.note !== null && (
        <Section title={words.fromBroker}>
          <Paragraphs text={invitation.note} locale={locale} />
        </Section>
      )}
      <ErrorSummary view={view} form={form} labels={labels} />
      <section>
        <h2>
          <Written text={demandTitle(demand, view)} locale={locale} />
        </h2>
        <DemandDetail {...{ view, demand, enterprise: null, broker: null }} />
      </section>
      <div class="narrow answers">
        <Section title={words.yes} id="talk">
          <p>{words.yesLead}</p>
          <TalkForm view={view} form={form} />
        </Section>
        <Section title={words.refer} id="refer">
          <p>{words.referLead}</p>
          <ReferForm view={view} form={form} />
        </Section>
        <Section title={words.no} id="decline">
          <p>{words.noLead}</p>
          <NotForMeForm view={view} form={form} />
        </Section>
      </div>
    </Page>
  )
}

function thanksPage(c: AppContext, answer: string, expertId: string | null, { state }: Invitation) {
  const view = viewOf(c)
  const { invited: words } = view.words.engagement
  const said = state === 'accepted' ? (answer === 'call' ? 'call' : 'talk') : state === 'referred' ? 'refer' : 'decline'
  return answerPage(
    c,
    <Page view={view} title={words.thanks}>
      <div class="narrow">
        <h1>{words.thanks}</h1>
        <p class="lead">{words.thanksFor[said]}</p>
        {expertId !== null && (
          <>
            <p>{words.also}</p>
            <Actions>
              <ButtonLink tone="plain" href={`/experts/${expertId}`}>
                {words.claim}
              </ButtonLink>
            </Actions>
          </>
        )}
      </div>
    </Page>,
  )
}
