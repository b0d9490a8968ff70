/** Documents that belong to a listing or an organisation, and who read them. */
export const attachment = {
  title: '附件',
  lead: '图纸、检测报告、现场照片等。每个附件给谁看，由您选定。',
  proofLead: '营业执照、法人证书等证明材料，只有本单位和市场运营人员能看。',
  none: '还没有附件。',
  proof: '证明材料',
  back: '返回',
  groups: { teaser: '随概述公开', detail: '随详情公开', confidential: '保密' },
  groupHints: {
    teaser: '能看到本条目的人都能下载',
    detail: '能看到详细内容的人才能下载',
    confidential:
      '只有本单位、负责的技术经理人和接受了保密条款的已核实单位能下载，运营人员要先写明理由；每份都带有下载者、日期和下载码的水印',
  },
  types: {
    'application/pdf': 'PDF',
    'image/png': 'PNG 图片',
    'image/jpeg': 'JPEG 图片',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word 文档',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'Excel 表格',
    'text/csv': 'CSV 表格',
    'text/plain': '文本',
  },
  size: (bytes: number) =>
    bytes < 1_000 ? `${bytes} 字节` : bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`,
  added: (day: string) => `${day}上传`,
  marked: '下载的是带水印的 PDF，下载会留下记录',
  remove: '删除',
  removeNamed: (name: string) => `删除“${name}”`,
  add: {
    title: '上传附件',
    file: {
      label: '文件',
      hint: (megabytes: number) =>
        `PDF、PNG、JPEG、docx、xlsx、csv 或 txt，不超过 ${megabytes} MB。照片会自动去掉拍摄地点、时间等信息；其他文件请先检查作者、单位等属性。`,
    },
    group: { label: '谁能下载', hint: '保密附件要打水印，只收 PDF、PNG 和 JPEG。' },
    submit: '上传',
  },
  readings: {
    title: '谁看过',
    lead: '有人打开保密内容，或下载不随概述公开的附件，每次都有记录，最近的排在前面。',
    none: '还没有人看过。',
    columns: { reader: '谁', object: '内容', at: '日期', code: '下载码' },
    removed: '已删除的附件',
    confidential: '保密内容的文字',
    byLink: '一次性链接的持有人',
  },
}

/** What is wrong with a file, and what to do. */
export const attachmentFaults: Record<string, string | ((facts: Record<string, string | number>) => string)> = {
  'file-empty': '文件是空的，请重新选择',
  'file-type': '不是可以上传的文件类型。请使用 PDF、PNG、JPEG、docx、xlsx、csv 或 txt（UTF-8 或 GBK）；旧版 doc、xls 请另存为 docx、xlsx',
  'file-double': '文件里还夹带了别的文件或多余的内容。请用原来的软件打开，另存一份后再上传',
  'file-damaged': '文件已损坏或不完整。请用原来的软件打开，另存一份后再上传',
  'file-locked': '文件加了密码或限制了权限。请去掉密码和限制，另存一份后再上传',
  'file-active': '文件里有宏、脚本、程序或嵌入的文件。请去掉后另存，或打印成新的 PDF 再上传',
  'file-unpacks': '文件解压后过大，或内容过多。请拆成几个文件',
  'image-size': ({ width, height, longestSide, megapixels }) =>
    `图片为 ${width} × ${height} 像素，过大；每边最多 ${longestSide} 像素，总共最多 ${megapixels} 百万像素。请缩小后再上传`,
  'not-a-photo': '这里只收照片（JPEG 或 PNG）；其他文件请附在需求里',
  'not-stampable': '保密附件要给每位下载者打水印，只收 PDF、PNG 和 JPEG。请把它转换成 PDF 再上传',
}
