import { units } from './shell.ts'

/** Forms that were begun and not sent. */
export const unfinished = {
  kept: '已自动保存。换一台设备登录，也能接着写。',
  notKept: '没有自动保存：登录已过期，请在新标签页重新登录，再接着写。',
  resumed: (day: string, time: string) => `已恢复您${units.day(day)} ${time} 没写完的内容。`,
  drop: '放弃，重新写',
  dropListed: '放弃',
  listed: '还没写完的',
  listedLead: '已自动保存，尚未提交，只有您看得到。30 天没有再写，会自动删除。',
  form: (path: string): string =>
    path.startsWith('/demands/new')
      ? '发布需求'
      : path.startsWith('/demands/')
        ? '修改需求'
        : path.startsWith('/offerings/new')
          ? '发布成果'
          : '表单',
  writtenOn: (day: string, time: string) => `最后写于${units.day(day)} ${time}`,
}
