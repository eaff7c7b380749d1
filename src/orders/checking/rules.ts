import { z } from 'zod'
import { readJson, readJsonFile } from '../../foundation/index.ts'

const phrases = z.array(z.string().trim().min(1).max(64)).max(500)
const share = z.number().min(0).max(1)

/**
 * Rules for checking closings. DESIGN throughout: article 35 of Beijing's regulation forbids perfunctory answers
 * (敷衍塞责), but no text says how to recognize one.
 */
const closingRulesSchema = z.strictObject({
  /** Stock phrases without meaning of their own; other words in the same clause are not counted either. */
  fillers: phrases.default([
    '高度重视',
    '感谢您的来电',
    '感谢您的支持',
    '感谢您对我们工作的支持',
    '感谢理解',
    '已收悉',
    '已处理',
    '已办理',
    '已解决',
    '已知悉',
    '已转',
    '已反馈',
    '已联系相关',
    '已责成',
    '已督促',
    '相关部门',
    '有关部门',
    '相关单位',
    '按规定办理',
    '依规办理',
    '加强管理',
    '加强巡查',
    '加大巡查',
    '加大力度',
    '坚决杜绝',
    '持续关注',
    '继续关注',
    '做好解释',
    '耐心等待',
    '敬请谅解',
    '及时与我们联系',
    '欢迎监督',
    '正在处理',
  ]),
  /** Phrases for work still to be done, which contradict “solved”. */
  pending: phrases.default([
    '正在处理',
    '正在办理',
    '正在协调',
    '将尽快',
    '会尽快',
    '尽快安排',
    '尽快处理',
    '尽快解决',
    '耐心等待',
    '将加强',
    '将加大',
    '会继续关注',
    '将继续',
    '拟于',
    '待后续',
    '后续处理',
    '研究解决',
  ]),
  /** Phrases that answer a complaint as if it were a question. */
  turns: phrases.default([
    '属于咨询',
    '属咨询',
    '按咨询',
    '咨询类',
    '您咨询的',
    '咨询的问题',
    '已解答',
    '解答完毕',
    '政策咨询',
  ]),
  /** Words that name a person or a way to reach one. */
  persons: phrases.default([
    '联系人',
    '经办人',
    '承办人',
    '负责人',
    '牵头人',
    '主管',
    '经办',
    '民警',
    '专员',
    '网格员',
    '电工',
    '队员',
    '值班',
    '办理人',
    '答复人',
    '执法员',
    '执法人员',
    '工作人员',
    '联系电话',
    '电话：',
  ]),
  /** Words of a demand that need no answer themselves. */
  background: phrases.default([
    '市民',
    '来电',
    '反映',
    '希望',
    '要求',
    '请问',
    '咨询',
    '投诉',
    '举报',
    '建议',
    '求助',
    '尽快',
    '处理',
    '解决',
    '问题',
    '部门',
    '相关',
    '有关',
    '情况',
    '多次',
    '一直',
    '没有',
    '不知道',
    '怎么办',
    '怕出事故',
    '管理',
    '工作',
    '人员',
    '联系',
    '电话',
  ]),
  /** Words that introduce a further request in a demand. */
  further: phrases.default(['另外', '此外', '还反映', '还有', '同时反映', '二是', '三是']),
  /** Least number of characters outside stock phrases; a closing with fewer is empty. */
  leastSaid: z.int().min(0).max(200).default(14),
  /** Least share of a demand's words that a closing has to take up. */
  leastAnswered: share.default(0.1),
  /** Shares of closings that the centre reviews: of those that lack something, and of the others. */
  sample: z.strictObject({ lacking: share.default(0.05), others: share.default(0.01) }).prefault({}),
})
export type ClosingRules = Readonly<z.output<typeof closingRulesSchema>>

export const ordinaryClosings: ClosingRules = closingRulesSchema.parse({})

const code = 'rule-invalid'

/** @param path of a JSON file; if it does not exist, the shipped rules apply. @throws FaultList with every fault */
export const readClosingFile = (path: string): Promise<ClosingRules> =>
  readJsonFile(path, closingRulesSchema, { code, whenAbsent: {} })

/** As `readClosingFile`, for text. @param name of the file, for faults */
export const readClosingText = (text: string, name: string): ClosingRules =>
  readJson(name, text, closingRulesSchema, { code })
