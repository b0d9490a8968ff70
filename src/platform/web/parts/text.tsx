import { type Child, createContext, useContext } from 'hono/jsx'
import type { Locale } from '../../i18n/words.ts'
import { Actions } from './buttons.tsx'

/** The level of a card's title: under the page's own, or under that of a section. */
export type CardHeading = 'h2' | 'h3'

/** The language of what a person wrote, where it is not the page's: for screen readers and fonts. */
export function langOf(text: string, locale: Locale): string | undefined {
  const isChinese = /\p{Script=Han}/u.test(text)
  if (isChinese) return locale === 'zh-CN' ? undefined : 'zh-CN'
  return locale === 'en' || !/[A-Za-z]{3}/.test(text) ? undefined : 'en'
}

/** The language of the page that is drawn, for parts that are given texts and no view. */
export const PageLocale = createContext<Locale>('zh-CN')

/** A sentence of ours in which words of somebody's may stand: on an English page each run of Chinese says that it is one. */
export function Mixed({ text }: { text: string }) {
  if (useContext(PageLocale) === 'zh-CN') return <>{text}</>
  // Marks between two words of Chinese belong to them.
  return (
    <>{text.split(/(\p{Script=Han}(?:.*\p{Script=Han})?)/u).map((part, at) => (at % 2 === 1 ? <span lang="zh-CN">{part}</span> : part))}</>
  )
}

const mixed = (value: Child) => (typeof value === 'string' ? <Mixed text={value} /> : value)

/** A few words that a person wrote. */
export function Written({ text, locale }: { text: string; locale: Locale }) {
  return <span lang={langOf(text, locale)}>{text}</span>
}

/** A text that a person wrote, its lines as paragraphs. */
export function Paragraphs({ text, locale }: { text: string; locale: Locale }) {
  return (
    <div class="prose" lang={langOf(text, locale)}>
      {text
        .split(/\n+/)
        .filter((line) => line.trim() !== '')
        .map((line) => (
          <p>{line}</p>
        ))}
    </div>
  )
}

export function Tag({ tone = 'plain', children }: { tone?: 'plain' | 'good' | 'busy' | 'quiet' | 'wood'; children?: Child }) {
  return <span class={`tag ${tone}`}>{children}</span>
}

/** Short texts beside each other, such as keywords. */
export function Chips({ texts, locale }: { texts: readonly string[]; locale: Locale }) {
  if (texts.length === 0) return null
  return (
    <ul class="chips">
      {texts.map((text) => (
        <li lang={langOf(text, locale)}>{text}</li>
      ))}
    </ul>
  )
}

export function Notice({ tone = 'plain', children }: { tone?: 'plain' | 'warn'; children?: Child }) {
  return <div class={`notice ${tone}`}>{children}</div>
}

/** Names with their values; a row without a value is left out. */
export function Rows({ rows }: { rows: readonly (readonly [string, Child])[] }) {
  const stated = rows.filter(([, value]) => value !== null && value !== undefined && value !== '')
  if (stated.length === 0) return null
  return (
    <dl class="rows">
      {stated.map(([name, value]) => (
        <div>
          <dt>{name}</dt>
          <dd>{mixed(value)}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Small facts in one line under a title; empty ones are left out. */
export function Facts({ facts }: { facts: readonly Child[] }) {
  return (
    <ul class="facts">
      {facts
        .filter((fact) => fact !== null && fact !== undefined && fact !== '')
        .map((fact) => (
          <li>{mixed(fact)}</li>
        ))}
    </ul>
  )
}

/** A part of a page with its heading; nothing where there is nothing to show. */
export function Section({ title, id, children }: { title: string; id?: string; children?: Child }) {
  return (
    <section {...(id && { id })}>
      <h2>
        <Mixed text={title} />
      </h2>
      {children}
    </section>
  )
}

/** A text under its heading, if there is one. */
export function TextSection({ title, text, locale }: { title: string; text: string | null; locale: Locale }) {
  if (text === null) return null
  return (
    <Section title={title}>
      <Paragraphs text={text} locale={locale} />
    </Section>
  )
}

/** Where there is nothing: what to do next. */
export function Empty({ title, text, children }: { title: string; text: string; children?: Child }) {
  return (
    <div class="empty">
      <h2>{title}</h2>
      <p>{text}</p>
      <Actions>{children}</Actions>
    </div>
  )
}

/** A text that its reader will copy; on a phone a long touch takes all of it. */
export function CopyText({ label, text, id = 'copy' }: { label: string; text: string; id?: string }) {
  return (
    <div class="field">
      <label for={id}>
        <Mixed text={label} />
      </label>
      <textarea id={id} rows={7} readonly>
        {text}
      </textarea>
    </div>
  )
}
