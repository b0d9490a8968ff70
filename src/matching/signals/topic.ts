import { missing, type Signal } from './signal.ts'

/** Shared words: the text side alone. */
export const text: Signal = ({ topic }) => ({ value: topic.text, facts: {} })

/** Likeness of meaning: the vector side alone; missing while no model runs or the vector is not there yet. */
export const meaning: Signal = ({ topic }) => (topic.meaning === null ? missing : { value: topic.meaning, facts: {} })

/** From the supplier's side: is this my field? Both sides of the topic together, text alone where no vectors are. */
export const field: Signal = ({ topic }) => ({ value: topic.near, facts: {} })
