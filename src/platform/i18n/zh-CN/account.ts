/** What is sent to people. */
export const message = {
  'sign-in-code': ({ code, minutes }: Record<string, string | number>) =>
    `【榫卯科技大市场】您的登录验证码是 ${code}，${minutes} 分钟内有效。工作人员不会向您索要验证码，请勿告诉他人。`,
}

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
    outbox: '本市场尚未接入短信网关，验证码写在服务器的发件箱文件夹里。',
    shown: (code: string) => `演示环境不发短信，验证码是 ${code}。`,
  },
  own: {
    title: '我的账号',
    signedInAs: '登录手机号',
    actsFor: '当前身份',
    nobody: '您的账号还没有关联单位或个人身份，目前看到的与访客相同。请联系市场运营人员开通。',
    choose: '请选择以哪个身份继续。',
    chooseTitle: '切换身份',
    take: '切换到这个身份',
    current: '当前',
    operator: '市场运营',
    ranks: { owner: '负责人', editor: '经办人', viewer: '只读' },
    roles: { enterprise: '企业', expert: '专家', institution: '机构', park: '园区', broker: '技术经理人', operator: '运营人员' },
    back: '返回我的账号',
  },
  password: {
    signIn: '邮箱和密码登录',
    set: '设置邮箱和密码',
    setLead: '设置后可以用邮箱和密码登录，手机号登录仍然可用。其他设备会退出登录。',
    email: { label: '邮箱', hint: '' },
    password: { label: '密码', hint: '至少 12 个字。用几个不相干的词连起来，比符号混杂的短密码更安全、更好记。' },
    submit: '保存',
    toPhone: '用手机号登录',
  },
  factor: {
    title: '两步验证',
    none: '登录时除短信或密码外，再核对手机验证器上的动态码，号码或密码被盗也进不来。运营人员必须开启。',
    draw: '开始设置',
    keyTitle: '1. 把密钥添加到验证器',
    keyLead: '在手机上打开任一验证器应用，选择“手动输入密钥”，填写下面的密钥（基于时间，6 位）。',
    key: '密钥',
    open: '本机装有验证器的，点此直接添加',
    recoveryTitle: '2. 保存恢复码',
    recoveryLead: '手机丢失时用恢复码登录，每个只能用一次。只显示这一次，请抄下或打印，妥善保管。',
    code: { label: '验证器上的 6 位动态码', hint: '动态码每 30 秒更换一次。' },
    recovery: { label: '恢复码', hint: '每个恢复码只能用一次。' },
    submit: '验证',
    asked: '请填写验证器上的动态码。',
    lost: '手机不在身边？用恢复码',
    shown: '两步验证已开启。',
  },
}
