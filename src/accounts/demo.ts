import type { Actor } from './actor.ts'

/** What the demonstration's database lets everybody do: look as one of its enterprises, and see the codes that are sent. */
export interface Demo {
  visitor: Actor
}
