/** A trade of the invented city: what its firms make, how, of what, and what goes wrong. */
export interface Trade {
  industry: string
  /** What firms of it are called after. */
  suffixes: string[]
  goods: string[]
  processes: string[]
  materials: string[]
  machines: string[]
  faults: string[]
  /** How many firms of a hundred are of it. */
  share: number
}

const list = (text: string) => text.split(' ')

export const trades: Trade[] = [
  {
    industry: '34',
    suffixes: list('机械 传动 重工 精机'),
    goods: list('减速机 齿轮箱 联轴器 轴承座 离心泵 螺杆泵 闸阀 球阀 压缩机 鼓风机 起升机构 链条 蜗轮 液压缸 气缸 输送辊筒'),
    processes: list('滚齿 磨齿 渗碳淬火 镗孔 珩磨 动平衡校正 装配检测 箱体粗加工'),
    materials: list('球墨铸铁 合金渗碳钢 铸钢 锡青铜 轴承钢'),
    machines: list('数控滚齿机 卧式加工中心 龙门铣床 坐标磨床 三坐标测量机'),
    faults: list('啮合噪声大 温升偏高 漏油 齿面早期点蚀 振动超标 密封面磨损 同轴度超差 装配返工多'),
    share: 18,
  },
  {
    industry: '33',
    suffixes: list('金属 锻造 紧固件 钢结构'),
    goods: list('高强螺栓 法兰 锻件 弹簧 钢格板 五金冲压件 管接头 脚手架 铸铝件 门窗型材 刀具 模架 钢桶 铁艺栏杆'),
    processes: list('冷镦 模锻 热浸镀锌 冲压 焊接 抛丸 调质 磷化'),
    materials: list('中碳钢 不锈钢板 铝合金 弹簧钢 镀锌板'),
    machines: list('多工位冷镦机 摩擦压力机 激光切割机 焊接机器人 网带炉'),
    faults: list('头部开裂 镀层脱落 焊后变形 毛刺多 尺寸波动 氢脆断裂 表面麻点 疲劳寿命短'),
    share: 16,
  },
  {
    industry: '38',
    suffixes: list('电气 电机 线缆 电器'),
    goods: list('异步电动机 干式变压器 电力电缆 配电柜 断路器 漆包线 永磁电机 锂电池组 逆变器 母线槽 继电器 充电桩'),
    processes: list('嵌线 真空浸漆 绞线 挤包绝缘 叠片 激光焊极耳 化成 温升试验'),
    materials: list('硅钢片 无氧铜杆 交联聚乙烯 环氧树脂 磷酸铁锂'),
    machines: list('自动绕线机 挤塑机 浸漆罐 化成柜 局放测试台'),
    faults: list('局部放电超标 绝缘击穿 温升高 电磁噪声大 偏心度大 一致性差 触头熔焊 循环寿命短'),
    share: 13,
  },
  {
    industry: '35',
    suffixes: list('装备 智能 专用设备 机械'),
    goods: list('桥式起重机 包装机 注塑机 破碎机 烘干机 收割机 喷涂线 灌装机 带式输送机 压滤机 钻机 真空炉'),
    processes: list('结构焊接 整机调试 液压系统集成 电控编程 喷涂 大件时效'),
    materials: list('低合金高强钢 耐磨钢 铸铁床身 聚氨酯'),
    machines: list('数控火焰切割机 落地镗铣床 埋弧焊机 抛丸室'),
    faults: list('结构件旁弯 定位不准 故障率高 能耗偏高 卡料 液压冲击 控制响应慢 磨损快'),
    share: 12,
  },
  {
    industry: '29',
    suffixes: list('橡塑 塑业 新材 密封件'),
    goods: list('密封圈 输送带 塑料管材 注塑外壳 薄膜 轮胎 胶管 泡沫板 改性塑料 胶辊'),
    processes: list('硫化 混炼 挤出 吹塑 注塑 发泡 造粒'),
    materials: list('丁腈橡胶 氟橡胶 聚丙烯 聚乙烯 尼龙 炭黑'),
    machines: list('密炼机 平板硫化机 双螺杆挤出机 吹膜机'),
    faults: list('老化开裂 尺寸收缩 气泡 色差 压缩永久变形大 翘曲 熔接痕明显'),
    share: 9,
  },
  {
    industry: '30',
    suffixes: list('建材 耐材 陶瓷 玻璃'),
    goods: list('耐火砖 浇注料 钢化玻璃 瓷砖 预制构件 岩棉板 石墨制品 陶瓷球 水泥制品'),
    processes: list('压砖 烧成 钢化 施釉 蒸养 磨边'),
    materials: list('矾土 氧化铝 石英砂 硅微粉 玄武岩'),
    machines: list('隧道窑 压砖机 钢化炉 球磨机'),
    faults: list('热震开裂 自爆率高 色号不稳 强度离散 能耗高 裂纹'),
    share: 7,
  },
  {
    industry: '26',
    suffixes: list('化工 涂料 精化 助剂'),
    goods: list('水性涂料 胶粘剂 表面活性剂 颜料 缓蚀剂 环氧固化剂 催化剂 农药中间体 香精'),
    processes: list('聚合 精馏 结晶 研磨分散 萃取 干燥'),
    materials: list('丙烯酸酯 苯酚 异氰酸酯 钛白粉 乙二醇'),
    machines: list('反应釜 精馏塔 砂磨机 刮板蒸发器'),
    faults: list('收率低 结块 批次差异 残留单体高 废水难处理 副产物多'),
    share: 7,
  },
  {
    industry: '14',
    suffixes: list('食品 乳业 调味品 食品科技'),
    goods: list('豆制品 挂面 酸奶 酱油 肉制品 果脯 速冻饺子 烘焙糕点 辣椒酱'),
    processes: list('杀菌 发酵 速冻 烘干 灌装 腌制 包装'),
    materials: list('大豆 小麦粉 生牛乳 辣椒 猪肉'),
    machines: list('杀菌釜 发酵罐 速冻机 喷雾干燥塔'),
    faults: list('保质期短 菌落超标 口感变硬 褐变 出品率低 胀袋'),
    share: 7,
  },
  {
    industry: '36',
    suffixes: list('汽配 车桥 车业 汽车部件'),
    goods: list('刹车盘 转向节 座椅骨架 车轮 排气管 线束 减震器 仪表板'),
    processes: list('压铸 机加工 冲焊 电泳 总成装配'),
    materials: list('灰铸铁 高强钢板 铝硅合金 聚氨酯泡沫'),
    machines: list('压铸机 电泳线 伺服压力机 台架试验机'),
    faults: list('气孔 异响 焊点虚焊 漆膜起泡 疲劳开裂 回弹大'),
    share: 6,
  },
  {
    industry: '17',
    suffixes: list('纺织 织造 印染 毛纺'),
    goods: list('坯布 毛巾 无纺布 牛仔布 窗帘 纱线 帆布'),
    processes: list('纺纱 浆纱 染色 定型 水刺'),
    materials: list('棉纤维 涤纶 羊毛 粘胶'),
    machines: list('喷气织机 定型机 溢流染色机'),
    faults: list('色牢度低 断头多 布面疵点 缩水率大 废水色度高'),
    share: 5,
  },
]

/** What one firm alone makes, with the division it is in, and with the words in which its problems are told. */
export const rarities: { good: string; industry: string; words: [string, string] }[] = [
  ['冷轧工作辊', '31', '辊身', '磨辊'],
  ['船用螺旋桨', '37', '桨叶', '螺距'],
  ['机械钟表机芯', '40', '擒纵轮', '走时'],
  ['光学镜片', '40', '镀膜', '面形'],
  ['烟草切丝刀', '16', '切丝', '烟梗'],
  ['造纸毛毯', '22', '压榨部', '毛毯'],
  ['钢琴击弦机', '24', '琴槌', '触键'],
  ['人造金刚石', '30', '触媒', '六面顶'],
  ['碳纤维原丝', '28', '纺丝液', '原丝'],
  ['玻璃鳞片', '30', '鳞片', '吹膜泡'],
  ['古法陶瓦', '30', '瓦坯', '还原焰'],
  ['海水淡化膜', '26', '反渗透', '脱盐率'],
  ['血液透析器', '27', '中空纤维', '透析'],
  ['动物疫苗', '27', '抗原', '佐剂'],
  ['竹缠绕管', '20', '竹篾', '缠绕'],
  ['皮革鞣剂', '19', '鞣制', '蓝湿皮'],
  ['铜箔', '32', '生箔', '阴极辊'],
  ['钼丝', '32', '拉丝模', '钼杆'],
  ['镁合金轮毂', '32', '镁液', '熔剂'],
  ['钛白粉', '26', '水解', '煅烧窑'],
  ['高速道岔', '37', '尖轨', '道岔'],
  ['航空座椅', '37', '座椅', '阻燃'],
  ['电子天平', '40', '称重', '漂移'],
  ['超声探头', '39', '压电晶片', '匹配层'],
  ['石英晶振', '39', '频率', '晶片'],
  ['印刷胶辊', '23', '网点', '墨辊'],
  ['家具封边条', '21', '封边', '胶线'],
  ['羊绒围巾', '18', '羊绒', '缩绒'],
  ['白酒酒曲', '15', '制曲', '酒醅'],
  ['米糠油', '13', '米糠', '脱蜡'],
  ['废轮胎炭黑', '42', '裂解', '炭渣'],
  ['球团矿', '31', '造球', '焙烧'],
].map(([good, industry, ...words]) => ({ good: good!, industry: industry!, words: words as [string, string] }))
