/** Names of units as people write them, beside those that js-quantities knows. */

/** How many of which unit: what it calls otherwise, and Chinese names. A year has 365 days, a month a twelfth of them. */
const multiplesOf = `
1 degK: K
1 degC: ℃ 摄氏度
1 C: C
0.01: %
0.001: ‰
1 ohm: Ω 欧
1000 ohm: kΩ
1000000 ohm: MΩ
1000000000 ohm: GΩ
0.001 ohm: mΩ
0.000001 ohm: μΩ
10000 m^2: ha hm2 公顷
10000/15 m^2: 亩
9.80665 N: kgf
1 dB: dB 分贝
1 lux: lx
0.001 m^3: l L 升
0.000001 m^3: mL ml cc 立方厘米 毫升
1e-9 m^3: μL uL 微升
1 m^3: Nm3 立方米 方 标方 标立方米
1 J: Nm 牛米 焦 焦耳
0.1 m^3: hL
0.0001 m^3: dL
365 d: a y yr year years 年
365/12 d: month months 月 个月
7 d: week weeks 周 星期
1 d: day days 天 日
1 h: hr hrs hour hours 小时 时
1 min: minute minutes mins 分钟 分
1 s: sec second seconds 秒 秒钟
0.001 s: milliseconds 毫秒
0.000001 s: 微秒
1e-9 s: 纳秒
1000 m: 千米 公里
1 m: 米
0.1 m: 分米
0.01 m: 厘米
0.001 m: 毫米
0.000001 m: 微米
1e-9 m: 纳米
0.00001 m: 丝 道
1852 m: 海里
1852/3600 m/s: 节 kn
1 m^2: 平方米
1000000 m^2: 平方公里
0.0001 m^2: 平方厘米
0.000001 m^2: 平方毫米
1000 kg: 吨 t tonne tonnes ton tons tce
1 kg: 公斤 千克 kgce
0.5 kg: 斤
0.001 kg: 克 gram grams gce
0.000001 kg: 毫克
1e-9 kg: 微克
1000000 kg: kt
1000000 Pa: 兆帕
1000 Pa: 千帕
1 Pa: 帕
1000000000 Pa: 吉帕
1 N: 牛 牛顿
1000 N: 千牛
1000 J: 千焦
1000000 J: 兆焦
4184 J: 大卡 千卡
1 W: 瓦
1000 W: 千瓦
1000000 W: 兆瓦
3600000 J: 千瓦时 千瓦小时 度电 kWh
3600000000 J: MWh
3600 J: Wh
3600000000000 J: GWh
1 V: 伏
1000 V: 千伏
0.001 V: 毫伏
1 A: 安
0.001 A: 毫安
1 Hz: 赫兹 赫
1000 Hz: 千赫
1000000 Hz: 兆赫
1 mol: 摩尔
100000 Pa: 巴
1e-6/60 m^3/s: sccm
0.0254 m: in
1/60 Hz: rpm RPM
`

/** What is counted in itself: compared with its like alone, by whatever name. "-" counts in nothing: a ratio, a turn. */
const counts = `
piece: 件 只 支 个 台 套 条 片 块 张 根 颗 枚 粒 包 袋 瓶 箱 盒 辆 株 棵 头 单 pcs pieces piece units unit parts samples 样 条目 株数 例 tests 口 座 羽 尾 穴 斗
time: 次 模次 冲次 循环 周次 cycles cycle times 回 炉次 遍 道次 车次 模
bit: 位
person: 人 名 人次
household: 户
batch: 批 炉
frame: 帧 幅 fps frames
yuan: 元 CNY RMB yuan
dollar: 美元 USD
copy: 拷贝 copies
CFU: CFU cfu
PFU: PFU
IU: IU
U: U
NTU: NTU
HRC: HRC
HRB: HRB
HRA: HRA
HV: HV
HB: HB HBW
HA: HA
HD: HD
TOPS: TOPS
FLOPS: FLOPS
KOH: KOH
grade: 级
-: 倍 x pH 转 r rev 圈
degree: 度 ° deg
pixel: 像素 px pixel pixels
word: 词 字
page: 页
dBm: dBm
dBμV: dBμV
dB(A): dBA
dBi: dBi
mesh: 目
division: 分度
point: 点 points point
`

const table = (text: string) =>
  text
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [what = '', names = ''] = line.split(': ')
      return names.split(' ').map((name): [string, string] => [name, what])
    })

/** By name: how many of which unit of js-quantities ('' for a plain number). */
export const written = new Map(
  table(multiplesOf).map(([name, what]): [string, { times: number; unit: string }] => {
    const [times = '', unit = ''] = what.split(' ')
    const [over = '', under = '1'] = times.split('/')
    return [name, { times: Number(over) / Number(under), unit }]
  }),
)

/** By name: what is counted; '' for a ratio. */
export const counted = new Map(table(counts).map(([name, what]): [string, string] => [name, what === '-' ? '' : what]))
