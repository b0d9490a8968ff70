import { Command } from 'commander'
import { Phone, Rank, ranksOf } from '../accounts/account.ts'
import { dropSecondFactor } from '../accounts/actions/factor-change.ts'
import { admitMember, endMembership, named } from '../accounts/actions/membership.ts'
import { accountOf } from '../accounts/actions/session.ts'
import { Role } from '../accounts/actor.ts'
import { findAccount, membershipsOf } from '../accounts/store.ts'
import { parseInput } from '../platform/input.ts'
import { Problem } from '../platform/problem.ts'
import { z } from '../platform/schema.ts'
import { config, print, withMarket } from './market.ts'

const quiet = () => config({ embedding: { kind: 'off' } })

export function accountCommand(): Command {
  const account = new Command('account').description('Say for whom people who sign in may act')
  account
    .command('admit')
    .description('Let the account of a mobile number act for somebody; the number need not have signed in before')
    .requiredOption('--phone <number>', 'mobile number, mainland China')
    .requiredOption('--role <role>', `one of: ${Role.options.join(', ')}`)
    .option('--subject <id>', 'for whom (not for an operator)')
    .option('--rank <rank>', `one of: ${Rank.options.join(', ')}; the highest of the role unless it says otherwise`)
    .action((options: Record<string, string>) =>
      withMarket(quiet(), async ({ ports }) => {
        const { phone, role, rank = ranksOf(role)[0] } = parseInput(z.object({ phone: Phone, role: Role, rank: Rank.optional() }), options)
        const { id: accountId } = await accountOf(ports, phone)
        const membership = await admitMember(ports, 'command-line', { accountId, role, subjectId: options.subject ?? null, rank })
        print(`${membership.id}  ${role}, ${rank}: from now on the account of this number may act so`)
      }),
    )
  account
    .command('list')
    .description('List for whom the account of a mobile number acts')
    .requiredOption('--phone <number>', 'mobile number, mainland China')
    .action((options: Record<string, string>) =>
      withMarket(quiet(), async ({ ports }) => {
        const { phone } = parseInput(z.object({ phone: Phone }), options)
        const found = await findAccount(ports.database, { phone })
        if (found === undefined) throw new Problem('not-found')
        for (const { id, role, rank, name } of await named(ports, await membershipsOf(ports.database, found.id))) {
          print([id, role, rank, name ?? '-'].join('  '))
        }
      }),
    )
  account
    .command('drop-second-factor')
    .description('Take the second factor of an account away, where phone and recovery codes are lost; it signs out everywhere')
    .requiredOption('--phone <number>', 'mobile number, mainland China')
    .action((options: Record<string, string>) =>
      withMarket(quiet(), async ({ ports }) => {
        const { phone } = parseInput(z.object({ phone: Phone }), options)
        const found = await findAccount(ports.database, { phone })
        if (found === undefined) throw new Problem('not-found')
        await dropSecondFactor(ports, 'command-line', found)
        print('The second factor is gone. Whoever needs one is asked to set it up when he next signs in.')
      }),
    )
  account
    .command('end <membership>')
    .description('Take a membership away (its id as listed)')
    .action((id: string) =>
      withMarket(quiet(), async ({ ports }) => {
        await endMembership(ports, 'command-line', id)
        print(`${id} has ended`)
      }),
    )
  return account
}
