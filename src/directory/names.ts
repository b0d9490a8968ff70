/** The name of an enterprise without what differs from one writer to the next: space, width and kind of brackets, the form of its law. */
export function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s()（）·.,，。"'“”]/g, '')
    .replace(/(?:有限责任|有限)公司$/, '公司')
}

/** The ways in which one name is written, for asking a database that compares letter by letter. */
export function nameVariants(name: string): string[] {
  const bare = name.replaceAll(/\s+/g, '')
  const narrow = bare.normalize('NFKC')
  const brackets = [bare, narrow, narrow.replaceAll('(', '（').replaceAll(')', '）')]
  const forms = brackets.flatMap((each) => [
    each,
    each.replace(/有限责任公司$/, '有限公司'),
    each.replace(/(?<!责任)有限公司$/, '有限责任公司'),
  ])
  return [...new Set([name.trim(), ...forms])]
}
