import type { Fields } from '../matching/belonging.ts'
import { nameIn } from '../platform/web/parts/labels.ts'
import { Section } from '../platform/web/parts/text.tsx'
import type { View } from '../platform/web/view.ts'

interface FieldCountsProps {
  view: View
  experts: { fields: Fields }
  offerings: { fields: Fields }
}

const schemes = { industry: ['gbt4754'], discipline: ['gbt13745', 'degree-catalogue'] } as const
const shownOfEach = 6

/** In which fields an institution has results and people, as far as the reader may find them. */
export function FieldCounts({ view, experts, offerings }: FieldCountsProps) {
  const { words } = view
  const { fields: names, ...institution } = words.directory.institution
  const rows = (['industry', 'discipline'] as const).flatMap((kind) => {
    const [results, people] = [offerings.fields[kind], experts.fields[kind]]
    return (
      [...new Set([...Object.keys(results), ...Object.keys(people)])]
        // Sections (A, B, C …) are too wide to tell anything.
        .filter((code) => /^\d/.test(code))
        .map((code) => ({ kind, code, results: results[code] ?? 0, people: people[code] ?? 0 }))
        .sort((a, b) => b.results + b.people - a.results - a.people || (a.code < b.code ? -1 : 1))
        .slice(0, shownOfEach)
    )
  })
  if (rows.length === 0) return null
  return (
    <Section title={names.title}>
      <table>
        <caption>{names.note}</caption>
        <thead>
          <tr>
            <th scope="col">{`${names.industry} / ${names.discipline}`}</th>
            <th scope="col" class="number">
              {institution.offerings}
            </th>
            <th scope="col" class="number">
              {institution.experts}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ kind, code, results, people }) => (
            <tr>
              <th scope="row">{nameIn(schemes[kind], code, view)}</th>
              <td class="number">{words.units.count(results)}</td>
              <td class="number">{words.units.count(people)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}
