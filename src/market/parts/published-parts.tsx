import { raw } from 'hono/html'
import { QrCode } from '../../platform/web/parts/qr-code.tsx'
import { Section } from '../../platform/web/parts/text.tsx'
import type { View } from '../../platform/web/view.ts'
import type { Published, Thing } from './published.ts'

/** What search engines and messengers read of a listing, in the head of its page. */
export function PublishedHead({ view, published }: { view: View; published: Published | null }) {
  if (published === null) return null
  const { address, title, text, thing } = published
  const { shell } = view.words
  return (
    <>
      <link rel="canonical" href={address} />
      {text !== null && <meta name="description" content={shortened(text)} />}
      <meta property="og:title" content={title} />
      <meta property="og:type" content="website" />
      <meta property="og:url" content={address} />
      <meta property="og:site_name" content={`${shell.product}${view.locale === 'en' ? ' ' : ''}${shell.market}`} />
      <script type="application/ld+json">{raw(written(thing))}</script>
    </>
  )
}

/** The page to go: its address as a code for a phone, and in letters, which is what paper keeps of it. */
export function TakeAlong({ view, published }: { view: View; published: Published | null }) {
  if (published === null) return null
  const { takeAlong } = view.words.listing
  return (
    <Section title={takeAlong.title}>
      <div class="take-along">
        <QrCode text={published.address} label={takeAlong.code} />
        <p class="small">
          {takeAlong.address}
          <br />
          <span class="secret">{published.address}</span>
        </p>
      </div>
    </Section>
  )
}

const longestDescription = 160

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  const characters = [...line]
  return characters.length <= longestDescription ? line : `${characters.slice(0, longestDescription - 1).join('')}…`
}

/** As JSON in which nothing ends the script or begins a comment, whatever somebody wrote. */
function written(thing: Thing): string {
  const known = (_name: string, value: unknown) =>
    value === null ? undefined : Array.isArray(value) ? value.filter((each) => each !== null) : value
  return JSON.stringify({ '@context': 'https://schema.org', ...thing }, known).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
