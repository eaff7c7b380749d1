import { knowledgeEventWords, knowledgeStandingWords } from '../../http/words/knowledge.ts'
import { termsIn } from './terms.ts'

/** What is said at the terminal about the knowledge base. */
const zh = {
  about: '知识库：查找、导入导出、检查',
  searchAbout: '查找当前有效的条目',
  showAbout: '查看一个条目：内容、版本和经过',
  importAbout: '导入 CSV、XLSX、Markdown 文件或放这些文件的文件夹；新问题成为草稿，已有的成为新版本',
  exportAbout: '导出到文件，格式看扩展名：.csv、.xlsx、.md',
  withdrawAbout: '撤回全部示例条目：从现在起都不再答复',
  withdrawn: (count: number) => `已撤回 ${count} 条示例`,
  checkAbout: '检查文件夹里的条目：单位存在、问题不重复、每种问法都能查到自己；不需要热线在运行',
  text: '市民的话，或几个词',
  id: '条目的编号，如 know_…',
  path: '文件或文件夹',
  output: '写到哪个文件',
  directory: '知识文件夹；不给则用 KNOWLEDGE_DIR',
  district: '只看适用于这个区的',
  submit: '导入后直接提交审核',
  formats: '.csv、.xlsx 或 .md 结尾的文件名',
  head: ['编号', '匹配度', '单位', '问题', '播报文本'] as readonly string[],
  versionHead: ['版本', '状态', '有效到', '撰写', '审核'] as readonly string[],
  eventHead: ['时间', '经过', '版本', '谁', '说明'] as readonly string[],
  faultHead: ['文件', '行', '列', '现为', '应为'] as readonly string[],
  none: '知识库里没有答案；可以换个说法，或登记工单由单位答复',
  unsure: '可能不是市民要问的，请核对后再用',
  cut: (looked: number) => `只看了最后 ${looked} 个字`,
  imported: (drafted: number, changed: number, same: number, isSubmitted: boolean) =>
    `新增 ${drafted} 条，新版本 ${changed} 条，${isSubmitted ? '都已提交审核' : '都是草稿，还要提交审核'}；没有变化 ${same} 条`,
  notTaken: (count: number) => `有 ${count} 处不合格，所在的行没有导入，其余已导入：`,
  example: (question: string) => `${question}（示例）`,
  exported: (file: string) => `已写入 ${file}`,
  checked: (entries: number, wordings: number, share: string) =>
    `${entries} 个条目、${wordings} 种其他问法，都合格；去掉自己后仍能在前三条查到的占 ${share}`,
  standings: termsIn('zh-CN')(knowledgeStandingWords),
  events: termsIn('zh-CN')(knowledgeEventWords),
}

const en: typeof zh = {
  about: 'the knowledge base: search, take in and out, check',
  searchAbout: 'search what answers now',
  showAbout: 'show an entry: its text, its versions and what happened to it',
  importAbout:
    'take in CSV, XLSX or Markdown, a file or a folder of them; new questions become drafts, known ones a new version',
  exportAbout: 'write entries into a file, by its ending: .csv, .xlsx, .md',
  withdrawAbout: 'withdraw all examples: none of them answers from now on',
  withdrawn: (count: number) => `${count} examples are withdrawn`,
  checkAbout:
    'check entries of a folder: units exist, no question twice, each wording finds its own; the hotline need not run',
  text: 'what a citizen says, or a few words',
  id: 'the id of an entry, as know_…',
  path: 'a file or a folder',
  output: 'which file to write',
  directory: 'folder of the knowledge; KNOWLEDGE_DIR when absent',
  district: 'only what holds in this district',
  submit: 'submit for review what is taken',
  formats: 'a file name that ends in .csv, .xlsx or .md',
  head: ['id', 'fit', 'unit', 'question', 'text'],
  versionHead: ['version', 'state', 'until', 'written by', 'reviewed by'],
  eventHead: ['when', 'what', 'version', 'who', 'note'],
  faultHead: ['file', 'row', 'column', 'found', 'expected'],
  none: 'no entry answers this; try other words, or make an order that a unit answers',
  unsure: 'this may be beside the point: look before you use it',
  cut: looked => `the last ${looked} characters were looked at`,
  imported: (drafted, changed, same, isSubmitted) =>
    `${drafted} new, ${changed} new versions, ${isSubmitted ? 'all submitted for review' : 'drafts all, to be submitted'}; ${same} as they were`,
  notTaken: count => `${count} things do not fit; their rows were not taken, the others were:`,
  example: question => `${question} (example)`,
  exported: file => `written to ${file}`,
  checked: (entries, wordings, share) =>
    `${entries} entries with ${wordings} other wordings, all as they should be; with itself left out ${share} find theirs among the first three`,
  standings: termsIn('en')(knowledgeStandingWords),
  events: termsIn('en')(knowledgeEventWords),
}

export const knowledgeWords = { 'zh-CN': zh, en }
