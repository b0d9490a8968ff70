import { Command } from 'commander'
import { Rank } from '../accounts/account.ts'
import { createToken, revokeToken } from '../accounts/actions.ts'
import { Role } from '../accounts/actor.ts'
import { scopes } from '../accounts/permissions.ts'
import { listTokens } from '../accounts/store/token.ts'
import { KeyDraft, KeyScope } from '../accounts/token.ts'
import { parseInput } from '../platform/input.ts'
import { z } from '../platform/schema.ts'
import { config, print, withMarket } from './market.ts'

const quiet = () => config({ embedding: { kind: 'off' } })

/** What was not given is left out, so that the token has none of it. */
const Options = z.object({
  role: Role,
  subject: z.string().optional(),
  days: z.coerce.number().int().min(1).max(3650),
  name: KeyDraft.shape.name.nullish().transform((name) => name ?? null),
  rank: Rank.nullish().transform((rank) => rank ?? null),
  scopes: z
    .string()
    .transform((written) => written.split(',').map((scope) => scope.trim()))
    .pipe(z.array(KeyScope))
    .nullish()
    .transform((scopes) => scopes ?? null),
  requestsPerMinute: z.coerce
    .number()
    .pipe(KeyDraft.shape.requestsPerMinute.unwrap())
    .nullish()
    .transform((count) => count ?? null),
})

export function tokenCommand(): Command {
  const token = new Command('token').description('Give, list and take away bearer tokens')
  token
    .command('create')
    .description('Give a token; its secret is shown this once')
    .requiredOption('--role <role>', `one of: ${Role.options.join(', ')}`)
    .option('--subject <id>', 'whom it acts for (not for an operator)')
    .option('--days <n>', 'how long it is good for', '90')
    .option('--name <name>', 'what it is for')
    .option('--rank <rank>', `no more than a member of this rank may: one of ${Rank.options.join(', ')}`)
    .option('--scopes <scopes>', `for these alone, by commas: ${scopes.join(', ')}`)
    .option('--requests-per-minute <n>', 'how often it may be used')
    .option('--json', 'print JSON')
    .action((options: { role: string; subject?: string; json?: true }) =>
      withMarket(quiet(), async ({ ports }) => {
        const { subject, role, ...wanted } = parseInput(Options, options)
        const made = await createToken(ports, 'command-line', { role, subjectId: subject ?? null, ...wanted })
        if (options.json)
          return print(
            JSON.stringify({
              id: made.token.id,
              role,
              subjectId: made.token.subjectId,
              expiresAt: made.token.expiresAt,
              secret: made.secret,
            }),
          )
        print(`${made.secret}`)
        process.stderr.write(
          `Token ${made.token.id} for role ${role}, good until ${made.token.expiresAt}. Keep the secret: it is not shown again.\n`,
        )
      }),
    )
  token
    .command('list')
    .description('List tokens (never their secrets)')
    .option('--json', 'print JSON')
    .action((options: { json?: true }) =>
      withMarket(quiet(), async ({ ports }) => {
        const tokens = await listTokens(ports.database)
        if (options.json) return print(JSON.stringify(tokens))
        for (const { id, role, subjectId, expiresAt, revokedAt, lastUsedOn, name } of tokens) {
          const state = revokedAt === null ? `until ${expiresAt}` : `revoked ${revokedAt}`
          print([id, role, subjectId ?? '-', state, `last used ${lastUsedOn ?? 'never'}`, name ?? ''].join('  ').trimEnd())
        }
      }),
    )
  token
    .command('revoke <id>')
    .description('Take a token away')
    .action((id: string) =>
      withMarket(quiet(), async ({ ports }) => {
        await revokeToken(ports, 'command-line', id)
        print(`${id} is revoked`)
      }),
    )
  return token
}
