import type { Locale } from '../platform/i18n/words.ts'

type Facts = Record<string, string | number>
type Fix = (facts: Facts) => string

/** What to do about each fault and warning of a row, by its rule. */
const zhCN = {
  required: () => '必填，请补上。',
  'invalid-type': () => '填写的内容类型不对，请按模板填写。',
  'invalid-value': ({ values }) => (values ? `只能填：${values}。` : '取值不在允许的范围内，请按模板填写。'),
  'invalid-format': () => '格式不对，请按模板填写。',
  'invalid-union': () => '不符合任何一种允许的写法，请按模板填写。',
  'too-small': ({ minimum = 0, origin }) => (origin === 'string' ? `太短，至少写 ${minimum} 个字。` : `不能小于 ${minimum}，请改正数值。`),
  'too-big': ({ maximum = '', origin }) =>
    origin === 'string'
      ? `太长，最多 ${maximum} 个字，请精简。`
      : origin === 'array'
        ? `最多 ${maximum} 项，请删减。`
        : `不能大于 ${maximum}，请改正数值。`,
  'unstorable-text': () => '含有空字符或不完整的字符，请删去或重新录入。',
  'unknown-code': ({ code = '' }) => `代码表中没有“${code}”，请填写“代码表:代码”（如 gbt4754:34）或标准中文名称。`,
  'wrong-scheme': () => '代码表选错了，请换成这一列对应的代码。',
  'ambiguous-name': ({ codes }) => `这个名称对应多个代码，请改填代码：${codes}。`,
  'unknown-choice': ({ choices }) => `只能填：${choices}。`,
  'unknown-reference': () => '没有找到这个编号，请核对；引用来源编号时，前面加 @。',
  'unknown-field': () => '没有这个字段，请检查拼写或删去。',
  'not-a-number': () => '请只填一个整数。',
  'not-a-level': () => '请填 1 到 9 的成熟度等级，如 TRL5。',
  'not-a-day': () => '请按 2026-11-22、2026/11/22 或 2026年11月22日 填写日期。',
  'not-an-amount': () => '请填金额，如 50万元 或 500000。',
  'not-yes-or-no': () => '请填“是”或“否”。',
  'not-an-origin': ({ maximum }) => `来源编号应为不超过 ${maximum} 个字的文本。`,
  'too-many-parts': ({ parts }) => `用“|”分隔的内容最多 ${parts} 段。`,
  'past-day': ({ today }) => `日期已过（今天是 ${today}），请改为今天或以后的日期。`,
  'below-minimum': () => '上限不能小于下限，请核对两个数值。',
  'not-for-leads': () => '文献线索没有权利人，请清空此项。',
  'either-offering-or-title': () => '成果编号和标题只填一个。',
  'duplicate-origin': ({ line, existing }) =>
    line ? `来源编号与第 ${line} 行重复，请保留一行。` : `市场里已有同一来源编号的资料（${existing}），请删去此行，或直接修改那份资料。`,
  'duplicate-row': ({ line, existing }) =>
    line ? `内容与第 ${line} 行完全相同，请保留一行。` : `相同内容已经导入（${existing}），请删去此行。`,
  'was-erased': () => '此人的资料已删除，不能通过导入恢复，请删去此行。',
  'malformed-json': () => '这一行不是有效的 JSON，请检查括号、引号和逗号。',
  'not-an-object': () => '这一行应是一个 JSON 对象（{ … }）。',
  'too-many-cells': () => '这一行比表头多出单元格，请检查是否有未加引号的逗号。',
  'open-quotation': () => '引号没有成对，请检查这一行的双引号。',
  'unknown-column': () => '没有与这一列对应的字段，已忽略；如需导入，请改用模板中的列名。',
  'repeated-column': () => '有同名的列，只取第一列。',
  converted: () => '文件不是 UTF-8 编码，已自动转换；请抽查有无乱码。',
  width: () => '全角字母和数字已改为半角。',
  spaces: () => '不间断空格和不可见字符已清理。',
  damaged: () => '含有乱码（�），原文已丢失，请对照原件补正。',
  'wrong-length': ({ expected, found }) => `应为 ${expected} 位，实际 ${found} 位，请核对。`,
  'wrong-characters': ({ characters }) => `含有不应出现的字符：${characters}，请核对。`,
  'wrong-check-digit': ({ position, expected, found }) => `第 ${position} 位校验码应为 ${expected}，实际为 ${found}，请核对。`,
} satisfies Record<string, Fix>

const en: Record<keyof typeof zhCN, Fix> = {
  required: () => 'Required: fill it in.',
  'invalid-type': () => 'This is the wrong type of content: follow the template.',
  'invalid-value': ({ values }) => (values ? `Use one of: ${values}.` : 'The value is not allowed: follow the template.'),
  'invalid-format': () => 'The format is wrong: follow the template.',
  'invalid-union': () => 'It fits none of the forms that are allowed: follow the template.',
  'too-small': ({ minimum = 0, origin }) =>
    origin === 'string' ? `Too short: write at least ${minimum} characters.` : `It cannot be below ${minimum}: correct the figure.`,
  'too-big': ({ maximum = '', origin }) =>
    origin === 'string'
      ? `Too long: at most ${maximum} characters.`
      : origin === 'array'
        ? `At most ${maximum} items: remove some.`
        : `It cannot be above ${maximum}: correct the figure.`,
  'unstorable-text': () => 'It contains NUL or half a character: remove it or type the text again.',
  'unknown-code': ({ code = '' }) => `“${code}” is in no code list: write list:code, such as gbt4754:34, or the standard Chinese name.`,
  'wrong-scheme': () => 'This is a code of another list: use the list of this column.',
  'ambiguous-name': ({ codes }) => `Several codes have this name: write one of ${codes}.`,
  'unknown-choice': ({ choices }) => `Use one of: ${choices}.`,
  'unknown-reference': () => 'Nothing has this ID: check it; write @ before an origin ID.',
  'unknown-field': () => 'There is no such field: check the spelling or remove it.',
  'not-a-number': () => 'Write one whole number.',
  'not-a-level': () => 'Write a readiness level from 1 to 9, such as TRL5.',
  'not-a-day': () => 'Write a day as 2026-11-22, 2026/11/22 or 2026年11月22日.',
  'not-an-amount': () => 'Write an amount, such as 50万元 or 500000.',
  'not-yes-or-no': () => 'Write 是 or 否 (yes or no).',
  'not-an-origin': ({ maximum }) => `An origin ID is a text of at most ${maximum} characters.`,
  'too-many-parts': ({ parts }) => `At most ${parts} parts between | marks.`,
  'past-day': ({ today }) => `That day has passed (today is ${today}): use today or a later day.`,
  'below-minimum': () => 'The upper figure is below the lower one: check both.',
  'not-for-leads': () => 'A lead from the literature has no owner: leave this empty.',
  'either-offering-or-title': () => 'Give either a result or a title, not both.',
  'duplicate-origin': ({ line, existing }) =>
    line
      ? `Line ${line} has the same origin ID: keep one of them.`
      : `This origin ID is already in the market (${existing}): remove the row, or edit that entry.`,
  'duplicate-row': ({ line, existing }) =>
    line ? `It says the same as line ${line}: keep one of them.` : `The same row was imported before (${existing}): remove it.`,
  'was-erased': () => 'This person’s data was erased and cannot be brought back by an import: remove the row.',
  'malformed-json': () => 'The line is not valid JSON: check brackets, quotation marks and commas.',
  'not-an-object': () => 'The line must be one JSON object ({ … }).',
  'too-many-cells': () => 'The line has more cells than the header: look for a comma without quotation marks.',
  'open-quotation': () => 'A quotation mark is left open: check the marks of this line.',
  'unknown-column': () => 'No field matches this column, so it was ignored. To import it, use the column name of the template.',
  'repeated-column': () => 'Several columns have this name; only the first one is used.',
  converted: () => 'The file is not in UTF-8 and was converted: check a few rows for wrong characters.',
  width: () => 'Full-width letters and digits were made half-width.',
  spaces: () => 'Non-breaking spaces and invisible characters were removed.',
  damaged: () => 'It contains garbled characters (�), and the original text is lost: restore it from the original document.',
  'wrong-length': ({ expected, found }) => `It should have ${expected} characters and has ${found}: check it.`,
  'wrong-characters': ({ characters }) => `It contains characters that do not belong there: ${characters}. Check it.`,
  'wrong-check-digit': ({ position, expected, found }) => `Check digit ${position} should be ${expected} and is ${found}: check it.`,
}

export type Rule = keyof typeof zhCN
const fixes: Record<Locale, Record<string, Fix>> = { 'zh-CN': zhCN, en }

/** What to do about a fault, for people. */
export function fixOf(rule: string, facts: Facts, locale: Locale): string {
  return (fixes[locale][rule] ?? fixes[locale]['invalid-value']!)(facts)
}
