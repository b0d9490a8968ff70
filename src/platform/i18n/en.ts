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
import { quality } from './en/quality.ts'
import { shell, units } from './en/shell.ts'
import { directory, evidenceLevels, offering, offeringForm } from './en/supply.ts'
import { terminal } from './en/terminal.ts'
import { twins } from './en/twins.ts'
import { unfinished } from './en/unfinished.ts'
import { vetting } from './en/vetting.ts'
import { diagnosis, visit } from './en/visit.ts'
import { works } from './en/works.ts'
import type { Words } from './words.ts'

const faults: Record<string, string | ((facts: Record<string, string | number>) => string)> = {
  required: 'Required',
  'unknown-field': 'There is no such field: check the spelling',
  'invalid-type': 'Wrong type',
  'invalid-value': ({ values }) => (values ? `Must be one of: ${values}` : 'Not an allowed value'),
  'invalid-format': 'Wrong format',
  'invalid-union': 'Does not match any of the allowed forms',
  'too-small': ({ minimum, origin }) => (origin === 'string' ? `At least ${minimum} characters` : `Must not be below ${minimum}`),
  'too-big': ({ maximum, origin }) =>
    origin === 'string'
      ? `At most ${maximum} characters`
      : origin === 'array'
        ? `At most ${maximum} items`
        : `Must not be above ${maximum}`,
  'too-deep': ({ maximum }) => `Nested too deeply: at most ${maximum} levels`,
  'unstorable-text': 'Contains characters that cannot be saved (NUL or incomplete ones): remove them and try again',
  'unknown-code': 'The code list has no such code: check it',
  'wrong-scheme': 'This code is from another list: use the list for this field',
  'unknown-reference': 'Nothing has this ID: check it',
  'not-a-call-number': 'Not a phone number: mobiles have 11 digits, landlines their area code, for example 0592-1234567',
  'not-referred':
    'The reason is not “Recommended somebody else”, or the candidate is from outside the market, so nobody can be recorded as recommended',
  'day-to-come': ({ today }) => `That day is still to come (today is ${today}): enter today or an earlier day`,
  'past-day': ({ today }) => `That day has passed (today is ${today}): enter today or a later day`,
  'below-minimum': 'The upper limit must not be below the lower one',
  fixed: 'This cannot be changed',
  twice: 'The same candidate was chosen twice',
  'not-for-leads': 'A lead from the literature has no owner: leave this empty',
  'not-for-this-role': 'This does not apply to this role: leave it out',
  telling: ({ kind, words }) =>
    kind === 'profile'
      ? `The enterprise publishes “${words}” itself, and hardly anybody else does: it may reveal the enterprise`
      : `“${words}” may reveal the enterprise`,
  'not-mergeable': 'Only two different profiles of the same kind can be merged',
  'merged-away': 'This one was itself merged into another: enter the one that stayed',
  'not-an-amount': 'Enter a number in units of CNY 10,000, such as 30 or 12.5',
  'unreadable-file': 'The file cannot be read: make sure that it is in an accepted format, has no password and is not damaged',
  'no-needs-found':
    'No needs were found in the file: check that it names enterprises and what they need, then upload it again, or enter the needs one by one',
  'no-rows': 'The file has no rows of data',
  'no-works-found': 'Nothing was found: use BibTeX, or CSV whose first row names the columns, one of them “Title”',
  'nothing-new': 'There is nothing new to add',
  'nothing-chosen': 'Choose at least one',
  'text-changed': 'The text was changed after it was read. Below is the new reading: check it, then add it',
  'unclosed-entry': 'The entry does not end: check that braces and quotation marks come in pairs',
  'grows-too-long': 'Its @string definitions become too long',
  'too-many-cells': 'The line has more cells than the header: look for a comma without quotation marks',
  'open-quotation': 'A quotation mark is left open: check the marks of this line',
  'unknown-sheet': ({ sheet, sheets }) => `There is no sheet “${sheet}”; the file has: ${sheets}`,
  'below-itself': 'An organisation cannot belong to itself or to one of its own units',
  'either-offering-or-title': 'Either link a result or enter a title, not both',
  'text-of-offering': 'This is linked to a result, whose text is used: leave the abstract empty',
  'not-a-phone': 'Enter an eleven-digit mobile number of mainland China, such as 13800138000',
  'wrong-code': 'This is not the right code: check it and try again',
  'code-expired': 'The code is no longer valid: ask for a new one',
  'too-many-tries': 'Too many wrong tries, so the code is no longer valid: ask for a new one',
  'not-an-email': 'Enter a complete e-mail address, such as wang@example.com',
  'wrong-current-password': 'This is not your current password',
  'wrong-password': 'The e-mail address or the password is wrong',
  'weak-password': 'This password is too easy to guess: choose another without common words, runs of digits, or your own number or address',
  'email-taken': 'This address cannot be used: choose another one',
  'sign-in-again': 'For your security, enter your current password; if you have none, sign out, sign in again and try once more',
  'phone-taken': 'Another account has this number: sign in with it, or ask the operator of the market',
  'not-a-contact': 'Enter a mobile number of mainland China or a complete e-mail address',
  'beyond-own': 'This cannot go beyond what you may do yourself',
  'sent-just-now': ({ seconds }) => `A code was sent a moment ago: ask again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`,
  'already-completer': 'This result already lists the expert under “Completed by”',
  'consent-required': 'Your consent is needed: please tick the box',
  'already-listed': 'The market already has a profile of that name: please look at the ones below',
  'institution-needed': 'Please say where you work, or tick the box below',
  'institution-unlisted': 'The directory has no such institution: choose one from the list, or tick the box below',
  'not-in-directory': 'The directory has no such institution: choose one from the list, or leave it empty',
  'consent-withdrawn': 'The person has withdrawn consent to be shown: the profile cannot be made public again',
  'not-confirmed': 'Please tick the box first',
  'nothing-changed': 'Nothing was changed: change at least one field',
  'nothing-answered': 'No question has been answered: answer at least one',
  'not-a-number': 'Enter a whole number, such as 12',
  'not-a-visit': 'Only a visit can have a visit sheet',
  'no-proof': 'Enter the code or the password',
  ...attachmentFaults,
}

/** Why a step is not possible, where the state alone does not say it. */
const standing: Record<string, (count: number) => string> = {
  'views-full': (count) => `At most ${count} views can be saved. Delete one that you do not need first.`,
  'last-operator': () => privacy.erasure.lastOperator,
  'last-manager': () => 'At least one owner who can manage members has to remain: appoint another one first.',
  'said-otherwise': () =>
    'The name or the institution has changed since this was asked, so it cannot be granted. The person can ask again.',
  'no-proposal': () => 'No proposed rewording is waiting for an answer.',
  'propose-instead': () =>
    'The enterprise wrote or confirmed this text, so you cannot change it directly. Propose a rewording and let the enterprise decide.',
  'file-gone': () => 'The text of this file has been deleted on schedule and cannot be worked on. To go on, upload the file again.',
  'lines-decided': () => 'Some entries of this file have become demands, so it cannot be deleted as a whole.',
  'other-enterprise': () => 'This need belongs to another enterprise, so the two cannot be merged.',
  'two-enterprises': () =>
    'These two demands belong to two enterprises, so they cannot be merged. If they are really one enterprise, ask the operator to merge the two profiles first, then merge the demands.',
  'one-hidden': () => twins.merging.oneHidden,
  'published-stays': () =>
    'The other demand is already open, so keep that one: merged into an unpublished demand, it would no longer be seen by experts.',
  'happened-since': () => 'Something has changed since the merger, so it can no longer be undone.',
  'not-merged': () => 'This demand has not been merged into another one.',
  'too-many-documents': (count) =>
    `Together the two have more than ${count} documents. Remove those that you do not need first, then merge.`,
  'own-demand': () => 'The enterprise entered this demand itself, so there is nothing to confirm.',
  unavailable: () => 'The other side is not available at present, so this pairing is no longer proposed. You can look at other candidates.',
  answered: () => 'The enterprise has already answered this shortlist. To recommend more, make a new one.',
  'first-step': () => 'This is the first step: there is no earlier step to go back to.',
  'no-next-step': () => 'This record has no next step.',
  'already-assigned': () => 'This demand already has a broker. To change that, ask the operator.',
  'changed-since': (count) => `Rows changed since the import: ${count}. Undoing would lose these changes: deal with those rows first.`,
  'too-many-attachments': (count) => `There are already ${count} documents, the most allowed. Remove one that you do not need first.`,
  'referred-to': (count) =>
    `Entries that refer to this import: ${count}. Undoing would leave them referring to nothing: deal with those entries first.`,
}

/** What is wanting, where waiting does not help, or something else does. */
const notReady: Record<string, string> = {
  messenger:
    'This market has no gateway for text messages or e-mail yet, so nothing you entered was saved. Please tell the operator of the market.',
  address: 'This market’s public address has not been set, so it cannot create links. Please tell the operator of the market.',
  'second-factor':
    'The key of your two-step verification was encrypted with another secret of the market (SUNMAO_SECRET) and cannot be read. The operator can restore the old secret file, or reset the verification with sunmao account drop-second-factor.',
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
  `${count} of them cannot be moved now, so nothing was changed. Leave ${count === 1 ? 'it' : 'them'} out, or reload and try again.`

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
  offeringForm,
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
  quality,
  twins,
  works,
  design,
  terminal,
  problem: {
    'malformed-request': {
      title: 'The request is not valid HTTP',
      detail: 'The server cannot read the request. Check the client, or the proxy in between, and try again.',
    },
    'invalid-json': { title: 'The request is not valid JSON', detail: 'Check brackets, quotes and commas, then send it again.' },
    'bad-cursor': { title: 'The page position is not valid', detail: 'Start again from the first page.' },
    'not-signed-in': {
      title: 'Please sign in',
      detail: ({ reason }) =>
        reason === 'unknown-token'
          ? 'This key or token is not valid: it may be mistyped or revoked. Create keys under “API keys” (/account/keys); the operator issues tokens with sunmao token create.'
          : 'Sign in with your mobile number and try again. To call the API, send a valid key in the Authorization header (Bearer …); create keys under “API keys” (/account/keys).',
    },
    'token-expired': { title: 'The token has expired', detail: 'Ask the operator for a new one.' },
    'session-ended': {
      title: 'You have been signed out',
      detail:
        'For your security, you are signed out after a time without use. Please sign in again and send this once more; what you wrote is kept below.',
    },
    'not-permitted': {
      title: 'Not permitted',
      detail: ({ reason, scope }) =>
        reason === 'other-recipient'
          ? access.invitation.other
          : reason === 'scope'
            ? `This key does not have the scope ${scope}. Create one that has it under “API keys”.`
            : 'Your role may not do this. If you need to, ask the operator of the market.',
    },
    'second-factor-required': {
      title: 'Two-step verification is needed',
      detail: 'Your account has to pass two-step verification before you can do anything else.',
    },
    'consent-required': {
      title: 'Your consent is needed',
      detail: 'Please read how personal data is handled and decide whether you agree, then try again.',
    },
    'not-found': {
      title: 'Not found',
      detail:
        'The address or ID is wrong, or the content was withdrawn or is not shown to you. Check the address, or sign in and look again.',
    },
    'file-lost': {
      title: 'The file is lost or damaged',
      detail: 'The document is on record, but its file is gone or has changed. Ask the operator of the market to restore it from a backup.',
    },
    'request-too-slow': {
      title: 'The request did not arrive in time',
      detail: 'The connection has been closed. Check the network and send the request again.',
    },
    'not-allowed-now': {
      title: 'Not possible in the present state',
      detail: ({ state, reason, count, hindered }) =>
        Array.isArray(hindered)
          ? hinderedBy(hindered.length)
          : (standing[String(reason)]?.(Number(count)) ?? `The present state is “${stateName(state)}”. Reload to see what can be done.`),
    },
    'changed-meanwhile': {
      title: 'Somebody has just changed it',
      detail: ({ state, hindered }) =>
        Array.isArray(hindered) ? hinderedBy(hindered.length) : `Its state is now “${stateName(state)}”. Reload and try again.`,
    },
    'already-exists': {
      title: 'Already exists',
      detail: ({ reason }) =>
        reason === 'member'
          ? 'This account is already a member.'
          : reason === 'listed'
            ? 'The market already has a profile like this: if it is you or your organisation, please claim it.'
            : reason === 'engagement'
              ? 'This pairing is already on the board.'
              : 'This file, or an entry from the same source, was imported before.',
    },
    'link-gone': {
      title: 'This link no longer works',
      detail: ({ purpose }) =>
        purpose === 'set-up'
          ? 'The set-up link works once and is valid for a day. If the market is already set up, sign in; if not, restart the server, and it will print a new link.'
          : 'A link works once and for a limited time; this one was used, replaced or has expired. Ask the sender for a new one.',
    },
    'request-in-flight': {
      title: 'The same request is being processed',
      detail: 'Wait a moment and try again with the same Idempotency-Key.',
    },
    'telling-words': {
      title: 'The public text may reveal the enterprise',
      detail: ({ words }) =>
        `These words may reveal the enterprise: ${(words as string[]).join(', ')}. Its name and contact details must be removed; if others really have to stay, give the reason under the “Wording” check.`,
    },
    'checks-missing': {
      title: 'Vetting is not complete',
      detail:
        'A listing can be published only after all three checks have passed: authenticity; secrecy, military and export control; wording.',
    },
    'version-differs': {
      title: 'There is a newer version',
      detail: 'The version you saw has been changed. Read it again, compare, then save.',
    },
    'too-large': {
      title: 'Too large',
      detail: ({ rows, works, bytes, limit, megabytes }) =>
        works
          ? `The file holds ${works} works; at most ${limit} can be imported at once. Split it into several files.`
          : megabytes
            ? `A file may be at most ${megabytes} MB. Compress images, scan at a lower resolution, or split it into several files.`
            : rows
              ? `The file has ${rows} rows; at most ${limit} can be imported at once. Split it into several files.`
              : bytes
                ? `The file has ${bytes} bytes; at most ${limit} are allowed. Split it into several files.`
                : 'A request may be at most 1 MB. Use the import for bulk data.',
    },
    'address-too-long': {
      title: 'The address is too long',
      detail: ({ maximum }) =>
        `With its query it may have at most ${maximum} characters (a Chinese character counts as 9 when encoded). Shorten the search words or remove some filters.`,
    },
    'unsupported-media-type': {
      title: 'Unsupported content type',
      detail: ({ accepted }) => `Use Content-Type: ${accepted ?? 'application/json'}.`,
    },
    'invalid-input': {
      title: 'Some fields need correcting',
      detail: 'Correct each field as its message says, then send again.',
    },
    'key-reused': { title: 'This Idempotency-Key was used for another request', detail: 'Use a new key for a new request.' },
    'version-required': { title: 'If-Match is missing', detail: 'Read the object first and send its ETag in If-Match.' },
    'headers-too-large': {
      title: 'Address and headers are too large',
      detail: 'Together they may be at most 64 KB. Shorten the address; leave out cookies and headers that are not needed.',
    },
    'too-many-requests': {
      title: 'Too many requests',
      detail: ({ retryAfterSeconds, 'violated-policies': policies }) =>
        `Try again ${typeof retryAfterSeconds === 'number' ? `in ${span(retryAfterSeconds)}` : 'later'}${/password/.test(String(policies)) ? ', or sign in by mobile number' : ''}.`,
    },
    'storage-full': {
      title: 'The disk is full',
      detail: 'This change was not saved; all earlier data is safe. The operator needs to free some disk space; then try again.',
    },
    'storage-read-only': {
      title: 'The database cannot be written to',
      detail:
        'This change was not saved; all earlier data is safe. The operator needs to check the write permission of the database file and the disk; then try again.',
    },
    'not-sent': {
      title: 'The message was not sent',
      detail: 'The message gateway did not accept it. Try again later; if this goes on, tell the operator of the market.',
    },
    'not-ready': {
      title: 'Not possible for now',
      detail: ({ missing }) => notReady[String(missing)] ?? 'The database or the index is being prepared. Try again in a moment.',
    },
    'took-too-long': { title: 'It took too long', detail: 'Try again later, or narrow the search.' },
  },
  bug: {
    title: 'Something went wrong on our side',
    detail: 'You did nothing wrong. Tell the operator the request ID, so that the cause can be found.',
  },
  fault: (code, facts) => {
    const words = faults[code]
    return typeof words === 'function' ? words(facts) : (words ?? 'Not filled in correctly')
  },
}
