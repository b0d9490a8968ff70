import { betterAuth } from 'better-auth'
import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type { Kind } from '../../platform/ids.ts'
import { queue } from '../../platform/limits/turns.ts'
import { log } from '../../platform/log.ts'
import type { Ports } from '../../platform/ports.ts'
import { Problem } from '../../platform/problem.ts'
import { z } from '../../platform/schema.ts'
import { passwordLength } from '../password.ts'

/** How long a session lasts without use; each day of use makes it last as long again. */
const sessionSeconds = 30 * 86_400

/** The name in authenticator apps. */
export const issuer = 'Sunmao'

/**
 * better-auth on our own connection, in our names: it keeps accounts, sessions with their cookies, passwords and second factors. Its
 * router is not mounted: pages and actions call `api`, so nothing is served that we do not serve. Its own clock is the machine's.
 */
export function makeAuth(
  { database, newId, now }: Pick<Ports, 'database' | 'newId' | 'now'>,
  secret: string,
  isSecure: boolean,
  hashing: Hashing = hashingInTurn(),
) {
  return betterAuth({
    appName: issuer,
    secret,
    // Its links and redirects are not used; a request's own address is not asked for.
    baseURL: isSecure ? 'https://localhost' : 'http://localhost',
    // On PostgreSQL too: instants are text there and booleans numbers, as on SQLite. Each of its writes is one statement: D1 has no transactions.
    database: { db: database.query, type: 'sqlite', transaction: false },
    advanced: {
      // Over https no other host, and no page fetched by http, can set them: the prefix binds them to this host, its root and https.
      cookiePrefix: isSecure ? '__Host-sunmao' : 'sunmao',
      useSecureCookies: false,
      defaultCookieAttributes: { secure: isSecure },
      ipAddress: { disableIpTracking: true },
      database: {
        // Our own migrations make the tables, and a contract test holds them to it.
        validateSchema: false,
        generateId: ({ model }) => newId(kinds[model] ?? 'sign-in-value'),
      },
    },
    user: {
      modelName: 'account',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
      additionalFields: { phone: { type: 'string', required: false, unique: true, input: false } },
    },
    session: {
      modelName: 'session',
      expiresIn: sessionSeconds,
      fields: {
        userId: 'account_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      additionalFields: {
        membershipId: { type: 'string', required: false, input: false, fieldName: 'membership_id' },
        secondFactorAt: { type: 'string', required: false, input: false, fieldName: 'second_factor_at' },
        signedInAt: { type: 'string', required: false, input: false, fieldName: 'signed_in_at' },
      },
    },
    account: {
      modelName: 'credential',
      fields: {
        userId: 'account_id',
        accountId: 'provider_account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    // Its own instants are of the machine's clock, which is not the market's.
    databaseHooks: { session: { create: { before: async (session) => ({ data: { ...session, signedInAt: now() } }) } } },
    verification: {
      modelName: 'sign_in_value',
      storeIdentifier: 'hashed',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      requireEmailVerification: true,
      minPasswordLength: passwordLength.minimum,
      maxPasswordLength: passwordLength.maximum,
      password: hashing,
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: 'warn', log: (level, message) => log(level === 'error' ? 'error' : 'warn', `better-auth: ${message}`) },
    plugins: [
      sessions(),
      twoFactor({
        issuer,
        allowPasswordless: true,
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'second_factor',
            fields: {
              userId: 'account_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
    ],
  })
}
export type Auth = ReturnType<typeof makeAuth>

/** Hashing a password takes a core of the machine for a while, on purpose. */
interface Hashing {
  hash(password: string): Promise<string>
  verify(given: { hash: string; password: string }): Promise<boolean>
}

/** More wait for no more than a few seconds; whoever guesses by the hundred keeps nobody else from the machine. */
const passwordsWaiting = 30

/** One password at a time, with the hash that the library takes by itself (scrypt). */
export function hashingInTurn(): Hashing {
  const inTurn = queue(passwordsWaiting)
  const orTooMany = <Result>(result: Result | null): Result => {
    if (result === null) throw new Problem('too-many-requests', { retryAfterSeconds: 5, 'violated-policies': ['passwords-at-once'] })
    return result
  }
  return {
    hash: async (password) => orTooMany(await inTurn(() => hashPassword(password))),
    verify: async (given) => orTooMany(await inTurn(() => verifyPassword(given))),
  }
}

const kinds: Record<string, Kind> = {
  user: 'account',
  session: 'session',
  account: 'credential',
  verification: 'verification',
  twoFactor: 'second-factor',
}

/** Begins a session for an account that has shown who it is to us: by a code, by a one-time link, or on the demonstration's page. */
function sessions() {
  return {
    id: 'sunmao-sessions',
    endpoints: {
      beginSession: createAuthEndpoint.serverOnly(
        { method: 'POST', body: z.object({ accountId: z.string(), secondFactorAt: z.string().nullable() }) },
        async (c) => {
          const { accountId, secondFactorAt } = c.body
          const user = await c.context.internalAdapter.findUserById(accountId)
          if (user === null) throw new Error(`There is no account ${accountId}`)
          const session = await c.context.internalAdapter.createSession(accountId, false, { secondFactorAt }, true)
          await setSessionCookie(c, { session, user })
          return c.json({ id: session.id })
        },
      ),
    },
  }
}
