import { access } from './en/access.ts'
import { account, message } from './en/account.ts'
import { attachment, attachmentFaults } from './en/attachment.ts'
import { demand, demandForm, visibilities } from './en/demand.ts'
import { design } from './en/design.ts'
import { disclosure } from './en/disclosure.ts'
import { engagement } from './en/engagement.ts'
import { intake } from './en/intake.ts'
import { listing, market, search } from './en/listing.ts'
import { matching } from './en/matching.ts'
import { organisation } from './en/organisation.ts'
import { ownDemand } from './en/own-demand.ts'
import { privacy } from './en/privacy.ts'
import { profile } from './en/profile.ts'
import { shell, units } from './en/shell.ts'
import { directory, evidenceLevels, offering } from './en/supply.ts'
import { terminal } from './en/terminal.ts'
import { twins } from './en/twins.ts'
import { unfinished } from './en/unfinished.ts'
import { vetting } from './en/vetting.ts'
import { diagnosis, visit } from './en/visit.ts'
import { works } from './en/works.ts'
import type { Words } from './words.ts'

const faults: Record<string, string | ((facts: Record<string, string | number>) => string)> = {
  required: 'Required',
  'unknown-field': 'There is no such field; check the spelling',
  'invalid-type': 'Wrong type',
  'invalid-value': ({ values }) => (values ? `Must be one of: ${values}` : 'Not an allowed value'),
  'invalid-format': 'Wrong format',
  'invalid-union': 'Fits none of the allowed forms',
  'too-small': ({ minimum, origin }) => (origin === 'string' ? `At least ${minimum} characters` : `Must not be below ${minimum}`),
  'too-big': ({ maximum, origin }) =>
    origin === 'string'
      ? `At most ${maximum} characters`
      : origin === 'array'
        ? `At most ${maximum} items`
        : `Must not be above ${maximum}`,
  'too-deep': ({ maximum }) => `Nested too deeply: at most ${maximum} levels`,
  'unstorable-text': 'Contains characters that cannot be kept (NUL or half of a pair); remove them and try again',
  'unknown-code': 'The code list has no such code',
  'wrong-scheme': 'The wrong code list',
  'unknown-reference': 'What it refers to does not exist',
  'day-to-come': ({ today }) => `That day is still to come (today is ${today}); give today or an earlier day`,
  'past-day': ({ today }) => `The day has passed (today is ${today}); give today or a later day`,
  'below-minimum': 'The upper bound must not be below the lower one',
  fixed: 'Cannot be changed any more',
  twice: 'The same candidate was chosen twice',
  'not-for-leads': 'A lead from the literature has no owner who could say this; leave it out',
  'not-for-this-role': 'This role acts for the market as a whole and for no subject; leave it out',
  telling: ({ kind, words }) =>
    kind === 'profile'
      ? `The enterprise itself publishes “${words}”, and hardly anybody else does: it may tell whose it is`
      : `“${words}” may tell whose it is`,
  'not-mergeable': 'Only two different profiles of one kind can be merged',
  'merged-away': 'It was merged into another one itself: give that one',
  'not-an-amount': 'Write a number in units of CNY 10,000, such as 30 or 12.5',
  'unreadable-file': 'The file cannot be read: it must be of an accepted format, without a password, and not damaged',
  'no-needs-found': 'No needs were found in the file: check that it names firms and what they need, or enter them one by one',
  'no-rows': 'The file has no rows of data',
  'no-works-found': 'Nothing was found: it must be BibTeX, or csv whose first line names the columns, one of them “Title”',
  'nothing-new': 'There is nothing new to take in',
  'nothing-chosen': 'Choose at least one',
  'text-changed': 'The text was changed after it had been read. Below is what it says now; check it and take it in',
  'unclosed-entry': 'The entry has no end: check that braces and quotation marks come in pairs',
  'grows-too-long': 'Its @string definitions grow too long',
  'too-many-cells': 'The line has more cells than the header: look for a comma without quotation marks',
  'open-quotation': 'A quotation mark is left open: check the marks of this line',
  'unknown-sheet': ({ sheet, sheets }) => `There is no sheet “${sheet}”; the file has: ${sheets}`,
  'below-itself': 'A unit cannot stand below itself',
  'either-offering-or-title': 'Either refer to an offering or give a title, not both',
  'text-of-offering': 'It refers to an offering, whose text stands for it: leave the abstract out',
  'not-a-phone': 'Give a mobile number of mainland China with eleven digits, such as 13800138000',
  'wrong-code': 'This is not the code; check it and try again',
  'code-expired': 'The code is no longer valid; ask for another one',
  'too-many-tries': 'Too many wrong tries: the code is no longer valid; ask for another one',
  'not-an-email': 'Give a whole e-mail address, such as wang@example.com',
  'wrong-current-password': 'This is not your current password',
  'wrong-password': 'The address or the password is wrong',
  'weak-password': 'This password is easy to guess: avoid common words, runs of digits, and your own number or address',
  'email-taken': 'This address cannot be used; take another one',
  'sign-in-again': 'Give your present password; if you have none, sign out, sign in again and come back',
  'phone-taken': 'Another account has this number: sign in with it, or ask the operator of the market',
  'not-a-contact': 'Give a mobile number of mainland China or a whole e-mail address',
  'beyond-own': 'It cannot be more than you may do yourself',
  'sent-just-now': ({ seconds }) => `A code was sent a moment ago; ask again in ${seconds} seconds`,
  'already-completer': 'This expert is among its completers already',
  'consent-required': 'Your agreement is needed: please tick it',
  'already-listed': 'There is a profile of that name already: please see the ones below',
  'institution-needed': 'Please say where you work, or tick the box below',
  'institution-unlisted': 'The directory has no such institution: choose one from the list, or tick the box below',
  'not-in-directory': 'The directory has no such institution: choose one from the list, or leave it empty',
  'consent-withdrawn': 'The person has taken back the consent to be shown: the profile cannot be made visible again',
  'not-confirmed': 'Please tick it first',
  'nothing-changed': 'Nothing was changed: change at least one field',
  'nothing-answered': 'No question is answered; answer one at least',
  'not-a-visit': 'Only a visit has the sheet of a visit',
  'no-proof': 'Give the code or the password',
  ...attachmentFaults,
}

/** Why a step is not possible, where the state alone does not say it. */
const standing: Record<string, (count: number) => string> = {
  'views-full': (count) => `At most ${count} views are kept. Delete one that you do not need.`,
  'last-operator': () => privacy.erasure.lastOperator,
  'last-manager': () => 'Somebody has to be left who can manage the members: make another one first.',
  'said-otherwise': () =>
    'The name or the institution has changed since this was asked, so it cannot be granted. The person can ask again.',
  'no-proposal': () => 'No rewording waits for an answer.',
  'propose-instead': () => 'The enterprise wrote or confirmed these words. Propose a rewording, and let the enterprise decide.',
  'file-gone': () => 'What stood in the file has been deleted on schedule.',
  'lines-decided': () => 'Needs of this file have become demands, so it cannot be removed as a whole.',
  'other-enterprise': () => 'This need is of another enterprise and cannot be merged with it.',
  'two-enterprises': () =>
    'The two demands belong to two enterprises and cannot be merged. If it is one enterprise, have the operator merge the two profiles first.',
  'one-hidden': () => twins.merging.oneHidden,
  'published-stays': () => 'The other one is open already: let it stay. Merged into one that is not published, it would vanish from sight.',
  'happened-since': () => 'Something has happened since the merger; it cannot be undone any more.',
  'not-merged': () => 'This demand was not merged into another one.',
  'too-many-documents': (count) => `Together the two have more than ${count} documents. Remove those that are not needed, then merge.`,
  'own-demand': () => 'The enterprise entered this demand itself, so there is nothing to confirm.',
  unavailable: () =>
    'The other side cannot be approached at present, and this pairing is not proposed any more. Please look at other candidates.',
  answered: () => 'The enterprise has answered this list already. Please make another one.',
  'first-step': () => 'This is the first step; there is none before it to go back to.',
  'no-next-step': () => 'This record has no next step.',
  'already-assigned': () => 'It has a broker already; ask the operator to change that.',
  'changed-since': (count) => `Rows changed since the import: ${count}. Undoing would lose these changes; see to them first.`,
  'too-many-attachments': (count) => `It has ${count} documents, which is the most. Remove one that is not needed first.`,
  'referred-to': (count) => `Objects that refer to this import: ${count}. Undoing would leave them pointing at nothing; see to them first.`,
}

/** What is wanting, where waiting does not help, or something else does. */
const notReady: Record<string, string> = {
  messenger: 'This market has no gateway for such messages yet, and nothing that you wrote was saved. Tell the operator of the market.',
  address: 'This market has not been told its public address, so it cannot make links. Tell the operator of the market.',
  'second-factor':
    'The second factor was sealed with another secret of the market (SUNMAO_SECRET) and cannot be read. The operator brings back the old file of the secret, or resets it with sunmao account drop-second-factor.',
  identity: 'The identity service cannot be reached. Try again shortly, or sign in by mobile number.',
}

const states: Record<string, string> = {
  ...organisation.verification.states,
  ...organisation.desk.mergerStates,
  ...demand.states,
  ...engagement.states,
  merged: 'merged',
  ...disclosure.states,
}
const stateName = (state: unknown) => states[String(state)] ?? (state == null ? 'unknown' : String(state))

/** What was to be done to several at once. */
const hinderedBy = (count: number) =>
  `${count} of them cannot be moved now; nothing was changed. Leave ${count === 1 ? 'it' : 'them'} out, or reload and try again.`

/** How long to wait, in the unit that people count it by; rounded up. */
const span = (seconds: number) =>
  seconds === 1
    ? '1 second'
    : seconds <= 120
      ? `${seconds} seconds`
      : seconds <= 7200
        ? `${Math.ceil(seconds / 60)} minutes`
        : `${Math.ceil(seconds / 3600)} hours`

export const en: Words = {
  shell,
  units,
  account,
  access,
  message,
  attachment,
  market,
  search,
  listing,
  demand,
  demandForm,
  ownDemand,
  visibilities,
  offering,
  evidenceLevels,
  directory,
  matching,
  organisation,
  unfinished,
  vetting,
  privacy,
  profile,
  disclosure,
  engagement,
  visit,
  diagnosis,
  intake,
  twins,
  works,
  design,
  terminal,
  problem: {
    'malformed-request': {
      title: 'This is not HTTP',
      detail: 'The server cannot read the request. Check the client, or the proxy between, and try again.',
    },
    'invalid-json': { title: 'The body is not valid JSON', detail: 'Check brackets, quotes and commas, then send it again.' },
    'bad-cursor': { title: 'The cursor is not valid', detail: 'Start again from the first page.' },
    'not-signed-in': {
      title: 'Please sign in',
      detail: ({ reason }) =>
        reason === 'unknown-token'
          ? 'This key or token is not valid: it may be mistyped, or have been ended. Keys are made at /account/keys; the operator issues tokens with sunmao token create.'
          : 'Sign in with your mobile number and try again. A program sends a valid key in the Authorization header (Bearer …); keys are made at /account/keys.',
    },
    'token-expired': { title: 'The token has expired', detail: 'Ask the operator for a new one.' },
    'session-ended': {
      title: 'You have been signed out',
      detail: 'Sessions end after a time without use. Please sign in again and send this once more; what you wrote is kept below.',
    },
    'not-permitted': {
      title: 'Not permitted',
      detail: ({ reason, scope }) =>
        reason === 'other-recipient'
          ? access.invitation.other
          : reason === 'scope'
            ? `This key does not have the scope ${scope}. Make one that has it at “API keys”.`
            : 'Your role may not do this. Ask the operator of the market if you need to.',
    },
    'second-factor-required': {
      title: 'A second step is needed',
      detail: 'Your account has to pass two-step verification before it may do anything else.',
    },
    'consent-required': {
      title: 'Your agreement is needed',
      detail: 'Read how personal data is handled and decide whether you agree, then try again.',
    },
    'not-found': { title: 'Not found', detail: 'The id is wrong, or it was withdrawn or is not shown to you.' },
    'file-lost': {
      title: 'The file is lost or damaged',
      detail: 'The document is on record, but its file is gone or has changed. Ask the operator to bring it back from a backup.',
    },
    'request-too-slow': {
      title: 'The request did not arrive in time',
      detail: 'The connection is closed. Check the network and send it again.',
    },
    'not-allowed-now': {
      title: 'Not possible in its present state',
      detail: ({ state, reason, count, hindered }) =>
        Array.isArray(hindered)
          ? hinderedBy(hindered.length)
          : (standing[String(reason)]?.(Number(count)) ?? `Its state is “${stateName(state)}”. Reload to see what can be done.`),
    },
    'changed-meanwhile': {
      title: 'Somebody has just changed it',
      detail: ({ state, hindered }) =>
        Array.isArray(hindered) ? hinderedBy(hindered.length) : `Its state is now “${stateName(state)}”. Reload and try again.`,
    },
    'already-exists': {
      title: 'It exists already',
      detail: ({ reason }) =>
        reason === 'member'
          ? 'This account is a member already.'
          : reason === 'listed'
            ? 'The market has such a profile already: if it is you or your organisation, please claim it.'
            : reason === 'engagement'
              ? 'This pairing is on the board already.'
              : 'This file, or an object of the same origin, was imported before.',
    },
    'link-gone': {
      title: 'This link is worth nothing any more',
      detail: ({ purpose }) =>
        purpose === 'set-up'
          ? 'The set-up link works once, within a day. If the market is set up, sign in; if it is not, start the server again, which prints a new one.'
          : 'A link works once and for a limited time; this one was used, replaced, or has expired. Ask whoever sent it for a new one.',
    },
    'request-in-flight': {
      title: 'The same request is being handled',
      detail: 'Wait a moment and try again with the same Idempotency-Key.',
    },
    'telling-words': {
      title: 'What is public may tell whose demand it is',
      detail: ({ words }) =>
        `These words may tell the enterprise: ${(words as string[]).join(', ')}. Its name and ways to reach it must go; for others that must stay, give the reason with the check of wording.`,
    },
    'checks-missing': {
      title: 'Vetting is not complete',
      detail: 'Publication needs all three checks: authenticity; secrecy, military and export control; wording.',
    },
    'version-differs': { title: 'There is a newer version', detail: 'What you saw has been changed. Read it again, compare, then save.' },
    'too-large': {
      title: 'Too large',
      detail: ({ rows, works, bytes, limit, megabytes }) =>
        works
          ? `The file tells of ${works} works; at most ${limit} can be taken in at once. Split it.`
          : megabytes
            ? `A file may have ${megabytes} MB. Make images smaller, scan less finely, or split it.`
            : rows
              ? `The file has ${rows} rows; at most ${limit} can be imported at once. Split it.`
              : bytes
                ? `The file has ${bytes} bytes; at most ${limit} are possible. Split it.`
                : 'A request may have 1 MB. Use the import for bulk data.',
    },
    'address-too-long': {
      title: 'The address is too long',
      detail: ({ maximum }) =>
        `With its query it may have ${maximum} characters (a Chinese one counts as 9 when encoded). Shorten the words or take some filters away.`,
    },
    'unsupported-media-type': {
      title: 'Unsupported content type',
      detail: ({ accepted }) => `Use Content-Type: ${accepted ?? 'application/json'}.`,
    },
    'invalid-input': {
      title: 'Some fields are not right',
      detail: 'Correct them as each message says and send it again.',
    },
    'key-reused': { title: 'This Idempotency-Key belongs to another request', detail: 'Use a new key for a new request.' },
    'version-required': { title: 'If-Match is missing', detail: 'Read the object first and send its ETag in If-Match.' },
    'headers-too-large': {
      title: 'Address and headers are too large',
      detail: 'Together they may have 64 KB. Shorten the address; leave out cookies and headers that are not needed.',
    },
    'too-many-requests': {
      title: 'Too many requests',
      detail: ({ retryAfterSeconds, 'violated-policies': policies }) =>
        `Try again ${typeof retryAfterSeconds === 'number' ? `in ${span(retryAfterSeconds)}` : 'later'}${/password/.test(String(policies)) ? ', or sign in by mobile number' : ''}.`,
    },
    'storage-full': {
      title: 'The disk is full',
      detail: 'This change was not saved; everything before it is safe. Free some space and try again.',
    },
    'storage-read-only': {
      title: 'The database cannot be written',
      detail: 'This change was not saved; everything before it is safe. Check the permissions of the database file and the disk.',
    },
    'not-sent': {
      title: 'The message was not sent',
      detail: 'The gateway did not take it. Try again later; if it stays like this, tell the operator of the market.',
    },
    'not-ready': {
      title: 'Not possible for now',
      detail: ({ missing }) => notReady[String(missing)] ?? 'The database or the index is being prepared. Try again shortly.',
    },
    'took-too-long': { title: 'It took too long', detail: 'Try again later, or ask for less.' },
  },
  bug: {
    title: 'Something went wrong on our side',
    detail: 'It is not your doing. Tell the operator the request id so that the cause can be found.',
  },
  fault: (code, facts) => {
    const words = faults[code]
    return typeof words === 'function' ? words(facts) : (words ?? 'Not right')
  },
}
