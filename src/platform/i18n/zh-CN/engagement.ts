export const engagement = {
  states: {
    proposed: '待推荐',
    contacted: '已联系',
    talking: '洽谈中',
    signed: '已签约',
    lost: '流失',
    open: '待答复',
    accepted: '愿意洽谈',
    declined: '不合适',
    referred: '推荐了他人',
    taken: '已另行联系',
    dropped: '不再跟进',
    ended: '已撤销',
  } as Record<string, string>,
}
