import { Bar } from '../../platform/web/parts/bar.tsx'
import type { View } from '../../platform/web/view.ts'
import type { Match, Reason } from '../match.ts'

const share = (value: number) => value.toFixed(3)

/** Score, both sides and every factor, for those whose role may read numbers; nothing for anybody else. */
export function MatchNumbers({ view, match }: { view: View; match: Match }) {
  if (match.score === null) return null
  const { matching, units } = view.words
  const { demandSide, supplySide } = match.sides
  return (
    <details class="why">
      <summary>{`${matching.numbers} · ${matching.score} ${share(match.score)}`}</summary>
      <p>
        {`${matching.sides.demandSide}${units.colon}${share(demandSide ?? 0)} · ${matching.sides.supplySide}${units.colon}${share(supplySide ?? 0)}`}
      </p>
      <section class="wide-table" aria-label={matching.numbersOf(match.subject.title)} tabindex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{matching.factor}</th>
              <th scope="col">{matching.value}</th>
              <th scope="col" class="number">
                {matching.weight}
              </th>
              <th scope="col" class="number">
                {matching.contribution}
              </th>
            </tr>
          </thead>
          {(['demandSide', 'supplySide'] as const).map((side) => (
            <tbody>
              <tr>
                <th scope="rowgroup" colspan={4}>
                  {matching.sides[side]}
                </th>
              </tr>
              {match.reasons
                .filter((reason) => reason.side === side)
                .map((reason) => (
                  <Factor view={view} reason={reason} />
                ))}
            </tbody>
          ))}
        </table>
      </section>
    </details>
  )
}

function Factor({ view, reason: { key, value, weight, contribution } }: { view: View; reason: Reason }) {
  const { matching } = view.words
  const name = matching.factors[key] ?? key
  const said = value === null ? matching.neutral : share(value)
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <Bar share={value ?? 0.5} label={matching.bar(name, said)} /> {said}
      </td>
      <td class="number">{share(weight ?? 0)}</td>
      <td class="number">{share(contribution ?? 0)}</td>
    </tr>
  )
}
