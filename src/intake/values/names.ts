/** Whether a text is a name as enterprises have it. */
export const isEnterpriseName = (text: string): boolean =>
  text.length <= 60 &&
  /(?:公司|集团|厂|合作社|研究院|研究所|商行|经营部|工作室|农场|车间|中心|co\.?|ltd\.?|inc\.?)$/i.test(
    text.trim().replaceAll(/[（(][^（）()]*[)）]$/g, ''),
  )
