import type { Words } from '../words.ts'
import { units } from './shell.ts'

export const unfinished: Words['unfinished'] = {
  kept: 'Saved automatically. Sign in on another device and you can carry on there.',
  notKept: 'Not saved: your session has ended. Please sign in again on a new tab, then carry on.',
  resumed: (day, time) => `What you had not finished on ${units.day(day)} at ${time} has been restored.`,
  drop: 'Discard and start again',
  dropListed: 'Discard',
  listed: 'Not finished yet',
  listedLead: 'Saved automatically and not sent yet; only you can see it. It is deleted 30 days after you last worked on it.',
  form: (path) =>
    path.startsWith('/demands/new')
      ? 'A new demand'
      : path.startsWith('/demands/')
        ? 'Changes to a demand'
        : path.startsWith('/offerings/new')
          ? 'A new result'
          : 'A form',
  writtenOn: (day, time) => `Last worked on ${units.day(day)} at ${time}`,
}
