import type { Words } from '../words.ts'

export const message: Words['message'] = {
  'sign-in-code': ({ code, minutes }) =>
    `[Sunmao] Your sign-in code is ${code}. It is valid for ${minutes} minutes. Our staff will never ask you for it: tell it to nobody.`,
  'account-unused': ({ months, days }) =>
    `[Sunmao] Your account has not been used for ${months} months. To keep it, sign in once within ${days} days; otherwise it is erased with the personal data that goes with it.`,
  'change-phone-code': ({ code, minutes }) =>
    `[Sunmao] You are changing your mobile number. Your code is ${code}, valid for ${minutes} minutes. If it was not you, tell it to nobody.`,
  'erasure-code': ({ code, minutes }) =>
    `[Sunmao] You are erasing your personal data and closing your account, for good. Your code is ${code}, valid for ${minutes} minutes. If it was not you, tell it to nobody.`,
  invitation: ({ organisation, role, rank, days, link }) =>
    `[Sunmao] You are invited to join ${organisation || nameOf(account.own.roles, role)} as ${nameOf(account.own.ranks, rank)}. Open this link within ${days} days: ${link} If you do not know them, ignore this.`,
  'verify-email': ({ hours, link }) =>
    `[Sunmao] Open this link within ${hours} hours to confirm that this address is yours: ${link} If it was not you, ignore this.`,
  'reset-password': ({ minutes, link }) =>
    `[Sunmao] Open this link within ${minutes} minutes to set a new password: ${link} If it was not you, ignore this: your password stays as it is.`,
}

const nameOf = (names: Record<string, string>, code: string | number | undefined) => names[String(code)] ?? String(code)

export const account: Words['account'] = {
  signIn: 'Sign in',
  signOut: 'Sign out',
  mine: 'My account',
  byPhone: {
    title: 'Sign in by mobile phone',
    lead: 'Enter your mobile number and we will text you a six-digit code. If you have no account yet, this makes one.',
    phone: { label: 'Mobile number', hint: 'Eleven digits, mainland China.' },
    send: 'Send me a code',
    toPassword: 'Sign in with e-mail and password',
  },
  code: {
    title: 'Enter the code',
    sent: (phone) => `We have sent a code to ${phone}. It is valid for 5 minutes.`,
    field: { label: 'Six-digit code', hint: 'If nothing arrives within 60 seconds, ask for another one.' },
    submit: 'Sign in',
    again: 'Send another code',
    otherPhone: 'Use another number',
    shown: (code) => `The demonstration sends no text messages. Your code is ${code}.`,
  },
  own: {
    title: 'My account',
    signedInAs: 'Mobile number',
    actsFor: 'Acting for',
    nobody:
      'Your account does not act for anybody yet: you see what a visitor sees. Enter the market below; where your organisation is here already, claim it or have a colleague invite you.',
    choose: 'Choose whom you want to act for.',
    chooseTitle: 'Act for somebody else',
    take: 'Act for this one',
    current: 'Now',
    operator: 'The market',
    ranks: {
      owner: 'owner',
      editor: 'editor',
      viewer: 'read only',
      'transfer-office': 'transfer office',
      'lab-head': 'lab head',
      expert: 'expert',
    },
    roles: {
      enterprise: 'Enterprise',
      expert: 'Expert',
      institution: 'Institution',
      broker: 'Broker',
      provider: 'Service provider',
      park: 'Park',
      county: 'County',
      operator: 'Operator',
      auditor: 'Auditor',
      service: 'Program',
    },
    back: 'Back to my account',
  },
  views: {
    title: 'Saved views',
    save: 'Save as a view',
    name: { label: 'Name of the view', hint: 'For example: talks due this month' },
    keep: 'Save',
    manage: 'Manage views',
    rename: 'Rename',
    remove: 'Delete',
    removed: 'View deleted:',
    restore: 'Bring it back',
    back: 'Back',
  },
  password: {
    signIn: 'Sign in with e-mail and password',
    set: 'Set e-mail and password',
    setLead: 'You can then sign in with either your mobile number or your e-mail address. Your other devices will be signed out.',
    email: { label: 'E-mail address', hint: '' },
    current: 'Current password',
    password: {
      label: 'Password',
      hint: 'At least 12 characters. A few unrelated words are safer, and easier to remember, than a short mix of symbols.',
    },
    submit: 'Save',
    toPhone: 'Sign in by mobile phone',
  },
  factor: {
    title: 'Two-step verification',
    isOn: 'On',
    none: 'Besides your text message or password, signing in asks for the code in your authenticator app, so that a stolen number or password is not enough. Operators must turn it on.',
    draw: 'Set it up',
    keyTitle: '1. Add the key to your authenticator',
    keyLead: 'Open any authenticator app, choose to enter a key by hand, and type this one (time-based, six digits).',
    key: 'Key',
    open: 'Add it directly, if the authenticator is on this device',
    recoveryTitle: '2. Keep the recovery codes',
    recoveryLead:
      'If you lose your phone, a recovery code lets you in; each works once. They are shown this once: write them down or print them.',
    code: { label: 'Six-digit code from your authenticator', hint: 'It changes every 30 seconds.' },
    recovery: { label: 'Recovery code', hint: 'Each works once.' },
    submit: 'Verify',
    asked: 'Enter the code from your authenticator.',
    lost: 'Phone not at hand? Use a recovery code',
    shown: 'Two-step verification is on.',
  },
  setUp: {
    title: 'Make the first operator account',
    lead: 'This link works once. Give your mobile number, which you will sign in with; two-step verification comes next.',
    submit: 'Make the account',
    printed: (address) => `There is no operator account yet. Open this link within 24 hours to make one (it works once):\n  ${address}`,
  },
  devices: {
    title: 'Signed-in devices',
    lead: 'These devices are signed in to your account. If you do not know one of them, sign it out, and look after your number and password.',
    current: 'This device',
    since: (day) => `signed in on ${day}`,
    unknown: 'Unknown device',
    end: 'Sign it out',
    endAll: 'Sign out everywhere, here too',
  },
  demo: 'Demonstration: one click signs you in as any of these.',
}
