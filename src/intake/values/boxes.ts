/** Signs of a box that is ticked, and of one that is not. */
const ticked = '☑☒✓✔√■●◉▣🗹'
const blank = '□☐○◯▢'
const sign = new RegExp(`[${ticked}${blank}]|[（(]\\s*[√✓✔]?\\s*[）)]`, 'u')
const isTicked = (mark: string) => new RegExp(`[${ticked}]`, 'u').test(mark)

/** The choices of a list of boxes that are ticked; null for a text without boxes. */
export function tickedIn(text: string): string[] | null {
  if (!new RegExp(`[${blank}]`, 'u').test(text) && !/^\s*[☑☒✓✔√■]/u.test(text)) {
    if (!/[（(]\s*[）)]/.test(text)) return null
  }
  const marks = [...text.matchAll(new RegExp(sign, 'gu'))]
  if (marks.length === 0) return null
  return marks.flatMap((mark, at) => {
    const from = mark.index + mark[0].length
    const choice = text.slice(from, marks[at + 1]?.index ?? text.length).replaceAll(/^[\s:：]+|[\s,，;；、]+$/g, '')
    return isTicked(mark[0]) && choice !== '' ? [choice] : []
  })
}
