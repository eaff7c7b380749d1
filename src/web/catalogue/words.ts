import type { CatalogueFaultShown } from '../../catalogue/versions/api.ts'
import {
  catalogueAboutWords,
  catalogueChangeWords,
  catalogueWords,
  fieldWord,
  valueSaid,
} from '../../http/words/catalogue.ts'
import { catalogueFaultInChinese } from '../../http/words/catalogue-faults.ts'
import { urgencyWords as urgencies } from '../../http/words/orders.ts'
import { language, say, sayAll } from '../language.ts'

const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })

export const urgencyWords = sayAll(urgencies)

export const words = {
  ...sayAll(catalogueWords),
  lookFor: both('查找（名称、代码、市民的说法、承办单位）', 'Search: name, code, citizens’ words, unit'),
  all: both('全部', 'All'),
  elderOnly: both('只看老年人快速办理', 'Fast track for the elderly alone'),
  found: (count: number) => both(`共 ${count} 个事项`, count === 1 ? '1 kind' : `${count} kinds`),
  none: both('没有这样的事项：换个说法试试', 'No kind like that: try other words'),
  takeAlong: both('导出', 'Take along'),
  asking: both('正在打开……', 'Opening …'),
  close: both('关闭', 'Close'),
  beside: both('同一对象的事项', 'Kinds of the same object'),
  empty: both('（空）', '(nothing)'),
  views: sayAll({
    kinds: { 'zh-CN': '事项', en: 'Kinds' },
    draft: { 'zh-CN': '草稿', en: 'Draft' },
    versions: { 'zh-CN': '版本', en: 'Versions' },
  }),
  view: both('事项目录的各部分', 'Parts of the catalogue'),
  edit: both('修改', 'Change'),
  objectName: both('对象名称', 'Name of the object'),
  wordsField: both('市民的叫法（用空格隔开）', 'What citizens call it, blanks between'),
  saysField: both('市民的说法（每行一句）', 'How citizens say it, one a line'),
  notField: both('容易混淆（每行：对象：区分的问题）', 'Easily taken for, a line each: object：question'),
  formField: both('工单须写明（用空格隔开）', 'What an order has to say, blanks between'),
  unitsField: both(
    '承办单位（用空格隔开，主办在前；整个二级一起改）',
    'Units, blanks between, the leading one first; of the whole group',
  ),
  kindsField: both('事项', 'Kinds'),
  usual: (urgency: string) => both(`按二级（${urgency}）`, `as its group (${urgency})`),
  add: both('增加一个事项', 'One more kind'),
  without: (name: string) => both(`去掉 ${name}`, `Leave ${name} out`),
  save: both('存入草稿', 'Save in the draft'),
  saving: both('正在检查……', 'Proving …'),
  cancel: both('取消', 'Cancel'),
  draftNote: (base: number | undefined, who: string, when: string) =>
    both(
      `${base === undefined ? '在文件的基础上' : `在第 ${base} 版的基础上`}修改，最后由 ${who} 改于 ${when}`,
      `Begun with ${base === undefined ? 'the files' : `version ${base}`}; last written in by ${who}, ${when}`,
    ),
  noDraft: both('没有草稿：打开一个事项，点“修改”', 'There is no draft: open a kind, and press “Change”'),
  same: both('没有不同', 'Nothing is other'),
  changes: both('改了什么', 'What is other'),
  wrong: (count: number) =>
    both(`有 ${count} 处错误，改好才能发布`, `${count} things are wrong; mend them to publish`),
  proved: both('检查通过', 'Proved: nothing is wrong'),
  published: both('已发布', 'Published'),
  adminPublishes: both('检查通过后由管理员发布', 'An administrator publishes it once it is proved'),
  discard: both('放弃草稿', 'Give the draft up'),
  folderHolds: both(
    '还没有发布过：使用目录文件（CATALOGUE_DIR）里的内容',
    'Nothing was published yet: the files in CATALOGUE_DIR hold',
  ),
  folderOther: both(
    '目录文件（CATALOGUE_DIR）里有任何版本都没有的内容，没有使用',
    'The files in CATALOGUE_DIR have what no version had; they do not hold',
  ),
  ofFiles: both('来自文件', 'From the files'),
}

/** What is wrong, for people: where, what stands there, and what should. */
export const faultSaid = ({ place, found, expected }: CatalogueFaultShown): string =>
  language === 'en'
    ? `${place}: found ${found}, expected ${expected}`
    : `${place}：${catalogueFaultInChinese(found)}；应为：${catalogueFaultInChinese(expected)}`

export const changeWords = sayAll(catalogueChangeWords)
export const aboutWords = sayAll(catalogueAboutWords)
export const fieldSaid = (name: string) => say(fieldWord(name))
export const said = (value: string) => valueSaid(value, language)
