import { z } from '../platform/schema.ts'

/** What a demand asks to be better at, each as somebody would describe it; the model finds the nearest. */
export const problemKinds = {
  precision: '精度、尺寸偏差、变形、一致性和质量稳定性达不到要求',
  durability: '强度不够、磨损、腐蚀、老化、寿命短、容易损坏',
  throughput: '效率低、速度慢、产能不足、工序多、人工多、节拍长',
  energy: '能耗高、耗电耗气、余热浪费、散热和温度控制',
  cost: '成本高、原料贵、用量大、依赖进口、需要国产替代',
  environment: '废水、废气、固废、异味、噪声和排放的处理与回收利用',
  safety: '安全隐患、火灾爆炸、毒性、泄漏、事故预防和应急',
  detection: '检测、监测、识别、测量、诊断、分析方法和在线检验',
  control: '自动化、数字化、智能控制、算法、软件、数据和系统集成',
  formulation: '配方、新材料、新产品、新品种、提取、合成和性能改进',
} as const
export const ProblemKind = z.enum(Object.keys(problemKinds) as [keyof typeof problemKinds, ...(keyof typeof problemKinds)[]])
export type ProblemKind = z.infer<typeof ProblemKind>
