import { degrees, type PDFDocument, type PDFFont, type PDFPage, rgb, StandardFonts } from '@cantoo/pdf-lib'
import type { Mark } from './stamper.ts'

const ink = rgb(0.45, 0.1, 0.1)

/** Writes the mark across every page and along its foot, as whoever looks at it turns the page. */
export async function drawMark(document: PDFDocument, { reader, day, code }: Mark): Promise<void> {
  const font = await document.embedFont(StandardFonts.Helvetica)
  for (const page of document.getPages()) {
    const view = viewOf(page)
    across(view, font, [`${day}  ${code}`, reader])
    along(view, font, `${code}  ${day}  ${reader}`)
  }
}

/** A page as it is seen: lower left corner at 0, 0, however its box lies and whichever way it is turned. */
interface View {
  width: number
  height: number
  write(text: string, at: { x: number; y: number; angle: number; size: number; opacity: number; font: PDFFont }): void
}

function viewOf(page: PDFPage): View {
  const { x: left, y: bottom, width, height } = page.getCropBox()
  const turned = (((Math.round(page.getRotation().angle / 90) * 90) % 360) + 360) % 360
  const [across, up] = turned % 180 === 0 ? [width, height] : [height, width]
  const place = (x: number, y: number): [number, number] => {
    if (turned === 90) return [left + width - y, bottom + x]
    if (turned === 180) return [left + width - x, bottom + height - y]
    if (turned === 270) return [left + y, bottom + height - x]
    return [left + x, bottom + y]
  }
  return {
    width: across,
    height: up,
    write(text, { x, y, angle, ...style }) {
      const [pageX, pageY] = place(x, y)
      page.drawText(text, { x: pageX, y: pageY, rotate: degrees(angle + turned), color: ink, ...style })
    },
  }
}

/** Corner to corner, line under line. */
function across({ width, height, write }: View, font: PDFFont, lines: string[]): void {
  const radians = Math.atan2(height, width)
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)]
  const widest = Math.max(...lines.map((line) => font.widthOfTextAtSize(line, 1)))
  const size = Math.min((Math.hypot(width, height) * 0.7) / widest, Math.min(width, height) / 8)
  for (const [at, line] of lines.entries()) {
    const back = font.widthOfTextAtSize(line, size) / 2
    const down = (at - (lines.length - 1) / 2) * size * 1.5
    const [x, y] = [width / 2 - back * cos + down * sin, height / 2 - back * sin - down * cos]
    write(line, { x, y, angle: (radians * 180) / Math.PI, size, opacity: 0.2, font })
  }
}

function along({ width, write }: View, font: PDFFont, line: string): void {
  const size = Math.min(width / 75, (width * 0.9) / font.widthOfTextAtSize(line, 1))
  write(line, { x: width * 0.05, y: size, angle: 0, size, opacity: 0.8, font })
}
