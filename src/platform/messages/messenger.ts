import { type Locale, type Words, wordsOf } from '../i18n/words.ts'

/** What is told to one person. `facts` may hold a code: a message is sent, never logged. */
export interface Message {
  /** A mobile number as `+8613800000000`, or an e-mail address. */
  to: string
  kind: keyof Words['message']
  locale: Locale
  facts: Record<string, string | number>
}

/** Takes messages to people: an outbox folder, a gateway, or nobody. */
export interface Messenger {
  /** Whether messages reach people; an outbox keeps them for whoever runs the market. */
  readonly reaches: 'people' | 'outbox' | 'nobody'
  send(message: Message): Promise<void>
  /** Deletes what it keeps of messages that were sent, where this says so of them; how many. What was handed on it does not have. */
  forget(isToGo: (kept: Pick<Message, 'to'> & { at: string }) => boolean): Promise<number>
}

export const isMail = ({ to }: Pick<Message, 'to'>): boolean => to.includes('@')

/** How a gateway for messages is spoken to. */
export interface GatewaySettings {
  url: string
  headers: Record<string, string>
  /** JSON, whose texts may hold `{to}`, `{number}` (without +86), `{kind}`, `{text}`, and `{code}`, `{link}` and the like from the message's facts. */
  body: unknown
  timeoutMs: number
}

/** A message as its reader gets it. */
export function textOf({ kind, locale, facts }: Message): string {
  return wordsOf(locale).message[kind](facts)
}
