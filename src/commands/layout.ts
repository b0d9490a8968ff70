import type { Match } from '../matching/match.ts'
import { indicatorSentences, type Reading, reasonSentences } from '../matching/reason-words.ts'

/** A match as a terminal shows it: number and title, why, and the need beside the sentence that answers it. */
export function matchLines(number: number, match: Match, reading: Reading, note: string | null): string[] {
  const { terminal } = reading.words
  const { known, unknown } = reasonSentences(match, reading)
  const indicators = indicatorSentences(match.indicators, reading)
  const isLead = note === terminal.lead
  return [
    `  ${number}. ${match.subject.title}${note === null ? '' : `  〔${note}〕`}`,
    ...match.evidence
      .slice(0, 1)
      .flatMap(({ source, need, sentence }) => [
        ...wrapped(terminal.labelled(terminal.need, need), 5),
        ...wrapped(terminal.labelled(isLead ? terminal.written : terminal.done, sentence), 5),
        ...(source.title === match.subject.title ? [] : wrapped(terminal.from(source.title), 5)),
      ]),
    ...indicators.known.flatMap((sentence) => wrapped(`· ${sentence}`, 5)),
    ...known.flatMap((sentence) => wrapped(`· ${sentence}`, 5)),
    ...(indicators.unknown === null ? [] : wrapped(`· ${indicators.unknown}`, 5)),
    ...(unknown.length === 0 ? [] : wrapped(terminal.unknown(unknown.join(terminal.semicolon)), 5)),
    '',
  ]
}

/** Lines of at most 100 columns, where a Chinese character takes two; continued lines are indented a little more. */
export function wrapped(text: string, indent: number): string[] {
  const lines: string[] = []
  let line = ''
  let width = indent
  for (const piece of text.match(/[\p{L}\p{N}.,%°/+-]+[ ]?|./gsu) ?? []) {
    for (const part of /\p{Script=Han}/u.test(piece) ? [...piece] : [piece]) {
      const wide = [...part].reduce((sum, character) => sum + (/[ᄀ-ᅟ⺀-꓏가-힣豈-﫿︰-﹏＀-｠￠-￦]/.test(character) ? 2 : 1), 0)
      if (width + wide > 100 && line !== '' && !/^[，。；：、？！）】”]/.test(part)) {
        lines.push(' '.repeat(lines.length === 0 ? indent : indent + 2) + line)
        line = ''
        width = indent + 2
      }
      line += part
      width += wide
    }
  }
  return [...lines, ' '.repeat(lines.length === 0 ? indent : indent + 2) + line.trimEnd()]
}

export function heading(text: string): string {
  return `\n${text}\n${'─'.repeat(60)}`
}
