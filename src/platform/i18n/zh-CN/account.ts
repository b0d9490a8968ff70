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
}
