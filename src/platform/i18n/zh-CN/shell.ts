/** The frame of every page, and units. */
export const shell = {
  product: '榫卯',
  market: '科技大市场',
  skip: '跳到正文',
  nav: {
    label: '主导航',
    home: '首页',
    demands: '难题需求',
    offerings: '科技成果',
    experts: '专家',
    institutions: '机构',
    post: '发布需求',
    vetting: '审核',
    myDemands: '我的需求',
    mine: '我的企业',
    desk: '待办',
  },
  /** What opens the links that are one's own. */
  menu: { own: '我的', visitor: '菜单' },
  otherLanguage: { name: 'English', code: 'en' },
  display: {
    label: '外观',
    theme: { auto: '跟随系统', light: '浅色', dark: '深色' },
    size: { standard: '标准模式', large: '长辈模式' },
  },
  demonstration: '演示数据',
  demonstrationNote: '企业、机构和人物均为虚构；文献线索为公开发表的论文摘要。',
  outbox: '本市场还没有接入短信和邮件网关：消息存放在服务器的发件箱文件夹里，没有发到手机或邮箱。',
  visiting: (name: string) => `演示中未登录时，您以“${name}”的身份浏览。`,
  degraded: '语义匹配暂时不能用，目前只按文字匹配。',
  footer: {
    purpose: '榫卯：让企业的难题遇到能解题的成果和专家。',
    docs: '接口文档',
    openapi: 'OpenAPI 描述',
    licence: '开放源代码，Apache-2.0 许可',
  },
  problem: {
    status: (status: number) => `错误 ${status}`,
    requestId: '请求编号',
    home: '回到首页',
    demands: '查看难题需求',
    search: '搜索',
    kept: {
      title: '您写的内容还在',
      again: '没有丢失：可以原样再提交一次，也可以展开后复制。',
      afterSigningIn: '没有丢失：先在新标签页登录，再回到这里提交。',
      signIn: '在新标签页登录',
      send: '再提交一次',
      read: '查看写好的内容',
      file: '文件需要重新选择',
    },
  },
}

export const units = {
  amount: (fen: number) => `${decimal.format(fen / 1_000_000)} 万元`,
  amountFrom: (fen: number) => `${decimal.format(fen / 1_000_000)} 万元以上`,
  amountUpTo: (fen: number) => `${decimal.format(fen / 1_000_000)} 万元以内`,
  amountRange: (minFen: number, maxFen: number) => `${decimal.format(minFen / 1_000_000)}～${decimal.format(maxFen / 1_000_000)} 万元`,
  count: (count: number) => decimal.format(count),
  day: (day: string) => {
    const [year, month, date] = day.split('-')
    return `${year}年${Number(month)}月${Number(date)}日`
  },
  /** A day, or as much of one as is known. */
  dayOrYear: (day: string) => {
    const [year, month, date] = day.split('-')
    return `${year}年${month ? `${Number(month)}月` : ''}${date ? `${Number(date)}日` : ''}`
  },
  /** The ten days that begin on a day: 上旬, 中旬, 下旬. */
  tenDays: (day: string) => {
    const [year, month, date] = day.split('-')
    return `${year}年${Number(month)}月${date === '01' ? '上' : date === '11' ? '中' : '下'}旬`
  },
  daysLeft: (days: number) => (days < 0 ? '已过期' : days === 0 ? '今天截止' : `还有 ${days} 天`),
  list: (items: readonly string[]) => items.join('、'),
  withNote: (value: string, note: string) => `${value}（${note}）`,
  colon: '：',
  notStated: '未填写',
}

const decimal = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 4 })
