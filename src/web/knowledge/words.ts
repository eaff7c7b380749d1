import { knowledgeEventWords, knowledgeStandingWords } from '../../http/words/knowledge.ts'
import type { KnowledgeContent } from '../../knowledge/api.ts'
import { refusalOf } from '../house/refusal.ts'
import { say, sayAll, type Words } from '../language.ts'

const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })

export const standings = sayAll(knowledgeStandingWords)
export const events = sayAll(knowledgeEventWords)

export const fields: Readonly<Record<keyof KnowledgeContent, string>> = sayAll<keyof KnowledgeContent>({
  question: { 'zh-CN': '问题', en: 'Question' },
  wordings: { 'zh-CN': '其他问法（每行一种）', en: 'Other wordings, one a line' },
  text: {
    'zh-CN': '播报文本（每段一行，最多 120 字）',
    en: 'Text to read out: a paragraph a line, at most 120',
  },
  conditions: { 'zh-CN': '适用条件', en: 'Who it is for' },
  papers: { 'zh-CN': '所需材料（每行一种）', en: 'Papers, one a line' },
  steps: { 'zh-CN': '办理步骤（每行一步）', en: 'Steps, one a line' },
  places: { 'zh-CN': '办理地点', en: 'Where' },
  hours: { 'zh-CN': '办理时间', en: 'When' },
  law: { 'zh-CN': '依据', en: 'Legal ground' },
  unit: { 'zh-CN': '归口单位', en: 'Unit' },
  kinds: { 'zh-CN': '事项（每行一种）', en: 'Kinds, one a line' },
  districts: {
    'zh-CN': '适用区（每行一个，不填为全市）',
    en: 'Districts, one a line; everywhere when empty',
  },
  validFrom: { 'zh-CN': '生效日期（不填为发布时）', en: 'First day; from its publication when empty' },
  validUntil: { 'zh-CN': '截止日期', en: 'Last day' },
  order: { 'zh-CN': '来源工单', en: 'Order it came of' },
  example: { 'zh-CN': '示例内容，不是正式答复', en: 'An example, no official answer' },
} satisfies Record<keyof KnowledgeContent, Words>)

export const words = {
  views: sayAll({
    search: { 'zh-CN': '查找', en: 'Search' },
    inbox: { 'zh-CN': '待办', en: 'To do' },
    list: { 'zh-CN': '条目', en: 'Entries' },
    figures: { 'zh-CN': '统计', en: 'Figures' },
    exchange: { 'zh-CN': '导入导出', en: 'In and out' },
  }),
  view: both('知识库的各部分', 'Parts of the knowledge base'),
  asking: both('正在打开……', 'Opening …'),
  lookFor: both('查找（市民的话，或几个词）', 'Search: what the citizen says, or a few words'),
  found: (count: number) => both(`查到 ${count} 条`, `${count} found`),
  unsure: (count: number) =>
    both(
      `查到 ${count} 条，可能不是市民要问的，请核对`,
      `${count} found that may be beside the point: look before you use one`,
    ),
  nothing: both(
    '知识库里没有答案：换个说法，或登记工单',
    'No entry answers this: try other words, or make an order',
  ),
  cut: both('内容很长，只看了最后 300 字', 'The last 300 characters were looked at'),
  readOut: both('播报', 'Read out'),
  sms: both('短信', 'SMS'),
  cite: both('引用', 'Cite'),
  prepared: sayAll({
    'read-out': { 'zh-CN': '请逐字念给市民', en: 'Read this out word for word' },
    sms: { 'zh-CN': '短信内容', en: 'The text message' },
    cite: { 'zh-CN': '引用的条目和版本', en: 'The entry and version that is cited' },
  }),
  until: (time: string) => both(`有效到 ${time}`, `holds until ${time}`),
  example: both('示例', 'Example'),
  close: both('关闭', 'Close'),
  edit: both('修改', 'Change'),
  make: both('新建条目', 'New entry'),
  save: both('保存草稿', 'Save draft'),
  submit: both('提交审核', 'Submit for review'),
  withdraw: both('撤回（立即停止作答）', 'Withdraw: it answers no more'),
  publish: both('审核通过并发布', 'Publish'),
  sendBack: both('退回修改', 'Send back'),
  version: (number: number) => both(`第 ${number} 版`, `Version ${number}`),
  versions: both('版本', 'Versions'),
  changes: (from: number) => both(`与第 ${from} 版的不同`, `Changes since version ${from}`),
  history: both('经过', 'What happened'),
  others: both('热线中心或其他单位', 'The centre, or another unit'),
  empty: both('（空）', '(nothing)'),
  head: [
    both('问题', 'Question'),
    both('单位', 'Unit'),
    both('状态', 'State'),
    both('有效到', 'Until'),
    both('使用次数', 'Uses'),
  ],
  review: both('等您审核', 'For you to review'),
  ending: both('即将到期', 'Ends soon'),
  days: (days: number) => both(`不足 ${days} 天`, `within ${days} days`),
  drafts: both('草稿和退回的', 'Drafts, and what was sent back'),
  none: both('没有', 'None'),
  all: both('全选', 'Select all'),
  choose: (question: string) => both(`选中：${question}`, `Select: ${question}`),
  chosen: (count: number) => both(`发布选中的 ${count} 条…`, `Publish ${count} selected …`),
  reallyPublish: (count: number) =>
    both(
      `要发布以下 ${count} 条吗？发布后立即用来答复市民`,
      `Publish these ${count}? They answer citizens from that moment`,
    ),
  ofThemExamples: (count: number) =>
    both(
      `其中 ${count} 条是随产品提供的示例，不是正式答复`,
      `${count} of them are examples of the product, no official answers`,
    ),
  publishThem: (count: number) => both(`确认发布 ${count} 条`, `Publish ${count}`),
  publishedThem: (count: number) => both(`已发布 ${count} 条`, `${count} published`),
  cancel: both('取消', 'Cancel'),
  refused: (count: number) => both(`${count} 条没有发布：`, `${count} were not published:`),
  which: both('看哪些', 'Which'),
  lists: sayAll({
    all: { 'zh-CN': '全部', en: 'All' },
    current: { 'zh-CN': '有效', en: 'Current' },
    draft: { 'zh-CN': '草稿', en: 'Drafts' },
    'in-review': { 'zh-CN': '待审核', en: 'In review' },
    ending: { 'zh-CN': '30 天内到期', en: 'End within 30 days' },
    expired: { 'zh-CN': '已过期', en: 'Expired' },
    unused: { 'zh-CN': '从未使用', en: 'Never used' },
  }),
  more: both('更多', 'More'),
  days30: both('最近 30 天', 'The last 30 days'),
  searches: both('搜索', 'Searches'),
  unanswered: both('没有查到', 'Without an answer'),
  atOnce: both('引用后当场答复', 'Answered at once, with an entry cited'),
  consultations: both('咨询工单', 'Consultations'),
  answered: both('当场答复', 'At once'),
  share: both('比率', 'Share'),
  shareAtOnce: both('咨询当场答复率', 'Consultations answered at once'),
  percent: (part: number, all: number) => (all === 0 ? '–' : `${Math.round((100 * part) / all)} %`),
  unitHead: [
    both('单位', 'Unit'),
    both('有效', 'Current'),
    both('即将到期', 'End soon'),
    both('已过期', 'Expired'),
    both('没有使用', 'Unused'),
    both('播报', 'Read out'),
    both('短信', 'SMS'),
    both('引用', 'Cited'),
  ],
  byUnit: both('各单位', 'By unit'),
  lacking: both('没有查到的说法', 'What was looked for without an answer'),
  lackingHead: [both('说法', 'Words'), both('次数', 'Times')],
  file: both('CSV、XLSX 或 Markdown 文件，最大 20 MB', 'A CSV, XLSX or Markdown file, at most 20 MB'),
  submitAtOnce: both('导入后直接提交审核', 'Submit for review at once'),
  import: both('导入', 'Import'),
  imported: (drafted: number, changed: number, same: number, isSubmitted: boolean) =>
    both(
      `新增 ${drafted} 条，新版本 ${changed} 条，${isSubmitted ? '都已提交审核' : '都是草稿'}；没有变化 ${same} 条`,
      `${drafted} new, ${changed} new versions, ${isSubmitted ? 'all submitted for review' : 'drafts all'}; ${same} as they were`,
    ),
  faults: both('没有导入的行', 'Rows that were not taken'),
  faultHead: [both('行', 'Row'), both('列', 'Column'), both('现为', 'Found'), both('应为', 'Expected')],
  export: both('导出', 'Export'),
  saved: both('已保存', 'Saved'),
  refusal: (code: string): string =>
    refusalOf(code, {
      'request-invalid': both(
        '请检查各栏：问题、播报文本（每段最多 120 字）和截止日期必填',
        'Check the fields: question, text (at most 120 a paragraph) and last day are needed',
      ),
    }),
}
