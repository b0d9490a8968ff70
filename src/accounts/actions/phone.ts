import type { Locale } from '../../platform/i18n/words.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import type { Account, Session } from '../account.ts'
import type { Link } from '../link.ts'
import { findAccount, findCode, removeOtherSessions } from '../store.ts'
import type { Trier } from './attempts.ts'
import type { Auth } from './auth.ts'
import { type SentCode, sendCode, takeCode } from './code.ts'
import { next } from './factor.ts'
import { drawLink, linkUsed, readLink } from './link.ts'
import { refuseStranger } from './password.ts'

/** Sends a code to the number that an account has: the first half of changing it. */
export async function sendToOldPhone(ports: Ports, trier: Trier, { account }: Session, locale: Locale): Promise<SentCode> {
  if (account.phone === null) throw new Problem('not-allowed-now', { state: null })
  return sendCode(ports, trier, { phone: account.phone, locale, purpose: 'change-phone' })
}

/** The secret of a link by which the number can be changed, for whoever has the code that went to the old one. 422 for a wrong code. */
export async function showOldPhone(
  ports: Ports,
  trier: Trier,
  { account }: Session,
  { id, code }: { id: string; code: string },
): Promise<string> {
  // What was sent to somebody else is not used up by this.
  if ((await findCode(ports.database, id))?.phone !== account.phone) throw wrong('/code', 'wrong-code')
  await takeCode(ports, trier, { id, code, purpose: 'change-phone' })
  return leave(ports, account)
}

/** The same for whoever has the password: the number may be lost. A session that began just now is not enough. */
export async function showPassword(ports: Ports, auth: Auth, session: Session, password: string): Promise<string> {
  await refuseStranger(ports, auth, { ...session, signedInAt: null }, password)
  return leave(ports, session.account)
}

async function leave(ports: Ports, { id }: Account): Promise<string> {
  const { secret, statements } = await drawLink(ports, { purpose: 'change-phone', objectId: id, actorId: id })
  await ports.database.commit(...statements)
  return secret
}

/** 410 for a link that is worth nothing, or belongs to another account. */
export async function openPhoneLink(ports: Ports, { account }: Session, secret: string): Promise<Link> {
  const link = await readLink(ports, 'change-phone', secret)
  if (link.objectId !== account.id) throw new Problem('link-gone')
  return link
}

/** Sends a code to the number that is to come: the second half. */
export async function sendToNewPhone(
  ports: Ports,
  trier: Trier,
  session: Session,
  { secret, phone, locale }: { secret: string; phone: string; locale: Locale },
): Promise<SentCode> {
  await openPhoneLink(ports, session, secret)
  return sendCode(ports, trier, { phone, locale, purpose: 'change-phone' })
}

/** Changes the number, once both are shown to be his; every other session ends. 422 for a number that another account has. */
export async function changePhone(
  ports: Ports,
  trier: Trier,
  session: Session,
  secret: string,
  { id, code }: { id: string; code: string },
): Promise<void> {
  const { database } = ports
  const { account } = session
  const link = await openPhoneLink(ports, session, secret)
  const phone = await takeCode(ports, trier, { id, code, purpose: 'change-phone' })
  const isTaken = async () => {
    const other = await findAccount(database, { phone })
    return other !== undefined && other.id !== account.id
  }
  if (await isTaken()) throw wrong('/phone', 'phone-taken')
  try {
    await database.commit(
      ...next(ports, account, 'account.phone-changed', { phone }),
      ...linkUsed(ports, link, account.id, { answer: null, note: null }),
      removeOtherSessions(database, account.id, session.id),
    )
  } catch (error) {
    if (await isTaken()) throw wrong('/phone', 'phone-taken')
    throw error
  }
}

const wrong = (pointer: string, code: string) => new Problem('invalid-input', { errors: [{ pointer, code }] })
