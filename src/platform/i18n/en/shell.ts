import type { Words } from '../words.ts'

export const shell: Words['shell'] = {
  product: 'Sunmao',
  market: 'Technology market',
  skip: 'Skip to content',
  nav: {
    label: 'Main',
    home: 'Home',
    demands: 'Demands',
    offerings: 'Results',
    experts: 'Experts',
    institutions: 'Institutions',
    post: 'Post a demand',
    vetting: 'Vetting',
    myDemands: 'My demands',
    mine: 'My enterprise',
    desk: 'To do',
  },
  menu: { own: 'Account', visitor: 'Menu' },
  otherLanguage: { name: '中文', code: 'zh-CN' },
  display: {
    label: 'Appearance',
    theme: { auto: 'Same as device', light: 'Light', dark: 'Dark' },
    size: { standard: 'Standard text', large: 'Larger text' },
  },
  demonstration: 'Demonstration data',
  demonstrationNote: 'All enterprises, institutions and people are invented; leads from the literature are published abstracts.',
  outbox:
    'This market has no gateway for text messages and e-mail yet: messages are kept in the outbox folder on the server and reach no phone or mailbox.',
  visiting: (name) => `Until you sign in to this demonstration, you are browsing as ${name}.`,
  degraded: 'Matching by meaning is not available at present; matching is by text alone.',
  footer: {
    purpose: 'Sunmao brings the technical problems of enterprises to the results and experts that can solve them.',
    docs: 'API documentation',
    openapi: 'OpenAPI description',
    licence: 'Open source under Apache-2.0',
  },
  problem: {
    status: (status) => `Error ${status}`,
    requestId: 'Request ID',
    home: 'Go to the home page',
    demands: 'See the demands',
    search: 'Search',
    kept: {
      title: 'What you wrote is still here',
      again: 'Nothing is lost: send it again as it is, or open it to copy it.',
      afterSigningIn: 'Nothing is lost: sign in in a new tab, then come back here and send it.',
      signIn: 'Sign in in a new tab',
      send: 'Send again',
      read: 'See what you wrote',
      file: 'Please choose the file again',
    },
  },
}

export const units: Words['units'] = {
  amount: (fen) => `CNY ${yuan(fen)}`,
  amountFrom: (fen) => `from CNY ${yuan(fen)}`,
  amountUpTo: (fen) => `up to CNY ${yuan(fen)}`,
  amountRange: (minFen, maxFen) => `CNY ${yuan(minFen)}–${yuan(maxFen)}`,
  count: (count) => decimal.format(count),
  day: (day) => date.format(new Date(`${day}T00:00:00Z`)),
  dayOrYear: (day) => {
    if (day.length === 4) return day
    return (day.length === 7 ? month : date).format(new Date(`${day.slice(0, 7)}-${day.slice(8) || '01'}T00:00:00Z`))
  },
  tenDays: (day) => {
    const part = day.endsWith('01') ? 'early' : day.endsWith('11') ? 'mid' : 'late'
    return `${part} ${month.format(new Date(`${day}T00:00:00Z`))}`
  },
  daysLeft: (days) => (days < 0 ? 'expired' : days === 0 ? 'closes today' : days === 1 ? '1 day left' : `${days} days left`),
  list: (items) => items.join(', '),
  withNote: (value, note) => `${value} (${note})`,
  colon: ': ',
  notStated: 'Not stated',
}

const decimal = new Intl.NumberFormat('en', { maximumFractionDigits: 2 })
const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
const yuan = (fen: number) => decimal.format(fen / 100)
