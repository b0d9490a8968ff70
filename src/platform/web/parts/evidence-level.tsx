import type { EvidenceLevel } from '../../codes/enums.ts'
import type { View } from '../view.ts'
import { Tag } from './text.tsx'

const tones = { unstated: 'quiet', simulated: 'quiet', laboratory: 'plain', pilot: 'plain', field: 'good', 'third-party': 'good' } as const

/** How a value is backed: stands beside every value that a supplier states. */
export function EvidenceLevelTag({ level, view }: { level: EvidenceLevel; view: View }) {
  return <Tag tone={tones[level]}>{view.words.evidenceLevels[level]}</Tag>
}
