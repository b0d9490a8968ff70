import type { Words } from '../words.ts'
import { units } from './shell.ts'

export const unfinished: Words['unfinished'] = {
  kept: 'Saved. You can go on writing on any device where you sign in.',
  notKept: 'Not saved: your session has ended. Please sign in on a new tab, then go on writing.',
  resumed: (day, time) => `Here is what you had not finished on ${units.day(day)} at ${time}.`,
  drop: 'Drop it and begin anew',
  dropListed: 'Drop it',
  listed: 'Not finished yet',
  listedLead: 'Saved and not sent: only you see this. It goes 30 days after you last wrote on it.',
  form: (path) => (path.startsWith('/demands/new') ? 'A new demand' : path.startsWith('/demands/') ? 'Changes to a demand' : 'A form'),
  writtenOn: (day, time) => `Last written on ${units.day(day)} at ${time}`,
}
