import QuickLRU from 'quick-lru'

/**
 * What engineers call one property by several names. General knowledge of measured properties; nothing here belongs to a single
 * listing. Names that only look like synonyms have lines of their own (水分活度 is not 水分), and the longest name that fits is read.
 */
const lines = `
抗拉强度: 拉伸强度, 极限抗拉强度, 抗张强度, 拉伸断裂强度, uts, ultimate tensile strength, tensile strength
屈服强度: 屈服极限, rp0.2, yield strength
抗压强度: 压缩强度, compressive strength
抗弯强度: 弯曲强度, 抗折强度, flexural strength, bending strength
抗剪强度: 剪切强度, shear strength
断后伸长率: 断裂伸长率, 延伸率, 伸长率, 拉断伸长率, elongation at break, elongation
弹性模量: 杨氏模量, young's modulus, elastic modulus
冲击韧性: 冲击强度, impact strength
断裂韧性: 断裂韧度, fracture toughness
剥离强度: 剥离力, peel strength
结合强度: 粘结强度, 粘接强度, 附着强度, bond strength, adhesion strength, bonding strength
硬度: hardness
表面粗糙度: 粗糙度, surface roughness, roughness
密度: density
孔隙率: 气孔率, porosity
致密度: 相对密度, relative density
导热系数: 热导率, 导热率, thermal conductivity
导电率: 电导率, electrical conductivity, conductivity
电阻率: resistivity
热膨胀系数: 线膨胀系数, cte, coefficient of thermal expansion, thermal expansion coefficient
介电常数: 介电系数, 相对介电常数, dielectric constant, permittivity
介电损耗: 介质损耗, 损耗角正切, loss tangent, dielectric loss
击穿强度: 介电强度, 击穿场强, breakdown strength, dielectric strength
黏度: 粘度, 表观黏度, 表观粘度, 旋转黏度, 旋转粘度, 动力粘度, 动力黏度, viscosity
熔点: 熔融温度, melting point, melting temperature
玻璃化转变温度: 玻璃化温度, tg, glass transition temperature
摩擦系数: 摩擦因数, friction coefficient, coefficient of friction
磨损率: 磨耗率, wear rate
磨耗量: 磨损量, wear loss
粒径: 颗粒直径, 粒度, particle size
比表面积: 比表面, specific surface area, surface area
透光率: 透过率, 透射率, transmittance
水接触角: 接触角, contact angle
吸水率: water absorption
灰分: 灰分含量, ash content
固含量: 固体含量, solid content
转速: 旋转速度, 旋转频率, 旋转转速, rotational speed, spindle speed
定位误差: 定位偏差, positioning error, localization error
定位精度: positioning accuracy, position accuracy
重复定位精度: 重复精度, 重复定位误差, repeatability, repeat positioning accuracy
尺寸偏差: 尺寸误差, dimensional error, dimensional deviation
尺寸精度: 加工精度, machining accuracy, dimensional accuracy
圆度误差: 圆度, roundness
平面度: 平面度误差, flatness
直线度: 直线度误差, straightness
同轴度: 同轴度误差, coaxiality
跳动: 径向跳动, runout
测量误差: 示值误差, 计量误差, measurement error, measuring error
测量精度: 检测精度, measurement accuracy
分辨率: 分辨力, resolution
合格率: 良品率, 良率, 成品率, 正品率, yield rate, pass rate, qualified rate
一次合格率: 一次通过率, 一次成品率, 直通率, fpy, first pass yield, first-pass yield
不合格率: 不良率, 次品率, 废品率, 缺陷率, defect rate, reject rate, scrap rate
收率: 得率, 产率, 回收得率, yield
转化率: 转化效率, conversion rate, conversion
选择性: selectivity
去除率: 脱除率, 去除效率, 脱除效率, 清除率, 消除率, 净化率, removal rate, removal efficiency
回收率: recovery rate, recovery
提取率: 提取得率, 浸出率, extraction rate, extraction yield
脱硫效率: 脱硫率, desulfurization efficiency
脱硝效率: 脱硝率, denitration efficiency
除尘效率: dust removal efficiency
纯度: purity
能量密度: 比能量, 质量比能量, 质量能量密度, energy density, specific energy
功率密度: 比功率, power density, specific power
比容量: 质量比容量, 克容量, specific capacity
循环寿命: 循环次数, 充放电循环寿命, 循环使用次数, cycle life
容量保持率: 容量保有率, capacity retention
首次库仑效率: 首效, 首次效率, initial coulombic efficiency
使用寿命: 服役寿命, 工作寿命, 寿命, service life, lifetime, life span, lifespan
疲劳寿命: 疲劳次数, fatigue life
刀具寿命: 刀具耐用度, tool life
平均故障间隔时间: 平均无故障时间, 平均无故障工作时间, 平均无故障运行时间, 失效前平均工作时间, 平均失效前时间, mttf, mtbf, mean time between failures
平均修复时间: 平均维修时间, mttr, mean time to repair
响应时间: 时延, 延迟时间, 响应延迟, latency, response time, delay
检测时间: 测试时间, 检验时间, 出结果时间, 检测周期, detection time, test time, assay time
处理时间: processing time
加工时间: 单件加工时间, machining time
生产节拍: 节拍, 节拍时间, cycle time, takt time
换模时间: 换型时间, 切换时间, changeover time
货架期: 保质期, 保存期, shelf life
切削速度: cutting speed
高程精度: 垂直精度, vertical accuracy
水平精度: 平面精度, horizontal accuracy
脂肪含量: 脂肪, fat content
蛋白质含量: 蛋白含量, protein content
生产成本: production cost, manufacturing cost
生产周期: 交付周期, 交货周期, lead time
能耗: 能源消耗, 单位能耗, 综合能耗, energy consumption
电耗: 耗电量, 用电量, 耗电, power consumption, electricity consumption
水耗: 耗水量, 用水量, water consumption
供电煤耗: 发电煤耗, coal consumption
气耗: 耗气量, 用气量, gas consumption
油耗: 耗油量, 燃油消耗量, fuel consumption
成本: 费用, 造价, cost
价格: 售价, price
处理量: 处理能力, 处理水量, 处理规模, treatment capacity, throughput, processing capacity
产能: 生产能力, production capacity, output
作业效率: 工作效率, working efficiency
准确率: 正确率, 精确率, accuracy, recognition rate
字错率: 词错误率, 词错率, 字错误率, wer, word error rate
召回率: 查全率, recall
灵敏度: 敏感度, 敏感性, 检出灵敏度, sensitivity
特异度: 特异性, specificity
误报率: 虚警率, 假阳性率, false alarm rate, false positive rate
漏检率: 漏报率, miss rate, missed detection rate
检出限: 检测限, 最低检出限, 最低检测限, lod, limit of detection, detection limit
检出率: detection rate
信噪比: snr, signal-to-noise ratio
噪声: 噪音, 运行噪声, 噪声级, noise level, noise
隔声量: 计权隔声量, sound insulation
续航里程: 续驶里程, 巡航里程, driving range, cruising range
续航时间: 飞行时间, endurance, battery life, flight time
化学需氧量: cod, codcr
生化需氧量: bod, bod5
氨氮: 氨氮浓度, nh3-n, ammonia nitrogen
总氮: 总氮浓度, tn, total nitrogen
总磷: 总磷浓度, tp, total phosphorus
悬浮物: 悬浮物浓度, suspended solids
颗粒物: 粉尘, 烟尘, particulate matter, dust
挥发性有机物: vocs, voc, 非甲烷总烃
氮氧化物: nox
二氧化硫: so2
浊度: turbidity
色度: colour, color
发芽率: 出芽率, germination rate
成活率: 存活率, survival rate
千粒重: thousand-grain weight
碎米率: broken rice rate
活菌数: 活菌含量, 活菌总数, viable count
菌落总数: total plate count
过氧化值: peroxide value
酸值: 酸价, acid value
细胞存活率: 细胞活率, cell viability
溶出度: dissolution
制动距离: 刹车距离, braking distance, stopping distance
整备质量: 整备重量, curb weight
自重: 净重, weight, mass
厚度: 涂层厚度, 膜厚, 层厚, thickness
线宽: line width
层高: storey height
坍落度: slump
氯离子扩散系数: chloride diffusion coefficient
抗渗等级: impermeability grade
耐火极限: fire resistance
热效率: thermal efficiency
传动效率: transmission efficiency
功率因数: 功率因素, power factor
性能系数: cop, 制热系数, 能效比
温升: temperature rise
工作温度: 使用温度, 运行温度, 服役温度, 耐受温度, operating temperature, working temperature
工作压力: operating pressure
漏率: 泄漏率, 泄漏量, leak rate, leakage rate
流量: flow rate
过滤精度: filtration accuracy
截留率: 脱盐率, rejection rate, rejection
通量: 水通量, 膜通量, flux
带宽: bandwidth
丢包率: packet loss rate, packet loss
吞吐量: 数据吞吐量, throughput rate
帧率: 帧速率, frame rate
功耗: power dissipation
覆盖率: coverage
利用率: utilization, utilisation
运行速度: 行驶速度, 检测速度, 巡检速度, speed, velocity
最高车速: top speed, maximum speed
负载: 载重, 载重量, 有效载荷, 载荷, payload, load capacity
扭矩: 转矩, torque
推力: thrust
行程: stroke
色差: 色差值, colour difference, color difference
白度: whiteness
色牢度: 耐洗色牢度, colour fastness, color fastness
断裂强力: 拉伸强力, breaking force
透气率: 透气性, air permeability
盐雾时间: 耐盐雾时间, salt spray
拉拔力: 抗拔力, pull-out force
压缩永久变形: compression set
伸缩率: 收缩率, shrinkage
翘曲量: 翘曲变形, 翘曲度, 翘曲, warpage
变形量: deformation, distortion
内阻: 直流内阻, internal resistance
开路电压: open-circuit voltage
绝缘电阻: insulation resistance
方阻: 方块电阻, sheet resistance
残留量: 残余量, residue
溶剂残留: 溶剂残留量, residual solvent
复现性: 再现性, reproducibility
稳定性: stability
采摘成功率: picking success rate
抓取成功率: grasp success rate, grasping success rate
成功率: success rate
劳动生产率: 人均产值
停机时间: 停机时长, downtime
设备综合效率: oee
投资回收期: 回收期, payback period
最大功率点跟踪效率: mppt效率, mppt efficiency
光效: 发光效率, 流明效率, luminous efficacy
软化点: softening point
转换效率: 光电转换效率, 光电效率, conversion efficiency
产量: 单产, 亩产, 亩产量, 公顷产量, 平均产量, crop yield
水分活度: water activity
水分: 水分含量, 含水率, 含水量, 湿含量, moisture content, water content
浓度: concentration
含量: content
`

const canonical = new Map<string, string>()
for (const line of lines.trim().split('\n')) {
  const [first = '', rest = ''] = line.split(': ')
  for (const name of [first, ...rest.split(', ')]) if (name !== '') canonical.set(name, first)
}

/** Names by their first character, the longest first: one pass over a text instead of a try of every name at every place. */
const byFirst = Map.groupBy(
  [...canonical.keys()].toSorted((a, b) => b.length - a.length),
  (name) => name[0]!,
)
const isLetter = (character: string | undefined) => character !== undefined && character >= 'a' && character <= 'z'

/** Whether the words end with the name of a property, and not only of a kind of measure (强度, 误差). */
export const endsWithProperty = (text: string): boolean => [...firstNames].some((name) => text.endsWith(name))
const kinds = new Set(['含量', '浓度', '误差', '强度', '效率', '温度', '时间', '速度', '精度'])
const firstNames = new Set([...canonical.values()].filter((name) => !kinds.has(name)))

/** The text with every property by its first name, in small letters. A Latin name is no part of a longer word. */
export function inFirstNames(text: string): string {
  const before = known.get(text)
  if (before !== undefined) return before
  const named = renamed(text)
  known.set(text, named)
  return named
}

/** Each sentence of an offer is held against every indicator. */
const known = new QuickLRU<string, string>({ maxSize: 20_000 })

function renamed(text: string): string {
  const lower = text.toLowerCase()
  let [named, at] = ['', 0]
  while (at < lower.length) {
    const name = byFirst.get(lower[at]!)?.find((each) => isNameAt(lower, each, at))
    named += name === undefined ? lower[at] : canonical.get(name)
    at += name?.length ?? 1
  }
  return named
}

function isNameAt(text: string, name: string, at: number): boolean {
  if (!text.startsWith(name, at)) return false
  return !isLetter(name[0]) || (!isLetter(text[at - 1]) && !isLetter(text[at + name.length]))
}
