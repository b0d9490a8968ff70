import { z } from 'zod'

/** So many units within so many seconds. What is spent comes back evenly: one unit every `seconds / quota`. */
export interface Limit {
  quota: number
  seconds: number
}

const minute = 60
const hour = 3_600
const day = 86_400

/**
 * Every limit, with what holds unless the configuration says otherwise. Requests are counted by what they are, and by whom they come
 * from: the address, the account that is signed in, the key (bearer token). The others keep signing in from being guessed.
 */
export const defaultLimits = {
  // A factory or a university stands behind one address, hence more for it than for one account.
  'search-address': { quota: 60, seconds: 10 },
  'search-account': { quota: 30, seconds: 10 },
  'search-key': { quota: 100, seconds: 10 },
  'read-address': { quota: 200, seconds: 10 },
  'read-account': { quota: 100, seconds: 10 },
  'read-key': { quota: 500, seconds: 10 },
  'write-address': { quota: 50, seconds: 10 },
  'write-account': { quota: 20, seconds: 10 },
  'write-key': { quota: 100, seconds: 10 },
  'export-address': { quota: 60, seconds: hour },
  'export-account': { quota: 20, seconds: hour },
  'export-key': { quota: 60, seconds: hour },
  'sign-in-address': { quota: 150, seconds: 15 * minute },
  /** Codes sent to one number for one place or device. */
  'code-again': { quota: 1, seconds: minute },
  /** To one number, for all who have not signed in by it on their device before. */
  'code-number': { quota: 10, seconds: day },
  /** To one number, for a device on which its account has signed in. */
  'code-device': { quota: 20, seconds: day },
  /** Codes, and links to set a new password, that one address asks for. */
  'code-address': { quota: 60, seconds: 15 * minute },
  /** For all: each message costs money. */
  'code-market': { quota: 1000, seconds: hour },
  /** Passwords tried for one account from one place or device. */
  'password-pair': { quota: 5, seconds: 15 * minute },
  /** For one account, by all who have not signed in to it on their device before. */
  'password-account': { quota: 100, seconds: day },
  /** Codes and passwords that were wrong, from one address, whosever they should have been. */
  'wrong-address': { quota: 40, seconds: hour },
  'second-factor': { quota: 5, seconds: 15 * minute },
} satisfies Record<string, Limit>
export type LimitName = keyof typeof defaultLimits
/** Null where there is none. */
export type Limits = Record<LimitName, Limit | null>

/** `search-address=600/60, read-key=off`: what differs from the defaults; `off` alone takes all limits away, for measuring. */
export const LimitsText = z.string().transform((text, { addIssue }): Limits => {
  const limits: Limits = { ...defaultLimits }
  if (text.trim() === 'off') for (const name of Object.keys(limits) as LimitName[]) limits[name] = null
  for (const part of text.trim() === 'off' ? [] : text.split(',')) {
    const [, name = '', quota, seconds] = /^\s*([\w-]+)=(?:(\d{1,9})\/(\d{1,7})|off)\s*$/.exec(part) ?? []
    if (!Object.hasOwn(defaultLimits, name) || (quota !== undefined && (Number(quota) < 1 || Number(seconds) < 1))) {
      addIssue({
        code: 'custom',
        message: `${part.trim()} must be name=quota/seconds or name=off; names: ${Object.keys(defaultLimits).join(', ')}`,
      })
      return z.NEVER
    }
    limits[name as LimitName] = quota === undefined ? null : { quota: Number(quota), seconds: Number(seconds) }
  }
  return limits
})

/** What one unit weighs, and how much weight there may be at once. */
export function weights({ quota, seconds }: Limit): { unitMs: number; wholeMs: number } {
  const unitMs = Math.max(1, Math.round((seconds * 1000) / quota))
  return { unitMs, wholeMs: unitMs * quota }
}

/** What is left of a quota that is clear at an instant: units, and the seconds until there is one more. */
export function leftOf(limit: Limit, clearAtMs: number, nowMs: number): { units: number; seconds: number } {
  const { unitMs, wholeMs } = weights(limit)
  const spentMs = Math.max(0, clearAtMs - nowMs)
  const units = Math.max(0, Math.floor((wholeMs - spentMs) / unitMs))
  return { units, seconds: Math.max(1, Math.ceil((spentMs - wholeMs + (units + 1) * unitMs) / 1000)) }
}
