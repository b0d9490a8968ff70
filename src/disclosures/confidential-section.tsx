import { Button } from '../platform/web/parts/buttons.tsx'
import { Notice, Paragraphs, Section } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import type { Standing } from './actions.ts'
import { terms } from './disclosure.ts'

interface ConfidentialSectionProps {
  view: View
  listing: { id: string; confidential: string | null; hasConfidential: boolean; reading: 'whole' | 'teaser' }
  standing: Standing
}

/** What is confidential, or the way to it; for the owner, who may read it. */
export function ConfidentialSection({ view, listing, standing }: ConfidentialSectionProps) {
  const { disclosure: words } = view.words
  const { id, confidential, hasConfidential, reading } = listing
  const isKept = hasConfidential || reading === 'teaser'
  const isShut = confidential === null && isKept
  if (!isKept && !standing.disclosures?.length) return null
  return (
    <Section id="confidential" title={words.title}>
      {confidential !== null && <Paragraphs text={confidential} locale={view.locale} />}
      {isShut && standing.mayAgree && <Terms view={view} id={id} />}
      {isShut && standing.mayOpen && <Opening view={view} id={id} />}
      {isShut && !standing.mayAgree && !standing.mayOpen && <Notice>{words.shut}</Notice>}
      {standing.disclosures !== null && <Readers view={view} standing={standing} id={id} />}
    </Section>
  )
}

function Terms({ view, id }: { view: View; id: string }) {
  const { disclosure: words } = view.words
  return (
    <>
      <p>{words.lead}</p>
      <details class="more">
        <summary>{words.terms(terms.version)}</summary>
        <ol>
          {terms[view.locale === 'en' ? 'en' : 'zh'].map((clause) => (
            <li>{clause}</li>
          ))}
        </ol>
      </details>
      <form method="post" action="/disclosures">
        <input type="hidden" name="subjectId" value={id} />
        <input type="hidden" name="textVersion" value={terms.version} />
        <Button>{words.accept}</Button>
      </form>
    </>
  )
}

function Opening({ view, id }: { view: View; id: string }) {
  const { disclosure: words } = view.words
  return (
    <form method="post" action="/openings" class="stack">
      <input type="hidden" name="subjectId" value={id} />
      <p>{words.openLead}</p>
      <label>
        {words.reason}
        <textarea name="reason" rows={2} required minlength={4} />
      </label>
      <Button tone="plain">{words.open}</Button>
    </form>
  )
}

function Readers({ view, standing, id }: { view: View; standing: Standing; id: string }) {
  const { disclosure: words, units } = view.words
  return (
    <details class="more" open={standing.disclosures!.length > 0}>
      <summary>{words.readers(standing.disclosures!.length)}</summary>
      <ul class="stack">
        {standing.disclosures!.map((disclosure) => (
          <li>
            {disclosure.readerName ?? words.operator}{' '}
            <span class="quiet">
              {[
                words.kinds[disclosure.kind],
                units.day(view.dayOf(disclosure.createdAt)),
                disclosure.reason,
                words.states[disclosure.state],
              ]
                .filter((part) => part !== null)
                .join(' · ')}
            </span>
            {standing.mayEnd && disclosure.state === 'standing' && (
              <form method="post" action="/disclosures/ending">
                <input type="hidden" name="subjectId" value={id} />
                <Button tone="plain" name="id" value={disclosure.id}>
                  {words.end}
                </Button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
