/** Months and days as the operator has set them. */
interface Periods {
  unusedAccountMonths: number
  unusedAccountGraceDays: number
  claimMonths: number
  closedContactMonths: number
  withdrawnDraftMonths: number
  unclaimedExpertMonths: number
  readingMonths: number
  messageDays: number
}

/** A text by which somebody is asked, and what taking the consent back means; by version, none of which is ever changed. */
type ConsentTexts = Record<string, { title: string; text: readonly string[]; withdrawal: string }>

const consents: Record<'account' | 'profile' | 'proposal', ConsentTexts> = {
  account: {
    '1': {
      title: '同意个人信息处理规则',
      text: [
        '为了让您登录和办事，我们保存您的手机号。您自己设置了邮箱和密码的，也保存邮箱和密码的校验值，不保存密码本身。登录的设备只记浏览器名称和登录时间，不记网络地址。',
        '这些信息只有您和市场运营人员看得到；处理您认领申请的单位只看到打码的手机号。我们不用它们做广告，也不出售。发送短信时，短信服务商会收到您的手机号和短信内容。',
        '您可以随时查看、导出、更正、删除这些信息。撤回这项同意就是注销账号。',
      ],
      withdrawal: '撤回后账号和与之有关的个人信息会被删除。',
    },
  },
  profile: {
    '1': {
      title: '以本人姓名展示专家资料',
      text: [
        '认领通过后，您的姓名、单位、职称、研究方向和业绩以您的名义展示，供企业和机构查找。展示给谁由您决定：所有人，登录用户，或者只给您的单位、技术经理人和运营人员。',
        '认领之前，外部只看到单位和研究方向，看不到姓名。',
      ],
      withdrawal: '撤回后，资料立即不再对外展示，只有您、您的单位、技术经理人和运营人员看得到。',
    },
  },
  proposal: {
    '1': {
      title: '把我推荐给有难题的企业',
      text: [
        '程序把企业的难题与您的研究方向和业绩作比对，合适时把您推荐给企业，并说明理由。它只排列先后，不替任何人作决定。',
        '推荐中没有联系方式；双方都有意向之前，谁也看不到。',
      ],
      withdrawal: '撤回后，您立即从所有推荐、搜索结果和专家名录中消失。',
    },
  },
}

/** What is held about people, why, and what they can do about it. */
export const privacy = {
  title: '个人信息处理规则',
  footer: '个人信息保护',
  lead: '这里逐项说明市场处理哪些个人信息、为什么、依据什么、谁看得到、保存多久。没有列出的，我们不收集。',
  responsible: {
    title: '谁负责',
    name: '个人信息处理者',
    address: '地址',
    contact: '联系方式',
    missing: '运营方还没有填写负责单位和联系方式。填写之前，不征求任何人的同意。',
  },
  columns: { what: '个人信息', purpose: '用途', basis: '依据', seen: '谁看得到', kept: '保存多久' },
  fieldsTitle: '处理哪些个人信息',
  bases: {
    consent: '本人同意',
    contract: '为提供您要求的服务所必需',
    'statutory-duty': '履行法定职责或义务所必需',
    'public-information': '已经合法公开的信息，在合理范围内处理',
  },
  groups: {
    account: {
      what: '手机号；自己设置的邮箱、称呼',
      purpose: '登录，通知您与账号有关的事',
      seen: '本人、市场运营人员；处理您认领申请的单位只看到打码的手机号',
      kept: ({ unusedAccountMonths, unusedAccountGraceDays }: Periods) =>
        `注销时删除；${unusedAccountMonths} 个月没有使用的，先发短信询问，之后 ${unusedAccountGraceDays} 天仍没有登录就删除`,
    },
    security: {
      what: '密码的校验值、两步验证的密钥和恢复码、登录过程中的临时凭据',
      purpose: '防止他人冒用您的账号',
      seen: '任何人都看不到',
      kept: () => '注销时删除；临时凭据用过或过期即删除',
    },
    code: {
      what: '接收验证码的手机号、验证码的校验值',
      purpose: '核对登录的人就是号码的主人',
      seen: '任何人都看不到',
      kept: () => '验证码 5 分钟内有效，用过即删除，过期的当晚删除',
    },
    devices: {
      what: '登录的设备：浏览器名称、登录时间；不记录网络地址',
      purpose: '让您看到账号在哪些设备上登录，需要时让它们退出',
      seen: '本人',
      kept: () => '退出时删除；30 天不用自动失效并删除',
    },
    use: {
      what: '账号最近一次使用的日期、是否已询问要不要保留',
      purpose: '及时删除没有人用的账号',
      seen: '任何人都看不到',
      kept: () => '随账号删除',
    },
    views: {
      what: '您保存的视图：名称和筛选条件',
      purpose: '让您一点就回到常用的筛选结果',
      seen: '本人',
      kept: () => '删除后只留最近删除的一个，供您恢复；注销账号时全部删除',
    },
    membership: {
      what: '您代表哪个单位、担任什么角色；您为单位建立的密钥的名称、最近一次使用的日期',
      purpose: '确定您能以什么身份办事',
      seen: '本人、该单位的负责人、市场运营人员',
      kept: () => '注销时删除',
    },
    invitations: {
      what: '邀请和一次性链接发往的手机号或邮箱、对方的答复和附言',
      purpose: '把邀请和链接送到本人手里，并让发起的人知道结果',
      seen: '发起的单位、收到的人、市场运营人员',
      kept: ({ claimMonths }: Periods) => `邀请在答复或过期后删除；链接没有答复的过期即删除，有答复的 ${claimMonths} 个月后删除`,
    },
    consents: {
      what: '您同意或拒绝过什么、依据哪一版文本、何时、以何种方式',
      purpose: '证明同意，并按您的意愿办理',
      seen: '本人、市场运营人员',
      kept: () => '删除个人信息时一并删除',
    },
    claims: {
      what: '认领、核实和合并的说明与答复理由，可能提到个人',
      purpose: '核对资料是不是您的、单位是不是真实的',
      seen: '本人、答复的单位、市场运营人员',
      kept: ({ claimMonths }: Periods) => `有结果后 ${claimMonths} 个月删除认领记录；核实和合并的说明随单位资料保留`,
    },
    identity: {
      what: '专家的姓名、外文姓名、ORCID、来源编号',
      purpose: '让企业和机构知道是谁能解题',
      seen: '认领之前，外部只看到单位和研究方向；认领之后由本人决定。所在单位、技术经理人和运营人员看得到',
      kept: ({ unclaimedExpertMonths }: Periods) =>
        `本人要求时删除；来自公开网页、${unclaimedExpertMonths} 个月无人认领也无变动的，自动删除`,
    },
    position: {
      what: '专家的任职单位、部门、职务、职称、学位',
      purpose: '判断专业背景是否合适',
      seen: '与专家姓名相同；任职单位在认领之前也对外可见',
      kept: () => '与专家姓名相同',
    },
    expertise: {
      what: '专家的研究方向、简介、方法、材料、仪器、关键词、所在地区、合作方式',
      purpose: '与企业的难题作比对，并说明推荐理由',
      seen: '研究方向、领域和地区对外可见；其余与姓名相同',
      kept: () => '与专家姓名相同',
    },
    terms: {
      what: '专家的可用时间、最低报酬、出差半径、单位是否同意兼职',
      purpose: '排除不可能的合作',
      seen: '本人、所在单位、技术经理人和运营人员；可用时间随资料展示，最低报酬不对外显示',
      kept: () => '与专家姓名相同',
    },
    choices: {
      what: '专家对展示范围和推荐的选择、资料来自哪里、何时由本人确认',
      purpose: '按本人的意愿展示和推荐',
      seen: '本人、所在单位、技术经理人和运营人员；资料来源和确认日期随资料展示',
      kept: () => '与专家姓名相同',
    },
    works: {
      what: '专家的业绩：成果、论文、专利、项目等，及本人在其中的角色',
      purpose: '证明能解题，作为推荐的依据',
      seen: '由本人决定；不知道姓名的人看不到业绩',
      kept: () => '与专家姓名相同',
    },
    broker: {
      what: '技术经理人的姓名、单位、等级、证书编号、擅长领域、简介',
      purpose: '让供需双方知道由谁服务',
      seen: '按资料的公开范围',
      kept: () => '本人要求时删除',
    },
    contacts: {
      what: '需求的商务联系人、技术联系人的姓名、电话、邮箱，确认需求的人，以及收到的征集表、汇总表里写着的人',
      purpose: '核实需求，在双方都有意向后联系',
      seen: '提出需求的企业、递交征集表的人、市场运营人员；双方都有意向之前不给任何外部人员',
      kept: ({ closedContactMonths, withdrawnDraftMonths }: Periods) =>
        `需求结束、征集表最后一次处理 ${closedContactMonths} 个月后删除；撤回且从未发布的草稿 ${withdrawnDraftMonths} 个月后整份删除`,
    },
    dealings: {
      what: '合作意向、邀请及其答复、对接进展、联系、走访和访谈记录（含走访照片），其中提到的人和联系方式，以及他人推荐的专家姓名和单位',
      purpose: '把需求与合适的人对接起来，记住谁已经答复、为什么不合适，避免重复打扰',
      seen: '该需求的技术经理人和市场运营人员；走访照片，被走访的企业也看得到；联系方式在双方都有意向后给对方；婉拒的原因只在本人允许时告诉对方，备注不告诉对方',
      kept: ({ closedContactMonths }: Periods) =>
        `需求结束 ${closedContactMonths} 个月后删去其中的人、联系方式和走访照片，被推荐人的信息整条删除；走访的企业没有未结束的需求时，走访 ${closedContactMonths} 个月后删去`,
    },
    actors: {
      what: '操作记录中的随机编号：谁（编号）在何时做了什么',
      purpose: '防止和查明篡改，分清责任',
      seen: '市场运营人员、审计人员',
      kept: () => '与操作记录一同保留；其中没有姓名、电话或任何文字，个人信息删除后编号不再对应任何人',
    },
    revisions: {
      what: '上述资料的历次版本',
      purpose: '查看修改前后的内容，纠正错误',
      seen: '与现行版本相同',
      kept: () => '与现行版本一同删除',
    },
    vectors: {
      what: '由上述文字算出的数值和检索用的索引',
      purpose: '按意思和文字检索、比对',
      seen: '任何人都看不到',
      kept: () => '文字删除或改动后，当晚删除',
    },
    answers: {
      what: '接口调用的应答（24 小时）、请求过多时的计数',
      purpose: '网络中断后重试，不会重复办理；防止他人猜测验证码和密码',
      seen: '发起请求的人',
      kept: () => '24 小时',
    },
    documents: {
      what: '企业和机构上传的附件：文件名，以及文件里可能提到的个人',
      purpose: '说明需求和成果，证明单位的真实性',
      seen: '按附件的公开范围；证明单位的文件只有该单位和运营人员看得到',
      kept: () => '随所属的需求、成果或单位删除；单位随时可以自己删除',
    },
    readings: {
      what: '谁（编号）在何时查阅了保密内容、接受了保密条款，以及运营人员查阅的理由',
      purpose: '让发布方知道保密内容给了谁，查明泄密',
      seen: '发布方只看到是哪个单位；运营人员和审计人员看得到账号编号',
      kept: ({ readingMonths }: Periods) =>
        `查阅记录保存 ${readingMonths} 个月；保密条款的接受记录在终止 ${readingMonths} 个月后删除；账号删除时，查阅记录不再对应到账号`,
    },
    lists: {
      what: '展示过的匹配清单：为哪条需求、成果或哪位专家（编号）列出了哪些编号、名次和分数，看的人是什么身份（不记是谁）',
      purpose: '能核对当时展示了什么、依据是什么，衡量匹配做得好不好',
      seen: '市场运营人员、审计人员',
      kept: () => '最后一次展示 12 个月后删除',
    },
    unfinished: {
      what: '您写了一半、还没有提交的表单；收件箱里您选择稍后再看的事项和日期',
      purpose: '关掉页面或换一台设备后可以接着写，到期再提醒您',
      seen: '只有您本人',
      kept: () => '提交后即删除；30 天没有再写的自动删除；稍后再看的，到期即删除；随时可以放弃',
    },
    messages: {
      what: '发给您的短信（未接短信网关时存放在发件箱文件夹）',
      purpose: '把验证码和通知交到您手里',
      seen: '市场运营人员',
      kept: ({ messageDays }: Periods) => `${messageDays} 天；注销时立即删除`,
    },
    erasures: {
      what: '删除清单：已删除资料的随机编号，以及手机号和邮箱经密钥处理、无法还原的摘要',
      purpose: '从备份恢复后，把已经删除的再删一次',
      seen: '市场运营人员、审计人员；清单里没有任何个人信息',
      kept: () => '长期保留',
    },
    responsible: {
      what: '负责单位的名称、地址、联系方式',
      purpose: '让您知道找谁',
      seen: '所有人',
      kept: () => '由运营方更新',
    },
  },
  rights: {
    title: '您的权利',
    lead: '登录后，在“我的个人信息”中自己就能办理，不收费：',
    list: [
      '查看我们保存的全部信息，并下载成一份机器可读的文件；',
      '更正不准确的内容；',
      '决定专家资料展示给谁、是否接受推荐，随时撤回同意；',
      '删除个人信息，注销账号，核对身份后立即执行，不设等待期。',
    ],
    without:
      '没有账号、资料由他人登记或取自公开网页的，请用上面的联系方式提出，我们核对后办理。对答复不满意的，可以向网信部门投诉，或向法院起诉。',
    toData: '我的个人信息',
  },
  others: {
    title: '还会经过谁',
    list: [
      '短信服务商收到手机号和短信内容，用于发送。',
      '使用外部语义模型服务时，专家资料和业绩的文字会发给该服务计算数值，不含账号信息。',
    ],
  },
  consents,
  agreement: {
    title: '请先阅读并决定',
    lead: '继续使用账号之前，请您决定是否同意。',
    anew: '文本有更新，请您重新决定。',
    whole: '完整的个人信息处理规则',
    agree: '同意并继续',
    refuse: '不同意',
    refuseNew: '不同意的，我们马上删除刚才建立的账号，您仍可浏览公开内容。',
    refuseOld: '不同意的，可以先导出您的信息，再注销账号。',
    wanted: '需要同意',
  },
  data: {
    title: '我的个人信息',
    lead: '这里可以查看、导出、更正和删除我们保存的关于您的信息。',
    access: {
      title: '查看和导出',
      lead: '一份文件，包含账号、身份、认领、同意、设备、专家资料及其历次版本、业绩、查阅记录、操作记录。',
      download: '下载（JSON）',
    },
    correction: {
      title: '更正',
      name: '姓名',
      phone: '手机号',
      password: '邮箱和密码',
      devices: '登录的设备',
      claims: '认领申请',
      profile: '专家资料页',
      broker: '技术经理人资料，请联系运营人员',
    },
    consents: {
      title: '我的同意',
      given: (day: string, version: string) => `${day}同意，文本第 ${version} 版`,
      withdrawn: (day: string) => `${day}撤回`,
      refused: (day: string) => `${day}未同意`,
      never: '尚未征求',
      give: '同意',
      withdraw: '撤回同意',
      hows: { self: '本人', 'on-paper': '书面', 'by-phone': '电话', unknown: '早先登记' },
    },
    shown: {
      title: '我的专家资料展示给谁',
      visibility: { label: '整份资料', hint: '看不到整份资料的人，搜索也找不到您。' },
      name: { label: '姓名和单位', hint: '看不到的人只看到研究方向。' },
      works: { label: '业绩', hint: '看不到姓名的人也看不到业绩。' },
      contact: { label: '双方都有意向后，联系方式给谁', hint: '在那之前不给任何人。' },
      contacts: { 'both-sides': '给对方', broker: '只给技术经理人' },
      visibilities: { public: '所有人', registered: '已有单位或专家身份的登录用户', nda: '只给我的单位、技术经理人和运营人员' },
      save: '保存',
    },
    erasure: { title: '删除', lead: '删除全部个人信息并注销账号，核对身份后立即执行，不能恢复。', start: '查看会删除什么' },
  },
  erasure: {
    title: '删除我的个人信息',
    goesTitle: '会删除',
    goes: {
      account: '账号：手机号、邮箱、密码、两步验证、登录的设备、所代表的单位',
      consents: '您的同意记录、认领申请',
      profile: (name: string) => `${name}：资料、业绩及其历次版本，在检索和推荐中的一切痕迹`,
      contacts: (count: number) => `${count} 项需求中您的联系方式，及这些需求的历次版本`,
      documents: '与您有关的需求、成果和单位的附件中，写有您姓名、电话或邮箱的文件；图片和 PDF 里的文字程序读不了，由运营人员查看',
      links: '您为单位建立的密钥，发给您的邀请和链接',
      messages: '发件箱里发给您的消息',
    },
    staysTitle: '会保留，以及为什么',
    stays: [
      '您替单位填写的需求、成果等归单位所有，继续保留，但其中不再有您的联系方式。',
      '操作记录只有随机编号，没有任何个人信息，为防篡改而保留，删除后不再对应到您。',
      '删除清单只有随机编号和无法还原的摘要，用来在从备份恢复后再删一次。',
    ],
    backups: '已有的备份不会改写；从备份恢复时，市场会先按删除清单再删一次，才重新开放。',
    noWait: '没有等待期，删除后不能恢复。如需留底，请先导出。',
    proveTitle: '请证明是您本人',
    send: '发送验证码到我的手机',
    sent: (phone: string) => `验证码已发送至 ${phone}，5 分钟内有效。`,
    code: { label: '6 位验证码', hint: '' },
    password: { label: '或者填写密码', hint: '' },
    confirm: '我知道删除后不能恢复',
    submit: '删除',
    cancel: '返回，不删除',
    lastOperator: '您是最后一位运营人员，请先请别人接手，再删除账号。',
    done: { title: '已经删除', text: '您的个人信息已经删除，账号已注销。' },
  },
}
