import { Command } from 'commander'
import { createToken, revokeToken } from '../accounts/actions.ts'
import { Role } from '../accounts/actor.ts'
import { listTokens } from '../accounts/store.ts'
import { parseInput } from '../platform/input.ts'
import { z } from '../platform/schema.ts'
import { config, print, withMarket } from './market.ts'

const quiet = () => config({ embedding: { kind: 'off' } })

export function tokenCommand(): Command {
  const token = new Command('token').description('Give, list and take away bearer tokens')
  token
    .command('create')
    .description('Give a token; its secret is shown this once')
    .requiredOption('--role <role>', `one of: ${Role.options.join(', ')}`)
    .option('--subject <id>', 'whom it acts for (not for an operator)')
    .option('--days <n>', 'how long it is good for', '90')
    .option('--json', 'print JSON')
    .action((options: { role: string; subject?: string; days: string; json?: true }) =>
      withMarket(quiet(), async ({ ports }) => {
        const { role, days } = parseInput(z.object({ role: Role, days: z.coerce.number().int().min(1).max(3650) }), options)
        const made = await createToken(ports, 'command-line', { role, subjectId: options.subject ?? null, days })
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
        for (const { id, role, subjectId, expiresAt, revokedAt } of tokens) {
          print([id, role, subjectId ?? '-', revokedAt === null ? `until ${expiresAt}` : `revoked ${revokedAt}`].join('  '))
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
