import { oneLine } from '../grid.ts'
import { saysSomething } from './entry.ts'

/** What stands beside the lines, a line of text each. */
export const notesIn = (text: string): string[] => text.split('\n').map(oneLine).filter(saysSomething)
