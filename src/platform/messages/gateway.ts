import { log } from '../log.ts'
import { type Outgoing, OutgoingFailed } from '../outgoing/outgoing.ts'
import { Problem } from '../problem.ts'
import { type GatewaySettings, isMail, type Message, type Messenger, textOf } from './messenger.ts'

/** Short messages by one gateway and e-mail by another. */
export function byChannel(short: Messenger, mail: Messenger): Messenger {
  return {
    reaches: short.reaches,
    send: (message) => (isMail(message) ? mail : short).send(message),
    forget: async (isToGo) => (await short.forget(isToGo)) + (await mail.forget(isToGo)),
  }
}

/** The gateways that are set, each for its own; what has none reaches nobody. */
export function gateways({ short, mail }: { short: GatewaySettings | null; mail: GatewaySettings | null }, outgoing: Outgoing): Messenger {
  const of = (settings: GatewaySettings | null) => (settings === null ? unreachable : gateway(settings, outgoing))
  return byChannel(of(short), of(mail))
}

/** Posts each message as JSON to a gateway: any that takes an address, headers and a body by configuration. */
export function gateway({ url, headers, body, timeoutMs }: GatewaySettings, outgoing: Outgoing): Messenger {
  return {
    reaches: 'people',
    async send(message) {
      const { status } = await outgoing({
        url,
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(filledIn(body, fieldsOf(message))),
        timeoutMs,
        // Its answer may repeat the message, and the code with it: it is not read.
        bytesAtMost: null,
      }).catch((error) => {
        if (!(error instanceof OutgoingFailed)) throw error
        log('error', 'a message could not be sent', { error: error.message })
        throw new Problem('not-sent', { reason: error.reason }, { cause: error })
      })
      if (status < 200 || status > 299) throw new Problem('not-sent', { gatewayStatus: status })
    },
    forget: async () => 0,
  }
}

/** Where no gateway is set and there is no folder: says so to whoever wants something sent. */
export const unreachable: Messenger = {
  reaches: 'nobody',
  async send() {
    throw new Problem('not-ready', { missing: ['messenger'] })
  },
  forget: async () => 0,
}

function fieldsOf(message: Message): Record<string, string> {
  const { to, kind, facts } = message
  const fields = { ...facts, to, number: to.replace(/^\+86/, ''), kind, text: textOf(message) }
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]))
}

/** The same JSON with its texts filled in; a field that the message does not have stays as it stands. */
function filledIn(template: unknown, fields: Record<string, string>): unknown {
  if (typeof template === 'string') return template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => fields[name] ?? whole)
  if (Array.isArray(template)) return template.map((each) => filledIn(each, fields))
  if (typeof template !== 'object' || template === null) return template
  return Object.fromEntries(Object.entries(template).map(([name, member]) => [name, filledIn(member, fields)]))
}
