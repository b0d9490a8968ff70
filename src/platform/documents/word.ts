/** A part of a page that somebody prints or forwards. */
export type Block =
  | { kind: 'title' | 'heading'; text: string }
  | { kind: 'paragraph'; text: string; isQuiet?: boolean }
  | { kind: 'list'; items: readonly string[] }
  /** What is asked for beside what answers it. */
  | { kind: 'pair'; left: { label: string; text: string }; right: { label: string; text: string } }

export const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** Fonts that every office program in China has; Latin letters take the second one. */
const fonts = { eastAsia: '仿宋', ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Times New Roman' }
/** Half points; twips; the grey of what matters less. */
const sizes = { title: 36, heading: 28, text: 24, small: 21 }
const margin = 1134
const quiet = '595959'

/** A Word document of one section on A4 with the market's name and the day at its foot. */
export async function wordDocument(
  blocks: readonly Block[],
  { title, foot }: { title: string; foot: string },
): Promise<Uint8Array<ArrayBuffer>> {
  // Read when the first one is wanted: most requests want none.
  const {
    AlignmentType,
    BorderStyle,
    Document,
    Footer,
    HeadingLevel,
    LineRuleType,
    Packer,
    Paragraph,
    Table,
    TableCell,
    TableRow,
    TextRun,
    WidthType,
  } = await import('docx')
  const run = (text: string, size: number, more: object = {}) => new TextRun({ text, size, font: fonts, ...more })
  const cell = ({ label, text }: { label: string; text: string }) =>
    new TableCell({
      width: { size: 50, type: WidthType.PERCENTAGE },
      margins: { top: 60, bottom: 60, left: 100, right: 100 },
      children: [
        new Paragraph({ children: [run(label, sizes.small, { color: quiet, bold: true })] }),
        new Paragraph({ children: [run(text, sizes.small)] }),
      ],
    })
  const line = { style: BorderStyle.SINGLE, size: 4, color: 'BFBFBF' }
  const made = blocks.flatMap((block) => {
    switch (block.kind) {
      case 'title':
        return [
          new Paragraph({
            heading: HeadingLevel.HEADING_1,
            alignment: AlignmentType.CENTER,
            spacing: { after: 160 },
            children: [run(block.text, sizes.title, { bold: true, color: '000000' })],
          }),
        ]
      case 'heading':
        return [
          new Paragraph({
            heading: HeadingLevel.HEADING_2,
            keepNext: true,
            spacing: { before: 200, after: 60 },
            children: [run(block.text, sizes.heading, { bold: true, color: '000000' })],
          }),
        ]
      case 'paragraph':
        return [
          new Paragraph({
            spacing: { after: 60 },
            children: [run(block.text, block.isQuiet ? sizes.small : sizes.text, block.isQuiet ? { color: quiet } : {})],
          }),
        ]
      case 'list':
        return block.items.map((text) => new Paragraph({ bullet: { level: 0 }, children: [run(text, sizes.small)] }))
      default:
        return [
          new Table({
            width: { size: 100, type: WidthType.PERCENTAGE },
            borders: { top: line, bottom: line, left: line, right: line, insideVertical: line, insideHorizontal: line },
            rows: [new TableRow({ cantSplit: true, children: [cell(block.left), cell(block.right)] })],
          }),
          // A table needs a paragraph after it, as low as one can be.
          new Paragraph({ spacing: { line: 120, lineRule: LineRuleType.EXACT }, children: [] }),
        ]
    }
  })
  const document = new Document({
    title,
    creator: foot,
    sections: [
      {
        properties: {
          page: { size: { width: 11906, height: 16838 }, margin: { top: margin, bottom: margin, left: margin, right: margin } },
        },
        footers: { default: new Footer({ children: [new Paragraph({ children: [run(foot, 18, { color: quiet })] })] }) },
        children: made,
      },
    ],
  })
  return Uint8Array.from(new Uint8Array(await (await Packer.toBlob(document)).arrayBuffer()))
}
