import type { Words } from '../words.ts'

export const message: Words['message'] = {
  'sign-in-code': ({ code, minutes }) =>
    `[Sunmao] Your sign-in code is ${code}. It is valid for ${minutes} minutes. Our staff will never ask you for it: tell it to nobody.`,
}

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
    outbox: 'This market has no text message gateway yet: codes are written to the outbox folder on the server.',
    shown: (code) => `The demonstration sends no text messages. Your code is ${code}.`,
  },
  own: {
    title: 'My account',
    signedInAs: 'Mobile number',
    actsFor: 'Acting for',
    nobody: 'Your account does not act for anybody yet: you see what a visitor sees. Ask the operator of the market to set it up.',
    choose: 'Choose whom you want to act for.',
    chooseTitle: 'Act for somebody else',
    take: 'Act for this one',
    current: 'Now',
    operator: 'The market',
    ranks: { owner: 'owner', editor: 'editor', viewer: 'read only' },
    roles: {
      enterprise: 'Enterprise',
      expert: 'Expert',
      institution: 'Institution',
      park: 'Park',
      broker: 'Broker',
      operator: 'Operator',
    },
    back: 'Back to my account',
  },
  password: {
    signIn: 'Sign in with e-mail and password',
    set: 'Set e-mail and password',
    setLead: 'You can then sign in with either your mobile number or your e-mail address. Your other devices will be signed out.',
    email: { label: 'E-mail address', hint: '' },
    password: {
      label: 'Password',
      hint: 'At least 12 characters. A few unrelated words are safer, and easier to remember, than a short mix of symbols.',
    },
    submit: 'Save',
    toPhone: 'Sign in by mobile phone',
  },
  factor: {
    title: 'Two-step verification',
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
}
