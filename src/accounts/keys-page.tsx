import { Page } from '../platform/web/page.tsx'
import { Actions, Button, ButtonLink } from '../platform/web/parts/buttons.tsx'
import { Choices, ErrorSummary, type FormState, Select, TextField } from '../platform/web/parts/fields.tsx'
import { Notice, Rows, Section } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'
import { isRankOf, lowerRank, ranksOf } from './account.ts'
import type { Role } from './actor.ts'
import { type Scope, scopesOf } from './permissions.ts'
import type { Key, MadeKey } from './token.ts'

/** The keys of one's organisation, and the form that makes one. */
export function KeysPage({ view, form, keys }: { view: View; form: FormState; keys: readonly Key[] }) {
  const { keys: words } = view.words.access
  return (
    <Page view={view} title={words.title}>
      <div class="narrow">
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        {keys.length === 0 ? <p>{words.none}</p> : <KeyList view={view} keys={keys} />}
        <KeyForm view={view} form={form} />
        <Actions>
          <a href="/account">{view.words.account.own.back}</a>
        </Actions>
      </div>
    </Page>
  )
}

function KeyList({ view, keys }: { view: View; keys: readonly Key[] }) {
  const { access, account, units } = view.words
  const words = access.keys
  return (
    <ul class="plates">
      {keys.map((key) => {
        const state = stateOf(view, key)
        return (
          <li>
            <h2>{key.name ?? words.unnamed}</h2>
            <p class="quiet">
              {[
                `${words.mark} ${markOf(key)}`,
                words.since(units.day(view.dayOf(key.createdAt))),
                key.rank && account.own.ranks[key.rank],
                state.text,
                key.lastUsedOn ? words.lastUsed(units.day(key.lastUsedOn)) : words.neverUsed,
              ]
                .filter((each) => each !== null)
                .join(' · ')}
            </p>
            <p>{key.scopes === null ? words.everything : units.list(key.scopes.map((scope) => scopeName(view, scope)))}</p>
            {state.isLive && (
              <form method="post" action="/account/keys/revocation">
                <Button tone="plain" name="id" value={key.id} aria-label={`${words.revoke} ${key.name ?? ''} ${markOf(key)}`}>
                  {words.revoke}
                </Button>
              </form>
            )}
          </li>
        )
      })}
    </ul>
  )
}

/** By which two keys of one name are told apart. */
const markOf = ({ id }: Pick<Key, 'id'>) => id.slice(-6)

function stateOf(view: View, { revokedAt, expiresAt }: Key): { text: string; isLive: boolean } {
  const words = view.words.access.keys
  if (revokedAt !== null) return { text: words.revoked, isLive: false }
  const day = view.dayOf(expiresAt)
  return day < view.today ? { text: words.expired, isLive: false } : { text: words.until(view.words.units.day(day)), isLive: true }
}

function KeyForm({ view, form }: { view: View; form: FormState }) {
  const { account, access } = view.words
  const words = access.keys
  // Only who has a role comes here.
  const role = view.actor.role as Role
  const lower = ranksOf(role).filter((rank) => !isRankOf(role, view.actor.rank) || lowerRank(role, rank, view.actor.rank) === rank)
  const labels = { name: words.name.label, days: words.days.label, scopes: words.scopes.label, rank: words.rank }
  return (
    <Section title={words.make}>
      <ErrorSummary view={view} form={form} labels={{ ...labels, requestsPerMinute: words.requestsPerMinute.label }} />
      <form method="post" action="/account/keys" novalidate class="stack">
        <TextField {...{ view, form, name: 'name', ...words.name }} isRequired />
        <TextField {...{ view, form, name: 'days', ...words.days }} mode="numeric" isRequired />
        <Choices
          {...{ view, form, name: 'scopes', ...words.scopes }}
          options={inOrder(scopesOf(role)).map((scope) => ({ value: scope, label: scopeName(view, scope) }))}
        />
        {lower.length > 1 && (
          <Select
            {...{ view, form, name: 'rank', label: words.rank }}
            options={lower.map((rank) => ({ value: rank, label: account.own.ranks[rank] }))}
          />
        )}
        <TextField {...{ view, form, name: 'requestsPerMinute', ...words.requestsPerMinute }} mode="numeric" />
        <Button isLarge>{words.submit}</Button>
      </form>
    </Section>
  )
}

/** The one page that shows a key. */
export function MadeKeyPage({ view, made }: { view: View; made: MadeKey }) {
  const { access, account, units } = view.words
  const words = access.keys
  return (
    <Page view={view} title={words.made}>
      <div class="narrow">
        <h1>{words.made}</h1>
        <Notice tone="warn">
          <p>{words.once}</p>
        </Notice>
        <Rows
          rows={[
            [words.name.label, made.name],
            [words.mark, markOf(made)],
            [words.secret, <code class="secret">{made.secret}</code>],
            [words.scopes.label, made.scopes === null ? words.everything : units.list(made.scopes.map((scope) => scopeName(view, scope)))],
            [words.rank, made.rank && account.own.ranks[made.rank]],
            [words.days.label, words.until(units.day(view.dayOf(made.expiresAt)))],
          ]}
        />
        <Actions>
          <ButtonLink href="/account/keys">{access.members.done}</ButtonLink>
        </Actions>
      </div>
    </Page>
  )
}

/** Noun by noun, from looking to managing. */
function inOrder(scopes: Scope[]): Scope[] {
  const nouns = [...new Set(scopes.map((scope) => scope.split('.')[0]))]
  return nouns.flatMap((noun) =>
    (['read', 'write', 'manage'] as const).flatMap((access) => scopes.filter((each) => each === `${noun}.${access}`)),
  )
}

function scopeName({ words }: View, scope: Scope): string {
  const { nouns, accesses } = words.access.keys
  // A scope is its noun and its access, by its type.
  const [noun, access] = scope.split('.') as [string, keyof typeof accesses]
  return words.units.withNote(nouns[noun] ?? noun, accesses[access])
}
