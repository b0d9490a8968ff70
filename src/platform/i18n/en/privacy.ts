import type { Words } from '../words.ts'

export const privacy: Words['privacy'] = {
  title: 'How personal data is handled',
  footer: 'Privacy',
  lead: 'What the market holds about people, item by item: why, on what legal basis, who sees it and how long it is kept. What is not listed is not collected.',
  responsible: {
    title: 'Who is responsible',
    name: 'Data controller',
    address: 'Address',
    contact: 'Contact',
    missing: 'The operator has not yet said who is responsible and how to contact them. Until then, nobody is asked for consent.',
  },
  columns: { what: 'Data', purpose: 'Purpose', basis: 'Legal basis', seen: 'Who sees it', kept: 'How long it is kept' },
  fieldsTitle: 'What is held about people',
  bases: {
    consent: 'Your consent',
    contract: 'Needed for the service you ask for',
    'statutory-duty': 'Needed to meet a legal duty',
    'public-information': 'Already lawfully public, and used within reason',
  },
  groups: {
    account: {
      what: 'Mobile number; e-mail address and name, if you gave them',
      purpose: 'Signing you in, and telling you what concerns your account',
      seen: 'You and the operator; whoever answers your claim sees only the masked number',
      kept: ({ unusedAccountMonths, unusedAccountGraceDays }) =>
        `Until you close the account; when it has not been used for ${unusedAccountMonths} months we ask by text message, and erase it if you do not sign in within ${unusedAccountGraceDays} days`,
    },
    security: {
      what: 'Hash of your password, key and recovery codes of two-step verification, temporary credentials of a sign-in',
      purpose: 'Keeping others out of your account',
      seen: 'Nobody',
      kept: () => 'Until you close the account; temporary credentials until they are used or expire',
    },
    code: {
      what: 'The number that a code was sent to, and a hash of the code',
      purpose: 'Making sure that whoever signs in owns the number',
      seen: 'Nobody',
      kept: () => 'A code is valid for 5 minutes; it is deleted once it is used, or the night after it expires',
    },
    devices: {
      what: 'Signed-in devices: name of the browser and time of the sign-in; no network address',
      purpose: 'Showing you where your account is signed in, and letting you sign devices out',
      seen: 'You',
      kept: () => 'Until you sign out, or 30 days without use',
    },
    use: {
      what: 'Day on which an account was last used, and whether we have asked if you want to keep it',
      purpose: 'Erasing accounts that nobody uses',
      seen: 'Nobody',
      kept: () => 'Until the account is erased',
    },
    views: {
      what: 'Views that you saved: their names and filters',
      purpose: 'Bringing you back to filters that you often use',
      seen: 'You',
      kept: () => 'Of deleted views only the latest is kept, so that you can restore it; all are erased with the account',
    },
    membership: {
      what: 'Who you act for and in which role; names of the keys that you created for them, and the day each was last used',
      purpose: 'Knowing what you may do',
      seen: 'You, the owners of that organisation, and the operator',
      kept: () => 'Until you close the account',
    },
    invitations: {
      what: 'The number or address that an invitation or a one-time link was sent to, the answer and the note with it',
      purpose: 'Delivering invitations and links, and telling the sender the outcome',
      seen: 'The organisation that sent it, the person who received it, and the operator',
      kept: ({ claimMonths }) =>
        `Invitations until they are answered or expire; links without an answer until they expire, answered ones for ${claimMonths} months after the answer`,
    },
    consents: {
      what: 'What you agreed to or refused, under which version of the text, when and how',
      purpose: 'Proving consent, and acting on your wishes',
      seen: 'You and the operator',
      kept: () => 'Until your data is erased',
    },
    claims: {
      what: 'Notes and reasons given with claims, verifications and mergers, which may mention people',
      purpose: 'Making sure that a profile is yours and an organisation is real',
      seen: 'You, the organisation that answers, and the operator',
      kept: ({ claimMonths }) =>
        `Claims for ${claimMonths} months after the answer; notes on verifications and mergers for as long as the organisation’s profile`,
    },
    identity: {
      what: 'An expert’s name, name in other languages, ORCID and source ID',
      purpose: 'Telling enterprises and institutions who can solve a problem',
      seen: 'Before the profile is claimed, outsiders see only institution and field; afterwards the expert decides. The expert’s institution, brokers and the operator see it',
      kept: ({ unclaimedExpertMonths }) =>
        `Erased when the person asks; a profile from the public web that nobody claims or changes for ${unclaimedExpertMonths} months is erased automatically`,
    },
    position: {
      what: 'An expert’s institution, department, post, title and degree',
      purpose: 'Judging whether the background fits',
      seen: 'Same as for the name; the institution is also shown before the profile is claimed',
      kept: () => 'Same as for the name',
    },
    expertise: {
      what: 'An expert’s field, summary, methods, materials, instruments, keywords, region and modes of cooperation',
      purpose: 'Matching with enterprises’ problems, and explaining why',
      seen: 'Research field, subjects and region are shown to everybody; the rest as for the name',
      kept: () => 'Same as for the name',
    },
    terms: {
      what: 'An expert’s available time, lowest fee, travel radius, and whether the employer agrees to part-time work',
      purpose: 'Ruling out what cannot work',
      seen: 'The expert, the institution, brokers and the operator; available time is shown with the profile, the lowest fee is not',
      kept: () => 'Same as for the name',
    },
    choices: {
      what: 'What an expert chose about being shown and proposed, where the profile comes from, and when the person confirmed it',
      purpose: 'Showing and proposing as the person wishes',
      seen: 'The expert, the institution, brokers and the operator; the source and the day of confirmation are shown with the profile',
      kept: () => 'Same as for the name',
    },
    works: {
      what: 'An expert’s works: results, papers, patents, projects and the like, and the expert’s part in them',
      purpose: 'Showing that the expert can solve a problem, as a reason for proposing them',
      seen: 'As the expert decides; nobody who cannot see the name sees the works',
      kept: () => 'Same as for the name',
    },
    broker: {
      what: 'A broker’s name, organisation, grade, certificate number, fields and summary',
      purpose: 'Telling both sides who is serving them',
      seen: 'According to the visibility of the profile',
      kept: () => 'Erased when the person asks',
    },
    contacts: {
      what: 'Name, phone and e-mail of the business and technical contacts of a demand, who confirmed it, and the people named in tables and forms that were handed in',
      purpose: 'Checking the demand, and getting in touch once both sides are interested',
      seen: 'The enterprise, whoever handed in the table or form, and the operator; no outsider before both sides are interested',
      kept: ({ closedContactMonths, withdrawnDraftMonths }) =>
        `Until ${closedContactMonths} months after the demand is closed, or the table or form was last worked on; a draft that was withdrawn and never published is erased whole after ${withdrawnDraftMonths} months`,
    },
    dealings: {
      what: 'Interests, invitations and answers, the progress of engagements and notes of contacts, visits (with their photos) and interviews; the people and contact details mentioned in them; name and organisation of experts whom others recommend',
      purpose:
        'Bringing demands and the right people together, and remembering who has answered and why something did not fit, so that nobody is asked twice',
      seen: 'The broker of the demand and the operator; photos of a visit also by the enterprise visited. Contact details go to the other side once both are interested; the reason for declining only with the person’s permission, the note never',
      kept: ({ closedContactMonths }) =>
        `Until ${closedContactMonths} months after the demand is closed: then people, contact details and photos of visits are removed, and recommendations are erased whole; if the enterprise visited has no open demand, ${closedContactMonths} months after the visit`,
    },
    actors: {
      what: 'Random IDs in the record of what happened: who (an ID) did what, and when',
      purpose: 'Preventing and detecting tampering, and knowing who is responsible',
      seen: 'The operator and auditors',
      kept: () => 'As long as the record; it holds no name, number or text, and once a person is erased their ID stands for nobody',
    },
    revisions: {
      what: 'Earlier versions of all of the above',
      purpose: 'Seeing what changed, and correcting mistakes',
      seen: 'Same as for the current version',
      kept: () => 'Same as for the current version',
    },
    vectors: {
      what: 'Numbers computed from those texts, and the search index',
      purpose: 'Finding and matching by meaning and by words',
      seen: 'Nobody',
      kept: () => 'Until the night after the text is changed or erased',
    },
    answers: {
      what: 'Answers to API requests (24 hours), and counts of requests while there are too many',
      purpose: 'Letting a request be repeated safely when the network fails; keeping others from guessing codes and passwords',
      seen: 'Whoever made the request',
      kept: () => '24 hours',
    },
    documents: {
      what: 'Documents that enterprises and institutions attach: file names, and the people they may mention',
      purpose: 'Explaining demands and results, and proving that an organisation is real',
      seen: 'According to the visibility of the document; proof of an organisation only by that organisation and the operator',
      kept: () => 'As long as the demand, result or organisation it belongs to; the organisation can remove it at any time',
    },
    readings: {
      what: 'Who (an ID) read confidential content or accepted its terms, and when; why the operator opened it',
      purpose: 'Telling publishers who has read it, and tracing leaks',
      seen: 'Publishers see only the organisation; the operator and auditors see the account’s ID',
      kept: ({ readingMonths }) =>
        `Readings for ${readingMonths} months; accepted terms until ${readingMonths} months after they have ended; when an account is erased, readings no longer name it`,
    },
    lists: {
      what: 'Lists of matches that were shown: for which demand, result or expert (an ID), which IDs stood in which places with which scores, and in what role somebody saw them (not who)',
      purpose: 'Checking what was shown and on what basis, and measuring how good the matching is',
      seen: 'The operator and auditors',
      kept: () => '12 months after a list was last shown',
    },
    unfinished: {
      what: 'Forms that you began and have not sent; items in your inbox that you put off, and until which day',
      purpose: 'Letting you continue where you stopped, also on another device, and reminding you on the day',
      seen: 'Only you',
      kept: () => 'Until you send or discard it, or 30 days after you last worked on it; items put off until their day',
    },
    messages: {
      what: 'Text messages to you (in the outbox folder while there is no gateway)',
      purpose: 'Delivering codes and notices to you',
      seen: 'The operator',
      kept: ({ messageDays }) => `${messageDays} days; deleted at once when you close the account`,
    },
    erasures: {
      what: 'The list of erasures: random IDs of what was erased, and keyed hashes of numbers and addresses that cannot be reversed',
      purpose: 'Erasing again whatever a restored backup brings back',
      seen: 'The operator and auditors; there is no personal data in it',
      kept: () => 'Permanently',
    },
    responsible: {
      what: 'Name, address and contact of the responsible organisation',
      purpose: 'Telling you who to turn to',
      seen: 'Everybody',
      kept: () => 'Until the operator changes it',
    },
  },
  rights: {
    title: 'Your rights',
    lead: 'Once you are signed in, you can do all of this yourself under “My personal data”, free of charge:',
    list: [
      'see everything that is held about you, and download it as one machine-readable file;',
      'correct what is wrong;',
      'decide who sees your expert profile and whether you are proposed, and withdraw consent at any time;',
      'erase your data and close your account: at once, after we check that it is you, with no waiting period.',
    ],
    without:
      'If you have no account, and your profile was registered by others or comes from the public web, use the contact above; we check and then act on it. If you are not satisfied with the answer, you can complain to the cyberspace authorities or go to court.',
    toData: 'My personal data',
  },
  others: {
    title: 'Who else handles it',
    list: [
      'The text message provider receives the number and the message, in order to deliver it.',
      'If the market uses an outside model service, the texts of expert profiles and works are sent to it to be turned into numbers; nothing about accounts is sent.',
    ],
  },
  consents: {
    account: {
      '1': {
        title: 'Agree to how personal data is handled',
        text: [
          'So that you can sign in and get things done, we keep your mobile number. If you set an e-mail address and a password, we keep the address and a hash of the password, never the password itself. Of the devices that are signed in we keep the name of the browser and the time, no network address.',
          'Only you and the operator of the market see this; whoever answers a claim of yours sees the number masked. We do not use it for advertising and do not sell it. When a text message is sent, its provider gets your number and the message.',
          'You can see, export, correct and erase all of it at any time. Taking this consent back means closing the account.',
        ],
        withdrawal: 'The account and the personal data that goes with it are erased.',
      },
    },
    profile: {
      '1': {
        title: 'Show my expert profile under my name',
        text: [
          'Once your claim is granted, your name, institution, title, field and works are shown as yours, so that enterprises and institutions can find you. You decide to whom: everybody, whoever is signed in, or only your institution, brokers and the operator.',
          'Before that, outsiders see institution and field only, no name.',
        ],
        withdrawal:
          'The profile is no longer shown outside, from that moment: only you, your institution, brokers and the operator see it.',
      },
    },
    proposal: {
      '1': {
        title: 'Propose me to enterprises with problems',
        text: [
          'A program compares the problems of enterprises with your field and works, and proposes you where you fit, with reasons. It puts proposals in order and decides nothing for anybody.',
          'A proposal holds no contact details; nobody sees them before both sides are interested.',
        ],
        withdrawal: 'You vanish from all proposals, search results and lists of experts at once.',
      },
    },
  },
  agreement: {
    title: 'Please read this and decide',
    lead: 'Before you continue with your account, please decide whether you agree.',
    anew: 'The text has changed. Please decide again.',
    whole: 'How personal data is handled, in full',
    agree: 'Agree and continue',
    refuse: 'Do not agree',
    refuseNew: 'If you do not agree, the account just created is erased at once. You can still read what is public.',
    refuseOld: 'If you do not agree, you can export your data first and then close the account.',
    wanted: 'Your consent is needed',
  },
  data: {
    title: 'My personal data',
    lead: 'See, export, correct and erase what is held about you.',
    access: {
      title: 'See and export',
      lead: 'One file with your account, roles, claims, consents, devices, expert profile with its versions, works, what you have read, and the record of what you did.',
      download: 'Download (JSON)',
    },
    correction: {
      title: 'Correct',
      name: 'Name',
      phone: 'Mobile number',
      password: 'E-mail address and password',
      devices: 'Signed-in devices',
      claims: 'Claims',
      profile: 'Expert profile',
      broker: 'For your broker profile, ask the operator',
    },
    consents: {
      title: 'What I agreed to',
      given: (day, version) => `agreed on ${day}, version ${version} of the text`,
      withdrawn: (day) => `withdrawn on ${day}`,
      refused: (day) => `refused on ${day}`,
      never: 'not asked yet',
      give: 'Agree',
      withdraw: 'Withdraw consent',
      hows: { self: 'yourself', 'on-paper': 'on paper', 'by-phone': 'by phone', unknown: 'recorded earlier' },
    },
    shown: {
      title: 'Who sees my expert profile',
      visibility: { label: 'The whole profile', hint: 'People who cannot see the profile cannot find you by searching either.' },
      name: { label: 'Name and institution', hint: 'People who cannot see them see only your field.' },
      works: { label: 'Works', hint: 'People who cannot see your name cannot see your works either.' },
      contact: { label: 'Contact details, once both sides are interested', hint: 'Nobody gets them before that.' },
      contacts: { 'both-sides': 'To the other side', broker: 'Only to the broker' },
      visibilities: {
        public: 'Everybody',
        registered: 'Everybody signed in for an organisation or as an expert',
        nda: 'Only my institution, brokers and the operator',
      },
      save: 'Save',
    },
    erasure: {
      title: 'Erase',
      lead: 'Erase all personal data and close the account: at once, after we check that it is you. This cannot be undone.',
      start: 'See what will be erased',
    },
  },
  erasure: {
    title: 'Erase my personal data',
    goesTitle: 'What will be erased',
    goes: {
      account: 'The account: mobile number, e-mail address, password, two-step verification, devices, who you act for',
      consents: 'The record of your consents, and your claims',
      profile: (name) => `${name}: profile and works with all their versions, and every trace in search and proposals`,
      contacts: (count) =>
        count === 1
          ? 'Your contact details in 1 demand, and the earlier versions of that demand'
          : `Your contact details in ${count} demands, and the earlier versions of those demands`,
      documents:
        'Documents of demands, results and organisations that you were involved with, if they hold your name, number or e-mail address; programs cannot read the text in pictures and PDFs, so the operator looks into those',
      links: 'Keys that you created for an organisation, and invitations and links sent to you',
      messages: 'Messages to you in the outbox',
    },
    staysTitle: 'What will stay, and why',
    stays: [
      'Demands and results that you entered for an organisation belong to the organisation and stay, without your contact details.',
      'The record of what happened holds random IDs and no personal data. It stays so that tampering can be detected; afterwards nothing in it leads to you.',
      'The list of erasures holds random IDs and hashes that cannot be reversed, so that your data can be erased again if a backup is restored.',
    ],
    backups: 'Existing backups are not rewritten; when one is restored, the list of erasures is applied before the market opens again.',
    noWait: 'There is no waiting period, and erased data cannot be restored. Export your data first if you want to keep a copy.',
    proveTitle: 'Confirm that it is you',
    send: 'Send a code to my phone',
    sent: (phone) => `We have sent a code to ${phone}. It is valid for 5 minutes.`,
    code: { label: 'Six-digit code', hint: '' },
    password: { label: 'Or your password', hint: '' },
    confirm: 'I know that this cannot be undone',
    submit: 'Erase',
    cancel: 'Go back without erasing',
    lastOperator: 'You are the last operator. Have somebody else take over before you erase your account.',
    done: { title: 'Erased', text: 'Your personal data has been erased and your account is closed.' },
  },
}
