/** What is sent to people. */
export const message = {
  'sign-in-code': ({ code, minutes }: Record<string, string | number>) =>
    `【榫卯科技大市场】您的登录验证码是 ${code}，${minutes} 分钟内有效。工作人员不会向您索要验证码，请勿告诉他人。`,
  'account-unused': ({ months, days }: Record<string, string | number>) =>
    `【榫卯科技大市场】您的账号已有 ${months} 个月没有使用。如需保留，请在 ${days} 天内登录一次；否则账号和有关的个人信息将被删除。`,
  'change-phone-code': ({ code, minutes }: Record<string, string | number>) =>
    `【榫卯科技大市场】您正在更换登录手机号，验证码是 ${code}，${minutes} 分钟内有效。如非本人操作，请勿告诉任何人。`,
  'erasure-code': ({ code, minutes }: Record<string, string | number>) =>
    `【榫卯科技大市场】您正在删除个人信息并注销账号，删除后不能恢复。验证码是 ${code}，${minutes} 分钟内有效。如非本人操作，请勿告诉任何人。`,
  invitation: ({ organisation, role, rank, days, link }: Record<string, string | number>) =>
    `【榫卯科技大市场】邀请您加入${organisation || nameOf(account.own.roles, role)}，身份为${nameOf(account.own.ranks, rank)}。请在 ${days} 天内打开链接查看：${link} 不认识对方的，请勿理会。`,
  'verify-email': ({ hours, link }: Record<string, string | number>) =>
    `【榫卯科技大市场】请在 ${hours} 小时内打开链接，确认这是您的登录邮箱：${link} 如非本人操作，请勿理会。`,
  'reset-password': ({ minutes, link }: Record<string, string | number>) =>
    `【榫卯科技大市场】请在 ${minutes} 分钟内打开链接，重设登录密码：${link} 如非本人操作，请勿理会，密码不会改变。`,
}

const nameOf = (names: Record<string, string>, code: string | number | undefined) => names[String(code)] ?? String(code)

/** Signing in, and one's own account. */
export const account = {
  signIn: '登录',
  signOut: '退出登录',
  mine: '我的账号',
  byPhone: {
    title: '手机号登录',
    lead: '填写手机号，我们用短信发送 6 位验证码。没有账号的，首次登录时自动建立。',
    phone: { label: '手机号', hint: '中国大陆 11 位手机号。' },
    send: '获取验证码',
    toPassword: '用邮箱和密码登录',
  },
  code: {
    title: '填写验证码',
    sent: (phone: string) => `验证码已发送至 ${phone}，5 分钟内有效。`,
    field: { label: '6 位验证码', hint: '60 秒后仍未收到，可以重新获取。' },
    submit: '登录',
    again: '重新获取验证码',
    otherPhone: '换一个手机号',
    shown: (code: string) => `演示环境不发短信，验证码是 ${code}。`,
  },
  own: {
    title: '我的账号',
    signedInAs: '登录手机号',
    actsFor: '当前身份',
    nobody: '您的账号还没有关联单位或个人身份，目前看到的与访客相同。请选择入驻身份；单位已在市场里的，请认领，或请同事邀请您。',
    choose: '请选择以哪个身份继续。',
    chooseTitle: '切换身份',
    take: '切换到这个身份',
    current: '当前',
    operator: '市场运营',
    ranks: {
      owner: '负责人',
      editor: '经办人',
      viewer: '查阅人',
      'transfer-office': '成果转化部门',
      'lab-head': '课题组负责人',
      expert: '专家',
    },
    roles: {
      enterprise: '企业',
      expert: '专家',
      institution: '机构',
      broker: '技术经理人',
      provider: '服务机构',
      park: '园区',
      county: '县区',
      operator: '运营人员',
      auditor: '审计人员',
      service: '业务系统',
    },
    back: '返回我的账号',
  },
  views: {
    title: '保存的视图',
    save: '保存为视图',
    name: { label: '视图名称', hint: '例如：本月到期的洽谈' },
    keep: '保存',
    manage: '管理视图',
    rename: '改名',
    remove: '删除',
    removed: '已删除视图：',
    restore: '恢复',
    back: '返回',
  },
  password: {
    signIn: '邮箱和密码登录',
    set: '设置邮箱和密码',
    setLead: '设置后可以用邮箱和密码登录，手机号登录仍然可用。其他设备会退出登录。',
    email: { label: '邮箱', hint: '' },
    current: '当前密码',
    password: { label: '密码', hint: '至少 12 个字符。用几个不相干的词连起来，比符号混杂的短密码更安全、更好记。' },
    submit: '保存',
    toPhone: '用手机号登录',
  },
  factor: {
    title: '两步验证',
    isOn: '已开启',
    none: '开启后，登录时除短信验证码或密码外，还要填写验证器上的动态码；号码或密码被盗，别人也进不来。运营人员必须开启。',
    draw: '开始设置',
    keyTitle: '1. 把密钥添加到验证器',
    keyLead: '在手机上打开任意一款验证器应用，选择“手动输入密钥”，填写下面的密钥（基于时间，6 位）。',
    key: '密钥',
    open: '本机装有验证器？直接添加',
    recoveryTitle: '2. 保存恢复码',
    recoveryLead: '手机丢失时可以用恢复码登录，每个只能用一次。恢复码只显示这一次，请抄下或打印，妥善保管。',
    code: { label: '验证器上的 6 位动态码', hint: '动态码每 30 秒更换一次。' },
    recovery: { label: '恢复码', hint: '每个恢复码只能用一次。' },
    submit: '验证',
    asked: '请填写验证器上的动态码。',
    lost: '手机不在身边？用恢复码',
    shown: '两步验证已开启。',
  },
  setUp: {
    title: '建立首个运营账号',
    lead: '这个链接只能用一次。填写您的手机号，以后用它登录；接下来请设置两步验证。',
    submit: '建立账号',
    printed: (address: string) => `还没有运营账号。请在 24 小时内打开此链接建立（只能用一次）：\n  ${address}`,
  },
  devices: {
    title: '登录的设备',
    lead: '这些设备登录了您的账号。有不认识的，请让它退出；设了密码的，再换一个密码。',
    current: '本机',
    since: (day: string) => `${day}登录`,
    unknown: '未知设备',
    end: '让它退出',
    endAll: '全部退出，包括本机',
  },
  demo: '演示环境：点一下，就以该身份登录。',
}
