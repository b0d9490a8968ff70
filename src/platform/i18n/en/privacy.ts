import type { Words } from '../words.ts'

export const privacy: Words['privacy'] = {
  title: 'How personal data is handled',
  footer: 'Privacy',
  lead: 'What the market holds about people, item by item: why, on what ground, who sees it and how long it is kept. What is not listed is not collected.',
  responsible: {
    title: 'Who is responsible',
    name: 'Responsible',
    address: 'Address',
    contact: 'Contact',
    missing: 'The operator has not said yet who is responsible and how to reach them. Until then nobody is asked for consent.',
  },
  columns: { what: 'Data', purpose: 'Purpose', basis: 'Ground', seen: 'Who sees it', kept: 'How long' },
  fieldsTitle: 'What is held',
  bases: {
    consent: 'Your consent',
    contract: 'Needed for the service you ask for',
    'statutory-duty': 'Needed to meet a legal duty',
    'public-information': 'Lawfully public already, handled within reason',
  },
  groups: {
    account: {
      what: 'Mobile number; e-mail address and name, if you gave them',
      purpose: 'Signing in, and telling you what concerns your account',
      seen: 'You and the operator; whoever answers your claim sees the number masked',
      kept: ({ unusedAccountMonths, unusedAccountGraceDays }) =>
        `Until you close the account; when it has not been used for ${unusedAccountMonths} months we ask by text message, and erase it if you do not sign in within ${unusedAccountGraceDays} days`,
    },
    security: {
      what: 'Hash of your password, key and recovery codes of the second step, passing credentials of a sign-in',
      purpose: 'Keeping others out of your account',
      seen: 'Nobody',
      kept: () => 'Until you close the account; passing credentials until they are used or run out',
    },
    code: {
      what: 'Number that a code was sent to, hash of the code',
      purpose: 'Making sure that whoever signs in owns the number',
      seen: 'Nobody',
      kept: () => 'A code is good for 5 minutes; it goes when it is used, or the night after',
    },
    devices: {
      what: 'Signed-in devices: name of the browser, time of the sign-in; no network address',
      purpose: 'Showing you where your account is signed in, and letting you end it',
      seen: 'You',
      kept: () => 'Until you sign out, or 30 days without use',
    },
    use: {
      what: 'Day of the last use of an account, and whether we asked to keep it',
      purpose: 'Erasing accounts that nobody uses',
      seen: 'Nobody',
      kept: () => 'As long as the account',
    },
    views: {
      what: 'Views that you saved: their names and filters',
      purpose: 'Leads you back to filters that you often use',
      seen: 'You',
      kept: () => 'Of deleted ones only the last is kept, for you to bring it back; all go with the account',
    },
    membership: {
      what: 'Whom you act for, and in which role; names of the keys that you made for them, and the day of their last use',
      purpose: 'Knowing what you may do',
      seen: 'You, those who answer for that organisation, and the operator',
      kept: () => 'Until you close the account',
    },
    invitations: {
      what: 'Number or address that an invitation or a one-time link went to, the answer and what was written with it',
      purpose: 'Bringing invitations and links to people, and the answer back',
      seen: 'Who asked, who was asked, and the operator',
      kept: ({ claimMonths }) =>
        `Invitations until they are answered or run out; links without an answer until they run out, others for ${claimMonths} months after it`,
    },
    consents: {
      what: 'What you agreed to or refused, by which text, when and how',
      purpose: 'Proving consent, and doing as you wish',
      seen: 'You and the operator',
      kept: () => 'Until your data is erased',
    },
    claims: {
      what: 'Notes and reasons of claims, verifications and mergers, which may mention people',
      purpose: 'Making sure that a profile is yours, and an organisation real',
      seen: 'You, whoever answers, and the operator',
      kept: ({ claimMonths }) =>
        `Claims for ${claimMonths} months after the answer; notes of verifications and mergers with the organisation`,
    },
    identity: {
      what: 'An expert’s name, name in Latin letters, ORCID and id at the source',
      purpose: 'Telling enterprises and institutions who can solve a problem',
      seen: 'Before the profile is claimed, outsiders see institution and field only; afterwards the expert decides. The expert’s institution, brokers and the operator see it',
      kept: ({ unclaimedExpertMonths }) =>
        `Until the person asks; a profile from the public web that nobody claims or touches for ${unclaimedExpertMonths} months is erased`,
    },
    position: {
      what: 'An expert’s institution, department, post, title and degree',
      purpose: 'Judging whether the background fits',
      seen: 'As above; the institution is shown before the profile is claimed too',
      kept: () => 'As the name',
    },
    expertise: {
      what: 'An expert’s field, summary, methods, materials, instruments, keywords, region and modes of cooperation',
      purpose: 'Matching with problems, and explaining why',
      seen: 'Field, subject and region are shown to all; the rest as the name',
      kept: () => 'As the name',
    },
    terms: {
      what: 'An expert’s capacity, lowest fee, travel radius, and whether the employer agrees',
      purpose: 'Leaving out what cannot work',
      seen: 'The expert, the institution, brokers and the operator; capacity is shown with the profile, the lowest fee is not',
      kept: () => 'As the name',
    },
    choices: {
      what: 'What an expert chose about being shown and proposed, where the profile comes from, when the person confirmed it',
      purpose: 'Doing as the person wishes',
      seen: 'The expert, the institution, brokers and the operator; source and day are shown with the profile',
      kept: () => 'As the name',
    },
    works: {
      what: 'What an expert did: results, papers, patents, projects, and the part in them',
      purpose: 'Showing that the expert can solve a problem; the ground of a proposal',
      seen: 'As the expert decides; never anybody from whom the name is kept',
      kept: () => 'As the name',
    },
    broker: {
      what: 'A broker’s name, organisation, grade, certificate number, fields and summary',
      purpose: 'Telling both sides who serves them',
      seen: 'As the profile’s visibility says',
      kept: () => 'Until the person asks',
    },
    contacts: {
      what: 'Name, phone and e-mail of the business and technical contacts of a demand, who confirmed it, and whoever is named in tables and forms that were handed in',
      purpose: 'Checking the demand, and getting in touch once both sides are interested',
      seen: 'The enterprise, whoever handed in the table or form, and the operator; nobody outside before both sides are interested',
      kept: ({ closedContactMonths, withdrawnDraftMonths }) =>
        `Until ${closedContactMonths} months after the demand is closed, or the table or form was last worked on; a draft that was withdrawn and never published goes whole after ${withdrawnDraftMonths} months`,
    },
    dealings: {
      what: 'Interests, invitations and their answers, the progress of cases and notes of calls, visits (with their photos) and interviews, with the people and contact details in them, and name and unit of experts whom others recommend',
      purpose:
        'Bringing demands and the right people together, and remembering who has answered and why something did not fit, so that nobody is asked twice',
      seen: 'The broker of the demand and the operator, and photos of a visit also the enterprise that was visited; contact details go to the other side once both are interested; why somebody declined is told to the other side only if he allows it, and his note never',
      kept: ({ closedContactMonths }) =>
        `Until ${closedContactMonths} months after the demand is closed: then people, contact details and photos of visits are taken out, and recommended persons go whole; where the enterprise that was visited has no open demand, ${closedContactMonths} months after the visit`,
    },
    actors: {
      what: 'Random ids in the record of what happened: who (an id) did what, when',
      purpose: 'Preventing and finding tampering, and knowing who is answerable',
      seen: 'The operator and auditors',
      kept: () => 'With the record; it holds no name, number or text, and once a person is erased an id stands for nobody',
    },
    revisions: {
      what: 'Earlier versions of all that',
      purpose: 'Seeing what changed, and putting mistakes right',
      seen: 'As the present version',
      kept: () => 'As the present version',
    },
    vectors: {
      what: 'Numbers computed from those texts, and the search index',
      purpose: 'Finding and matching by meaning and by words',
      seen: 'Nobody',
      kept: () => 'Until the night after the text has changed or gone',
    },
    answers: {
      what: 'Answers to API requests (24 hours), counts of tries',
      purpose: 'Letting a request be repeated safely; keeping codes and passwords from being guessed',
      seen: 'Whoever made the request',
      kept: () => '24 hours',
    },
    documents: {
      what: 'Documents that enterprises and institutions attach: their names, and people whom they may mention',
      purpose: 'Explaining demands and results, and proving that an organisation is real',
      seen: 'As the document’s visibility says; proof of an organisation only by itself and the operator',
      kept: () => 'As the demand, result or organisation that it belongs to, which can take it away at any time',
    },
    readings: {
      what: 'Who (an id) read what is confidential or accepted its terms, and when; why the operator opened it',
      purpose: 'Telling owners to whom it went, and tracing leaks',
      seen: 'Owners see the organisation only; the operator and auditors see the account’s id',
      kept: ({ readingMonths }) =>
        `Readings for ${readingMonths} months; accepted terms until ${readingMonths} months after they have ended; when an account is erased, readings no longer name it`,
    },
    unfinished: {
      what: 'Forms that you began and have not sent; what of your inbox you look at later, and on which day',
      purpose: 'Going on where you stopped, also on another device, and coming back to it on its day',
      seen: 'You alone',
      kept: () => 'Until it is sent or you drop it, and 30 days after you last wrote on it; what is for later until its day',
    },
    messages: {
      what: 'Text messages to you (in the outbox folder while there is no gateway)',
      purpose: 'Bringing you codes and notices',
      seen: 'The operator',
      kept: ({ messageDays }) => `${messageDays} days; they go at once when you close the account`,
    },
    erasures: {
      what: 'The list of erasures: random ids of what was erased, and keyed hashes of numbers and addresses that cannot be turned back',
      purpose: 'Erasing again what a restored backup brings back',
      seen: 'The operator and auditors; there is no personal data in it',
      kept: () => 'For good',
    },
    responsible: {
      what: 'Name, address and contact of whoever is responsible',
      purpose: 'Telling you whom to turn to',
      seen: 'Everybody',
      kept: () => 'Until the operator changes it',
    },
  },
  rights: {
    title: 'Your rights',
    lead: 'Once you are signed in you can see to all of it yourself under “My personal data”, free of charge:',
    list: [
      'see everything that is held about you, and download it as one machine-readable file;',
      'put right what is wrong;',
      'decide who sees your expert profile and whether you are proposed, and take consent back at any time;',
      'have your data erased and close your account: at once, when you have shown that it is you, with no waiting time.',
    ],
    without:
      'If you have no account and somebody registered you, or your profile comes from the public web, turn to the contact above. If you are not content with the answer you can complain to the authorities or go to court.',
    toData: 'My personal data',
  },
  others: {
    title: 'Through whose hands it passes',
    list: [
      'The text message provider gets the number and the message, to deliver it.',
      'Where an outside model service is used, the texts of profiles and works are sent to it to be turned into numbers; nothing of an account goes along.',
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
    lead: 'Before you go on with your account, please decide whether you agree.',
    anew: 'The text has changed. Please decide again.',
    whole: 'All about how personal data is handled',
    agree: 'Agree and go on',
    refuse: 'Do not agree',
    refuseNew: 'If you do not agree, the account that was just made is erased at once. You can still read what is public.',
    refuseOld: 'If you do not agree, you can export your data first and then close the account.',
    wanted: 'Your agreement is needed',
  },
  data: {
    title: 'My personal data',
    lead: 'See, export, correct and erase what is held about you.',
    access: {
      title: 'See and export',
      lead: 'One file with your account, memberships, claims, consents, devices, expert profile with its versions, works, what you read, and the record of what you did.',
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
      given: (day, version) => `agreed on ${day}, text ${version}`,
      withdrawn: (day) => `taken back on ${day}`,
      refused: (day) => `refused on ${day}`,
      never: 'not asked yet',
      give: 'Agree',
      withdraw: 'Take it back',
      hows: { self: 'yourself', 'on-paper': 'on paper', 'by-phone': 'by phone', unknown: 'recorded earlier' },
    },
    shown: {
      title: 'Who sees my expert profile',
      visibility: { label: 'The whole profile', hint: 'Whoever may not see it does not find you either.' },
      name: { label: 'Name and institution', hint: 'Whoever may not see them sees the field only.' },
      works: { label: 'Works', hint: 'Whoever may not see the name does not see the works.' },
      contact: { label: 'Contact details, once both sides are interested', hint: 'Nobody gets them before.' },
      contacts: { 'both-sides': 'To the other side', broker: 'Only to the broker' },
      visibilities: {
        public: 'Everybody',
        registered: 'Whoever is signed in for an organisation or as an expert',
        nda: 'Only my institution, brokers and the operator',
      },
      save: 'Save',
    },
    erasure: {
      title: 'Erase',
      lead: 'Erase all personal data and close the account: at once, when you have shown that it is you, and for good.',
      start: 'See what goes',
    },
  },
  erasure: {
    title: 'Erase my personal data',
    goesTitle: 'What goes',
    goes: {
      account: 'The account: number, e-mail address, password, second step, devices, whom you act for',
      consents: 'What you agreed to, and your claims',
      profile: (name) => `${name}: profile and works with all their versions, and every trace in search and proposals`,
      contacts: (count) =>
        count === 1
          ? 'Your contact details in 1 demand, and the earlier versions of that demand'
          : `Your contact details in ${count} demands, and the earlier versions of those demands`,
      documents:
        'Documents of demands, results and organisations that you had to do with, where they hold your name, number or address; no program reads pictures and PDF, so the operator looks into them',
      links: 'Keys that you made for an organisation, invitations and links that were sent to you',
      messages: 'Messages to you in the outbox',
    },
    staysTitle: 'What stays, and why',
    stays: [
      'Demands and results that you entered for an organisation are the organisation’s and stay, without your contact details.',
      'The record of what happened holds random ids and no personal data. It stays so that tampering can be found; nothing in it leads to you any more.',
      'The list of erasures holds random ids and hashes that cannot be turned back, so that a restored backup is erased again.',
    ],
    backups: 'Backups that exist are not rewritten; when one is restored, the list of erasures is applied before the market opens.',
    noWait: 'There is no waiting time, and no way back. Export your data first if you want to keep it.',
    proveTitle: 'Show that it is you',
    send: 'Send a code to my phone',
    sent: (phone) => `We have sent a code to ${phone}. It is valid for 5 minutes.`,
    code: { label: 'Six-digit code', hint: '' },
    password: { label: 'Or your password', hint: '' },
    confirm: 'I know that this cannot be undone',
    submit: 'Erase',
    cancel: 'Go back without erasing',
    lastOperator: 'You are the last operator. Let somebody else take over before you erase your account.',
    done: { title: 'Erased', text: 'Your personal data is erased and your account is closed.' },
  },
}
