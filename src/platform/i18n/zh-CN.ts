import type { ProblemKind } from '../problem.ts'
import { access } from './zh-CN/access.ts'
import { account, message } from './zh-CN/account.ts'
import { attachment, attachmentFaults } from './zh-CN/attachment.ts'
import { demand, demandForm, visibilities } from './zh-CN/demand.ts'
import { design } from './zh-CN/design.ts'
import { disclosure } from './zh-CN/disclosure.ts'
import { engagement } from './zh-CN/engagement.ts'
import { intake } from './zh-CN/intake.ts'
import { listing, market, search } from './zh-CN/listing.ts'
import { matching } from './zh-CN/matching.ts'
import { organisation } from './zh-CN/organisation.ts'
import { ownDemand } from './zh-CN/own-demand.ts'
import { privacy } from './zh-CN/privacy.ts'
import { profile } from './zh-CN/profile.ts'
import { quality } from './zh-CN/quality.ts'
import { shell, units } from './zh-CN/shell.ts'
import { directory, evidenceLevels, offering, offeringForm } from './zh-CN/supply.ts'
import { terminal } from './zh-CN/terminal.ts'
import { twins } from './zh-CN/twins.ts'
import { unfinished } from './zh-CN/unfinished.ts'
import { vetting } from './zh-CN/vetting.ts'
import { diagnosis, visit } from './zh-CN/visit.ts'
import { works } from './zh-CN/works.ts'

type Detail = string | ((facts: Record<string, unknown>) => string)

const faults: Record<string, string | ((facts: Record<string, string | number>) => string)> = {
  required: '必填',
  'unknown-field': '没有这个字段，请检查拼写',
  'invalid-type': '类型不对',
  'invalid-value': ({ values }) => (values ? `只能填：${values}` : '这个值不在允许的范围内'),
  'invalid-format': '格式不对',
  'invalid-union': '不符合任何一种允许的写法',
  'too-small': ({ minimum, origin }) => (origin === 'string' ? `至少 ${minimum} 个字` : `不能小于 ${minimum}`),
  'too-big': ({ maximum, origin }) =>
    origin === 'string' ? `最多 ${maximum} 个字` : origin === 'array' ? `最多 ${maximum} 项` : `不能大于 ${maximum}`,
  'too-deep': ({ maximum }) => `嵌套过深，最多 ${maximum} 层`,
  'unstorable-text': '含有无法保存的字符（空字符或不完整的字符），请删去后重试',
  'unknown-code': '代码表里没有这个代码，请核对',
  'wrong-scheme': '代码表选错了，请换成这一项对应的代码',
  'unknown-reference': '没有找到这个编号，请核对',
  'not-a-call-number': '电话号码不对：手机是 11 位，座机请带区号，例如 0592-1234567',
  'not-referred': '原因不是“推荐了他人”，或者对方不在本市场，不能记录推荐的人',
  'day-to-come': ({ today }) => `日期还没到（今天是 ${today}），请填写今天或以前的日期`,
  'past-day': ({ today }) => `日期已过（今天是 ${today}），请填写今天或以后的日期`,
  'below-minimum': '上限不能小于下限',
  fixed: '这一项不能更改',
  twice: '同一个候选选了两次',
  'not-for-leads': '文献线索没有权利人，不能填写此项',
  'not-for-this-role': '这一身份不适用此项，请去掉',
  telling: ({ kind, words }) =>
    kind === 'profile' ? `“${words}”在这家企业公开的资料里也有，别家很少这样写，可能暴露企业身份` : `“${words}”可能暴露企业身份`,
  'not-mergeable': '只能把同一类的两份不同资料合并',
  'merged-away': '这一份已经并入另一份，请填保留的那一份',
  'not-an-amount': '请填数字，单位是万元，例如 30 或 12.5',
  'unreadable-file': '文件读不出来：请确认格式在允许之列，没有加密，也没有损坏',
  'no-rows': '文件里没有数据行',
  'no-needs-found': '文件里没有读出需求：请确认表里有企业和需求内容，再上传；读不出来的，可以逐条登记',
  'no-works-found': '没有读出内容：请确认是 BibTeX，或首行为表头、含“题名”一列的 CSV',
  'nothing-new': '没有可以收录的新内容',
  'nothing-chosen': '请至少选一项',
  'text-changed': '原文在读取之后改过，下面是重新读取的结果，请核对后再收录',
  'unclosed-entry': '这一条没有结束：请检查花括号和引号是否成对',
  'grows-too-long': '@string 展开后过长',
  'too-many-cells': '这一行的单元格比表头多，请检查是否有未加引号的逗号',
  'open-quotation': '引号没有成对，请检查这一行的双引号',
  'unknown-sheet': ({ sheet, sheets }) => `没有名为“${sheet}”的工作表；文件里有：${sheets}`,
  'below-itself': '不能把本单位或它的下级单位设为上级',
  'either-offering-or-title': '要么关联一项成果，要么填写标题，二者取一',
  'text-of-offering': '已关联成果，以成果的内容为准，不再另填摘要',
  'not-a-phone': '请填写中国大陆 11 位手机号，例如 13800138000',
  'wrong-code': '验证码不对，请核对后重新填写',
  'code-expired': '验证码已失效，请重新获取',
  'too-many-tries': '验证码错误次数过多，已失效，请重新获取',
  'not-an-email': '请填写完整的邮箱地址，例如 wang@example.com',
  'wrong-current-password': '当前密码不对',
  'wrong-password': '邮箱或密码不对',
  'weak-password': '这个密码太容易被猜到，请换一个：不要用常见词、连续数字、手机号或邮箱名',
  'email-taken': '这个邮箱不能使用，请换一个',
  'sign-in-again': '为了安全，请填写当前密码；没有密码的，请退出后重新登录再试',
  'phone-taken': '这个号码已用于另一个账号，请用它登录，或联系市场运营人员',
  'not-a-contact': '请填写中国大陆手机号或完整的邮箱地址',
  'beyond-own': '不能超出您自己的权限',
  'sent-just-now': ({ seconds }) => `验证码刚刚发过，请 ${seconds} 秒后再获取`,
  'already-completer': '这位专家已经是这项成果的完成人',
  'consent-required': '需要您同意，请先勾选',
  'already-listed': '市场里已有同名的资料，请先看看下面列出的',
  'institution-needed': '请填写所在机构；没有的，请勾选下面一项',
  'institution-unlisted': '名录里没有这个机构：请从列表里选；确实没有的，请勾选下面一项',
  'not-in-directory': '名录里没有这个机构，请从列表里选，或留空',
  'consent-withdrawn': '本人已撤回展示资料的同意，不能再对外公开',
  'not-confirmed': '请先勾选确认',
  'nothing-changed': '没有改动，请至少改一处',
  'nothing-answered': '还没有回答任何问题，请至少回答一个',
  'not-a-number': '请填写整数，例如 12',
  'not-a-visit': '只有走访能填走访记录',
  'no-proof': '请填写验证码或密码',
  ...attachmentFaults,
}

/** Why a step is not possible, where the state alone does not say it. */
const standing: Record<string, (count: number) => string> = {
  'views-full': (count) => `最多保存 ${count} 个视图，请先删除不用的。`,
  'last-operator': () => privacy.erasure.lastOperator,
  'last-manager': () => '至少要保留一位能管理成员的负责人，请先指定另一位。',
  'said-otherwise': () => '申请以后，姓名或所在机构改过，不能按这份申请核实。请本人重新申请。',
  'no-proposal': () => '没有等待答复的改写建议。',
  'propose-instead': () => '这是企业自己写的或已经确认的文字，不能直接改。请提出改写建议，由企业决定。',
  'file-gone': () => '文件原文已到期删除，不能再处理。如需处理，请重新上传。',
  'lines-decided': () => '已有条目成为需求，不能整份删除。',
  'other-enterprise': () => '这一条不是这家企业的需求，不能合并。',
  'two-enterprises': () => '这两条需求属于两家企业，不能合并。如果其实是同一家，请运营人员先合并这两份企业资料，再来合并需求。',
  'one-hidden': () => twins.merging.oneHidden,
  'published-stays': () => '另一条已经在征集，请保留它；把它并进没有发布的一条，专家就看不到了。',
  'happened-since': () => '合并以后又有了新的变动，不能再撤销合并。',
  'not-merged': () => '这条需求没有并入别的需求。',
  'too-many-documents': (count) => `两条的附件合起来超过 ${count} 个。请先删除不需要的，再合并。`,
  'own-demand': () => '这项需求由企业自己填报，不用再确认。',
  unavailable: () => '对方目前不便接洽，这一对不再推荐。您可以看看其他候选。',
  answered: () => '企业已经答复过这份名单。需要再推荐，请另做一份。',
  'first-step': () => '这是第一步，没有可以撤销的上一步。',
  'no-next-step': () => '这条记录没有写下一步。',
  'already-assigned': () => '这项需求已有技术经理人，如需更换请联系运营人员。',
  'changed-since': (count) => `导入之后有 ${count} 行改过，撤销会丢失这些更改。请先处理这些行。`,
  'too-many-attachments': (count) => `最多 ${count} 个附件，已经满了。请先删除不需要的，再上传。`,
  'referred-to': (count) => `有 ${count} 条资料引用了这批数据，撤销后它们就找不到引用的内容。请先处理这些资料。`,
}

/** What is wanting, where waiting does not help, or something else does. */
const notReady: Record<string, string> = {
  messenger: '本市场还没有配置发送短信或邮件的网关，所填内容没有保存。请联系市场运营人员。',
  address: '本市场还没有配置对外的网址，无法生成链接。请联系市场运营人员。',
  'second-factor':
    '两步验证的密钥是用另一份市场密钥（SUNMAO_SECRET）加密的，现在读不出来。请运营人员恢复原来的密钥文件，或用 sunmao account drop-second-factor 重置。',
  identity: '统一身份认证暂时连接不上。请稍后再试，或改用手机号登录。',
}

const states: Record<string, string> = {
  ...organisation.verification.states,
  ...organisation.desk.mergerStates,
  ...demand.states,
  ...engagement.states,
  merged: '已合并',
  ...disclosure.states,
}
const stateName = (state: unknown) => states[String(state)] ?? (state == null ? '未知' : String(state))

/** What was to be done to several at once. */
const hinderedBy = (count: number) => `其中 ${count} 项现在不能移动，什么都没有改。请去掉这几项，或刷新后重试。`

/** How long to wait, in the unit that people count it by; rounded up. */
const span = (seconds: number) =>
  seconds <= 120 ? `${seconds} 秒` : seconds <= 7200 ? `${Math.ceil(seconds / 60)} 分钟` : `${Math.ceil(seconds / 3600)} 小时`

/** Every word that a person reads, in Chinese. `en.ts` must match its type. Numbers and plurals are functions. */
export const zhCN = {
  shell,
  units,
  account,
  access,
  message,
  attachment,
  market,
  search,
  listing,
  demand,
  demandForm,
  ownDemand,
  visibilities,
  offering,
  offeringForm,
  evidenceLevels,
  directory,
  matching,
  organisation,
  unfinished,
  vetting,
  privacy,
  profile,
  disclosure,
  engagement,
  visit,
  diagnosis,
  intake,
  quality,
  twins,
  works,
  design,
  terminal,
  problem: {
    'malformed-request': { title: '请求不符合 HTTP 格式', detail: '服务器读不懂这个请求。请检查客户端或中间的代理后重试。' },
    'invalid-json': { title: '请求内容不是有效的 JSON', detail: '请检查括号、引号和逗号后重新提交。' },
    'bad-cursor': { title: '翻页位置无效', detail: '请从第一页重新开始。' },
    'not-signed-in': {
      title: '请先登录',
      detail: ({ reason }) =>
        reason === 'unknown-token'
          ? '这个密钥或令牌无效：可能写错了，或已停用。密钥在“接口密钥”页（/account/keys）新建，令牌由运营人员用 sunmao token create 发放。'
          : '请用手机号登录后再试。通过接口调用时，请在 Authorization 请求头中带上有效的密钥（Bearer …），密钥在“接口密钥”页（/account/keys）新建。',
    },
    'token-expired': { title: '令牌已过期', detail: '请向运营人员申请新的令牌。' },
    'session-ended': {
      title: '登录已过期',
      detail: '为了安全，一段时间不用会自动退出。请重新登录，再提交一次；写好的内容还在下面。',
    },
    'not-permitted': {
      title: '没有权限',
      detail: ({ reason, scope }) =>
        reason === 'other-recipient'
          ? access.invitation.other
          : reason === 'scope'
            ? `这个密钥的可用范围里没有 ${scope}。请在“接口密钥”页新建一个包含它的密钥。`
            : '您的身份不能做这项操作。如有需要，请联系市场运营人员。',
    },
    'second-factor-required': { title: '需要两步验证', detail: '您的账号要先通过两步验证，才能进行其他操作。' },
    'consent-required': { title: '需要您的同意', detail: '请先阅读个人信息处理规则并决定是否同意，再进行其他操作。' },
    'not-found': { title: '没有找到', detail: '地址或编号有误，或该内容已撤回、不对您公开。请核对地址，或登录后再看。' },
    'file-lost': { title: '文件丢失或损坏', detail: '附件的记录还在，但文件找不到或已经改变。请联系市场运营人员从备份恢复。' },
    'request-too-slow': { title: '等待请求超时', detail: '请求没有及时传完，连接已关闭。请检查网络后重新发送。' },
    'not-allowed-now': {
      title: '当前状态下不能这样做',
      detail: ({ state, reason, count, hindered }) =>
        Array.isArray(hindered)
          ? hinderedBy(hindered.length)
          : (standing[String(reason)]?.(Number(count)) ?? `当前状态为“${stateName(state)}”，请刷新后看看现在能做什么。`),
    },
    'changed-meanwhile': {
      title: '内容刚刚被他人更改',
      detail: ({ state, hindered }) =>
        Array.isArray(hindered) ? hinderedBy(hindered.length) : `现在的状态是“${stateName(state)}”，请刷新后重试。`,
    },
    'already-exists': {
      title: '已经存在',
      detail: ({ reason }) =>
        reason === 'member'
          ? '这个账号已经是成员。'
          : reason === 'listed'
            ? '市场里已有这样的资料：如果就是您或您的单位，请认领它。'
            : reason === 'engagement'
              ? '这一对已经在对接看板上。'
              : '这份文件，或同一来源的资料，以前已经导入。',
    },
    'link-gone': {
      title: '链接已失效',
      detail: ({ purpose }) =>
        purpose === 'set-up'
          ? '首次设置的链接只能用一次，一天内有效。已经设置过的，请直接登录；还没有设置的，重新启动服务，会显示新的链接。'
          : '链接有期限，而且只能用一次；这个链接已经用过、作废或过期。请向发给您的人要一个新的。',
    },
    'request-in-flight': { title: '相同的请求正在处理', detail: '请稍候片刻，用同一个 Idempotency-Key 再试。' },
    'checks-missing': { title: '审核尚未完成', detail: '真实性，涉密、涉军与出口管制，违禁与广告用语，三项审核都通过后才能发布。' },
    'telling-words': {
      title: '公开的文字可能暴露企业身份',
      detail: ({ words }) =>
        `以下字样可能让人认出企业：${(words as string[]).join('、')}。企业名称和联系方式必须改掉；其他字样确实要保留的，请在“违禁与广告用语”审核中写明理由。`,
    },
    'version-differs': { title: '内容已有新版本', detail: '您看到的版本已被更改。请重新读取，核对后再保存。' },
    'too-large': {
      title: '内容过大',
      detail: ({ rows, works, bytes, limit, megabytes }) =>
        works
          ? `文件里有 ${works} 项，一次最多导入 ${limit} 项，请拆成几个文件。`
          : megabytes
            ? `单个文件不超过 ${megabytes} MB。请压缩图片、降低扫描精度，或拆成几个文件。`
            : rows
              ? `文件有 ${rows} 行，一次最多导入 ${limit} 行，请拆成几个文件。`
              : bytes
                ? `文件有 ${bytes} 字节，最多 ${limit} 字节，请拆成几个文件。`
                : '单次请求不超过 1 MB。批量数据请用导入功能。',
    },
    'address-too-long': {
      title: '请求地址过长',
      detail: ({ maximum }) => `地址连同查询参数最多 ${maximum} 个字符（汉字编码后每个占 9 个）。请缩短搜索词或减少筛选条件。`,
    },
    'unsupported-media-type': {
      title: '不支持的内容类型',
      detail: ({ accepted }) => `请使用 Content-Type: ${accepted ?? 'application/json'}。`,
    },
    'invalid-input': { title: '填写有误', detail: '请按各字段的提示修改后重新提交。' },
    'key-reused': { title: 'Idempotency-Key 已用于另一请求', detail: '请为新的请求换一个 Idempotency-Key。' },
    'version-required': { title: '缺少 If-Match', detail: '请先读取对象，把响应中的 ETag 放进 If-Match 请求头。' },
    'headers-too-large': { title: '地址和请求头过大', detail: '两者合计最多 64 KB。请缩短地址，去掉不需要的 Cookie 和请求头。' },
    'too-many-requests': {
      title: '请求过于频繁',
      detail: ({ retryAfterSeconds, 'violated-policies': policies }) =>
        `请${typeof retryAfterSeconds === 'number' ? `在 ${span(retryAfterSeconds)}` : '稍'}后再试${/password/.test(String(policies)) ? '，也可以改用手机号登录' : ''}。`,
    },
    'storage-full': { title: '磁盘已满', detail: '本次更改没有保存，原有数据完好。请运营人员清理磁盘空间后重试。' },
    'storage-read-only': { title: '数据库不可写', detail: '本次更改没有保存，原有数据完好。请运营人员检查数据库文件的写权限和磁盘。' },
    'not-sent': { title: '消息没有发出', detail: '短信网关没有接受这条消息。请稍后再试；如一直如此，请联系市场运营人员。' },
    'not-ready': { title: '暂时做不到', detail: ({ missing }) => notReady[String(missing)] ?? '数据库或索引正在准备，请稍后再试。' },
    'took-too-long': { title: '处理超时', detail: '请稍后再试，或缩小查询范围。' },
  } satisfies Record<ProblemKind, { title: string; detail: Detail }> as Record<ProblemKind, { title: string; detail: Detail }>,
  bug: { title: '系统出错了', detail: '不是您操作有误。请把请求编号告诉运营人员，便于查找原因。' },
  fault: (code: string, facts: Record<string, string | number>): string => {
    const words = faults[code]
    return typeof words === 'function' ? words(facts) : (words ?? '填写有误')
  },
}
