import type { Words } from '../words.ts'

export const message: Words['message'] = {
  'sign-in-code': ({ code, minutes }) =>
    `[Sunmao] Your sign-in code is ${code}. It is valid for ${minutes} minutes. Our staff will never ask for it: do not share it with anyone.`,
  'account-unused': ({ months, days }) =>
    `[Sunmao] Your account has not been used for ${months} months. To keep it, sign in once within ${days} days; otherwise the account and the personal data that goes with it will be erased.`,
  'change-phone-code': ({ code, minutes }) =>
    `[Sunmao] You are changing your mobile number. Your code is ${code}, valid for ${minutes} minutes. If this was not you, do not share the code with anyone.`,
  'erasure-code': ({ code, minutes }) =>
    `[Sunmao] You are erasing your personal data and closing your account. This cannot be undone. Your code is ${code}, valid for ${minutes} minutes. If this was not you, do not share the code with anyone.`,
  invitation: ({ organisation, role, rank, days, link }) =>
    `[Sunmao] You are invited to join ${organisation || nameOf(account.own.roles, role)} as ${nameOf(account.own.ranks, rank)}. Open this link within ${days} days: ${link} If you do not know who sent this, ignore it.`,
  'verify-email': ({ hours, link }) =>
    `[Sunmao] Open this link within ${hours} hours to confirm that this address is yours: ${link} If this was not you, ignore it.`,
  'reset-password': ({ minutes, link }) =>
    `[Sunmao] Open this link within ${minutes} minutes to set a new password: ${link} If this was not you, ignore it: your password stays as it is.`,
}

const nameOf = (names: Record<string, string>, code: string | number | undefined) => names[String(code)] ?? String(code)

export const account: Words['account'] = {
  signIn: 'Sign in',
  signOut: 'Sign out',
  mine: 'My account',
  byPhone: {
    title: 'Sign in by mobile phone',
    lead: 'Enter your mobile number and we will text you a six-digit code. If you have no account yet, one is created.',
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
      'Your account does not act for anybody yet, so you see what a visitor sees. Join the market below; if your organisation is already here, claim it or ask a colleague to invite you.',
    choose: 'Choose who you want to act for.',
    chooseTitle: 'Change who you act for',
    take: 'Switch to this one',
    current: 'Current',
    operator: 'The market',
    ranks: {
      owner: 'owner',
      editor: 'editor',
      viewer: 'viewer',
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
      service: 'Business system',
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
    restore: 'Restore',
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
    none: 'Signing in then also asks for a code from your authenticator app, so a stolen number or password is not enough. Operators must turn it on.',
    draw: 'Set it up',
    keyTitle: '1. Add the key to your authenticator',
    keyLead: 'Open any authenticator app, choose to enter a key by hand, and type the one below (time-based, six digits).',
    key: 'Key',
    open: 'Authenticator on this device? Add the key directly',
    recoveryTitle: '2. Save the recovery codes',
    recoveryLead:
      'If you lose your phone, a recovery code lets you in; each works once. They are shown only now: write them down or print them, and keep them safe.',
    code: { label: 'Six-digit code from your authenticator', hint: 'It changes every 30 seconds.' },
    recovery: { label: 'Recovery code', hint: 'Each code works once.' },
    submit: 'Verify',
    asked: 'Enter the code from your authenticator.',
    lost: 'Phone not at hand? Use a recovery code',
    shown: 'Two-step verification is on.',
  },
  setUp: {
    title: 'Create the first operator account',
    lead: 'This link works once. Enter your mobile number: you will sign in with it. Two-step verification comes next.',
    submit: 'Create account',
    printed: (address) => `There is no operator account yet. Open this link within 24 hours to create one (it works once):\n  ${address}`,
  },
  devices: {
    title: 'Signed-in devices',
    lead: 'These devices are signed in to your account. If you do not know one of them, sign it out; if you have a password, change it too.',
    current: 'This device',
    since: (day) => `signed in on ${day}`,
    unknown: 'Unknown device',
    end: 'Sign it out',
    endAll: 'Sign out everywhere, including here',
  },
  demo: 'Demonstration: choose one and you are signed in.',
}
