/**
 * Signs of full width that begin a formula in spreadsheets of East Asia; the csv library sees to the ones of half width. An apostrophe
 * before one makes it text, and is taken off again when the file is read.
 */
const begins = /^(?=[＝＋－＠])/
const escaped = /^'(?=[＝＋－＠])/

export const asText = (cell: string) => cell.replace(begins, "'")
export const asWritten = (cell: string) => cell.replace(escaped, '')
