import {
  answerWords,
  causeWords,
  clockWords,
  confidentialWords,
  eventWords,
  grantWords,
  groundWords,
  levelWords,
  lightWords,
  modeWords,
  resultWords,
  stageWords,
  toldWords,
  unverifiedWords,
  urgencyWords,
} from '../../http/words/orders.ts'
import type { Language } from '../../http/words/words.ts'
import { termsIn } from './terms.ts'

/** What the values of an order and of its events are called, as on pages. */
function valuesIn(language: Language) {
  const terms = termsIn(language)
  return {
    lights: terms(lightWords),
    stages: terms(stageWords),
    urgencies: terms(urgencyWords),
    modes: terms({ ...modeWords, unverified: unverifiedWords }),
    level: (level: number) => terms({ of: levelWords[level] ?? unverifiedWords }).of,
    clocks: terms(clockWords),
    events: terms(eventWords) as Readonly<Record<string, string>>,
    /** What the value of a field of an event means, field by field. */
    values: {
      ground: terms(groundWords),
      result: terms(resultWords),
      because: terms(causeWords),
      granted: terms(grantWords),
      confidential: terms(confidentialWords),
      citizenKnows: terms({ true: toldWords }),
      contacted: terms(answerWords.contacted),
      solved: terms(answerWords.solved),
      rating: terms(answerWords.rating),
    } as Readonly<Record<string, Readonly<Record<string, string>>>>,
  }
}

/** What people read of orders at the terminal, in Chinese; the other languages have the same keys. */
export const zhOrders = {
  about: '列出工单：在办的最紧急的在前',
  unit: '只列出这一单位的',
  stage: '只列出这一阶段的：waiting、handling、closed',
  light: '只列出这一灯色的：green、yellow、red',
  returned: '只列出退单：被单位退回、还没有单位签收的',
  caller: '列出这一来电号码的全部工单',
  limit: '最多几条',
  after: '接着上一页列出',
  number: '工单号：13 位数字，可带空格',
  showAbout: '显示一张工单：时限、灯色和办理经过',
  eraseAbout: '删除一张已办结并回访完的工单：内容、办理经过、佐证材料和市民号码',
  erased: (number: string) => `已删除 ${number}`,
  evidenceHead: ['佐证材料', '类型', '字节', 'SHA-256'],
  head: ['工单', '灯', '阶段', '类别', '事项', '单位', '最近时限', '内容'],
  none: '暂无符合条件的工单',
  more: (next: string) => `下一页：jieting orders --after ${next}`,
  ...valuesIn('zh-CN'),
  contact: (mode: string, number: string) => `联系方式：${mode}${number && ` ${number}`}`,
  clockHead: ['时限', '起', '止', '完成', '超时'],
  running: '计时中',
  late: (minutes: number) => `${minutes} 分钟`,
  days: (days: number) => `${days} 天`,
}

export const enOrders: typeof zhOrders = {
  about: 'list orders: those that run, the most pressing first',
  unit: 'only orders of this unit',
  stage: 'only orders at this stage: waiting, handling, closed',
  light: 'only orders with this light: green, yellow, red',
  returned: 'only what units sent on and none has signed',
  caller: 'all orders of who rang from this number',
  limit: 'how many at most',
  after: 'go on where the page before ended',
  number: 'number of an order: 13 digits, spaces do no harm',
  showAbout: 'show an order: limits, light and all that happened',
  eraseAbout:
    'erase an order that is closed and asked about: its words, history, files and the citizen’s numbers',
  erased: (number: string) => `${number} is erased`,
  evidenceHead: ['evidence', 'type', 'bytes', 'SHA-256'],
  head: ['order', 'light', 'stage', 'class', 'category', 'unit', 'first limit', 'matter'],
  none: 'no such orders',
  more: (next: string) => `next page: jieting orders --after ${next}`,
  ...valuesIn('en'),
  contact: (mode: string, number: string) => `contact: ${mode}${number && ` ${number}`}`,
  clockHead: ['limit', 'from', 'to', 'done', 'late by'],
  running: 'running',
  late: (minutes: number) => `${minutes} min`,
  days: (days: number) => `${days} days`,
}
