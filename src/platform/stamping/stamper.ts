/** Who was given a copy, when, and by which code that copy is known. Codes and days only: they are drawn in a font that has no Chinese. */
export interface Mark {
  reader: string
  day: string
  code: string
}

/** What keeps a PDF out: it is locked, it can act, or nobody can read it. */
export type PdfFault = 'file-locked' | 'file-active' | 'file-damaged'

/** Reads and stamps documents: what it may cost is the adapter's affair. */
export interface Stamper {
  /** Null for a PDF that can be shown to anybody and stamped. */
  inspect(pdf: Uint8Array): Promise<PdfFault | null>
  /** A PDF that carries the mark on every page. An image becomes the one page of it. */
  stamp(document: { mediaType: 'application/pdf' | 'image/png' | 'image/jpeg'; bytes: Uint8Array }, mark: Mark): Promise<Uint8Array>
}
