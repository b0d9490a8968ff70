import { Problem } from '../../problem.ts'

/** Why a file is not taken: the code says what is wrong with it, the words what to do. */
export type FileFault =
  | 'file-empty'
  | 'file-type'
  | 'file-double'
  | 'file-damaged'
  | 'file-locked'
  | 'file-active'
  | 'file-unpacks'
  | 'image-size'
  | 'not-a-photo'

export function refusal(code: FileFault, facts?: Record<string, number>): Problem {
  return new Problem('invalid-input', { errors: [{ pointer: '/file', code, ...(facts && { facts }) }] })
}
