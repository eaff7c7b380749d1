import { urgencyWords } from './orders.ts'
import { both, type Language, type Words } from './words.ts'

/** The fields of a kind, in words: for its page, the terminal and its file's columns. */
export const catalogueWords = {
  catalogue: both('事项目录', 'Catalogue'),
  code: both('代码', 'Code'),
  class: both('一级', 'Class'),
  group: both('二级', 'Group'),
  object: both('对象', 'Object'),
  name: both('事项', 'Kind'),
  urgency: both('紧急程度', 'Urgency'),
  tag: both('七有五性', '七有五性'),
  elder: both('老年人快速办理', 'Fast track for the elderly'),
  evidence: both('办结须附证据', 'Evidence at closing'),
  category: both('工单类别', 'Category of orders'),
  units: both('承办单位（主办在前）', 'Units, the leading one first'),
  answers: both('各区承办单位', 'Unit by district'),
  words: both('市民的叫法', 'What citizens call it'),
  says: both('市民的说法', 'How citizens say it'),
  not: both('容易混淆', 'Easily taken for'),
  form: both('工单须写明', 'What an order has to say'),
  former: both('原代码', 'Former codes'),
  place: both('出处', 'Written in'),
  everywhere: both('全部区', 'All districts'),
  nobody: both('无承办单位', 'Nobody'),
  yes: both('是', 'yes'),
  no: both('否', 'no'),
} as const

/** The changes in a version, in words. */
export const catalogueChangeWords = {
  added: both('新增', 'added'),
  removed: both('删除', 'removed'),
  changed: both('修改', 'changed'),
} as const
export const catalogueAboutWords = {
  object: both('对象', 'object'),
  unit: both('单位名称', 'unit'),
  instead: both('本区改由', 'instead, in'),
  former: both('停用代码', 'former code'),
} as const
const fieldWords: Readonly<Record<string, Words>> = {
  ...catalogueWords,
  kinds: both('事项', 'kinds'),
  id: both('对应单位', 'unit'),
  districts: both('只在这些区', 'only in'),
}
export const fieldWord = (name: string): Words => fieldWords[name] ?? both(name, name)

const valueWords: Readonly<Record<string, Words>> = { yes: catalogueWords.yes, no: catalogueWords.no }
/** A changed value in words; a kind's value ends with its urgency. */
export function valueSaid(value: string, language: Language): string {
  const [, start = '', urgency] = /^(\d{8} .+ )(urgent|livelihood|general|complex)$/.exec(value) ?? []
  if (urgency) return start + urgencyWords[urgency as keyof typeof urgencyWords][language]
  return valueWords[value]?.[language] ?? value
}
