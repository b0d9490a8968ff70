/** `dot.wat` as WebAssembly in base64; made by `build-dot-bytes.ts`. */
export const dotBytes =
  'AGFzbQEAAAABDgJgBX9/f39/AGABewF9AwMCAAEFBgEBAYCABAcRAgZtZW1vcnkCAARkb3RzAAAK0AECswECAn8Fe0HAACEFIAUgBGohBgNAIAX9AAQAIQcg' +
  'CCAHIAD9AAQA/eYB/eQBIQggAEEQaiEAIAkgByAB/QAEAP3mAf3kASEJIAFBEGohASAKIAcgAv0ABAD95gH95AEhCiACQRBqIQIgCyAHIAP9AAQA/eYB/eQB' +
  'IQsgA0EQaiEDIAVBEGohBSAFIAZJDQALQQAgCBABOAIAQQQgCRABOAIAQQggChABOAIAQQwgCxABOAIACxkAIAD9HwAgAP0fAZIgAP0fAiAA/R8DkpIL'

/** The sha256 of the `dot.wat` that the bytes were made from. */
export const dotSource = '9fab5de952b1bcf45af2bcd8f95e5f1bdfb5d8b9c4d544c0dc8b29c4545a42c8'
