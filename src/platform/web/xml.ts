/** Characters that no XML document may hold, not even as references (XML 1.0, 2.2). */
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

/** A text as it may stand in XML at all; whoever writes it escapes it besides. */
export function storableInXml(text: string): string {
  return text.replace(forbidden, '')
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** A text between tags or quotes, of XML or HTML. */
export function escaped(text: string): string {
  return storableInXml(text).replace(/[&<>"']/g, (character) => entities[character]!)
}
