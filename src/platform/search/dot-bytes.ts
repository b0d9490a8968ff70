/** `dot.wat` as WebAssembly in base64; made by `build-dot-bytes.ts`. */
export const dotBytes =
  'AGFzbQEAAAABCAFgA39/fwF9AwIBAAUGAQEBgIAEBxACBm1lbW9yeQIAA2RvdAAACqoBAacBAgF/BHsgACACaiEDA0AgBCAA/QAEACAB/QAEAP3mAf3kASEE' +
  'IAUgAP0ABBAgAf0ABBD95gH95AEhBSAGIAD9AAQgIAH9AAQg/eYB/eQBIQYgByAA/QAEMCAB/QAEMP3mAf3kASEHIAFBwABqIQEgAEHAAGoiACADSQ0ACyAE' +
  'IAX95AEgBiAH/eQB/eQBIQQgBP0fACAE/R8BkiAE/R8CIAT9HwOSkgs='

/** The sha256 of the `dot.wat` that the bytes were made from. */
export const dotSource = '6bdfdbebdc06c1de5e1af5b2449a418b4007a90c291fa10ab0f417eb6d19bcd9'
