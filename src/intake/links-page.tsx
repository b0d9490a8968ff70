import { may, permit } from '../accounts/permissions.ts'
import { askForConfirmation } from '../demands/actions/confirmation.ts'
import { demandRelations } from '../demands/actions.ts'
import { demands } from '../demands/store.ts'
import { enterprises } from '../directory/store.ts'
import type { AppContext } from '../platform/web/context.ts'
import { answerPage, Page } from '../platform/web/page.tsx'
import { CopyText, Empty, Section, Written } from '../platform/web/parts/text.tsx'
import { type View, viewOf } from '../platform/web/view.ts'
import { listLines, readIntake } from './actions/receive.ts'
import { type IntakeView, linesAtMost } from './intake.ts'

/** What is to be sent to one firm. */
interface Message {
  enterprise: string
  contact: string
  items: { title: string; link: string }[]
}

/** Makes a link for each demand of a file that its enterprise has not confirmed, and shows them this once, by enterprise. */
export async function linksPage(c: AppContext) {
  const { ports, actor } = c.var
  const id = c.req.param('id')!
  const intake = await readIntake(ports, actor, id)
  permit(actor, 'intake.receive')
  const lines = await listLines(ports, actor, id, { states: ['drafted', 'merged'], limit: 2 * linesAtMost })
  const ids = [...new Set(lines.flatMap(({ demandId }) => demandId ?? []))]
  const waiting = (await demands.findMany(ports.database, ids)).filter((demand) => {
    const { confirmation, onBehalfOf, state } = demand
    const isOpen = confirmation === null && onBehalfOf !== null && ['draft', 'vetting', 'published'].includes(state)
    return isOpen && may(actor, 'demand.request-confirmation', demandRelations(actor, demand))
  })
  const messages = new Map<string, Message>()
  for (const { id, enterpriseId, title } of waiting) {
    const { link } = await askForConfirmation(ports, actor, id)
    // As the file has it: what the demand says of people is not everybody's to read.
    const read = lines.find(({ demandId }) => demandId === id)?.content?.contact
    const contact = [read?.name, read?.phone].filter(Boolean).join(' · ')
    const known = messages.get(enterpriseId) ?? {
      enterprise: (await enterprises.find(ports.database, enterpriseId))?.name ?? '',
      contact,
      items: [],
    }
    messages.set(enterpriseId, { ...known, contact: known.contact || contact, items: [...known.items, { title, link }] })
  }
  return answerPage(c, <LinksPage view={viewOf(c)} intake={intake} messages={[...messages.values()]} />)
}

function LinksPage({ view, intake, messages }: { view: View; intake: IntakeView; messages: readonly Message[] }) {
  const { links: words } = view.words.intake
  return (
    <Page view={view} title={words.title}>
      <p>
        <a class="back" href={`/intake/${intake.id}`}>
          <Written text={intake.name} locale={view.locale} />
        </a>
      </p>
      <h1>{words.title}</h1>
      {messages.length === 0 ? (
        <Empty title={words.title} text={words.none} />
      ) : (
        <>
          <p class="lead">{words.madeLead}</p>
          {messages.map(({ enterprise, contact, items }, at) => (
            <Section title={enterprise}>
              {contact !== '' && (
                <p>
                  <Written text={words.to(contact)} locale={view.locale} />
                </p>
              )}
              <CopyText
                id={`copy-${at}`}
                label={words.copy(enterprise)}
                text={words.message(enterprise, items.map(({ title, link }) => words.item(title, link)).join('\n'))}
              />
            </Section>
          ))}
        </>
      )}
    </Page>
  )
}
