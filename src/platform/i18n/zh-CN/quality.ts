/** Judging pairs without knowing whose they are. */
export const quality = {
  title: '匹配盲评',
  nav: '匹配盲评',
  lead: '下面是一条需求和一个候选，不显示单位、姓名、名次和得分（正文自己提到的除外）。请只看内容，判断候选能不能解决这条需求。您的判断用来衡量匹配做得好不好，不会告诉双方，也不改变任何一方的名次。',
  asked: '需求',
  offered: '候选',
  question: '候选能解决这条需求吗？',
  grades: [
    { name: '0 不相关', meaning: '不是一回事' },
    { name: '1 同一领域', meaning: '领域相同，解决的是别的问题' },
    { name: '2 值得一谈', meaning: '同一类问题，方法看来用得上' },
    { name: '3 正对路', meaning: '正是这个问题，或者非常接近，应当最先联系' },
  ],
  noted: (grade: string) => `上一对已记为“${grade}”。`,
  was: (grade: string) => `您原来的判断是“${grade}”，重新选择即可更改。`,
  change: '更改',
  progress: (given: number, waiting: number) => `您已评 ${given} 对，还有 ${waiting} 对。`,
  none: { title: '没有待评的配对', text: '最近展示过的候选都评过了。有人再查看匹配结果后，这里会有新的配对。' },
}
