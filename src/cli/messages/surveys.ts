import type { RateFormula } from '../../http/contract.ts'
import { becauseWords, campaignStateWords, exclusionWords, signWords } from '../../http/words/surveys.ts'
import type { Language } from '../../http/words/words.ts'
import { termsIn } from './terms.ts'

/** What the values are called, as on pages. */
function valuesIn(language: Language) {
  const terms = termsIn(language)
  return {
    states: terms(campaignStateWords),
    signs: terms(signWords),
    reasons: terms(exclusionWords) as Readonly<Record<string, string>>,
    why: (name: string, by: string, because: string) => whyIn(language, name, by, because),
  }
}

function whyIn(language: Language, name: string, by: string, because: string): string {
  const why = becauseWords(because)
  // What the house did by itself, it says by itself.
  if (why.en !== because) return language === 'en' ? `${name}: ${why.en}` : `${name}：${why['zh-CN']}`
  return language === 'en' ? `${name} was changed by ${by}: ${because}` : `${name} 由 ${by} 更改：${because}`
}

/** What is said at the terminal about calls that the house owes. */
export const surveyWords = {
  about: '管理回访活动',
  listAbout: '列出回访活动：进度、接通、回答',
  startAbout: '开始或继续',
  pauseAbout: '暂停：不再拨打和发送，已接通的继续',
  stopAbout: '停止：有人查明以后才能再开始',
  name: '活动名，如 closed-orders',
  because: '原因，供查看的人了解',
  head: [
    '编号',
    '活动',
    '状态',
    '正在拨打',
    '近一小时',
    '待回访',
    '到期',
    '短信待评价',
    '已答',
    '未联系上',
    '请求转人工',
    '15 秒内未接通',
  ],
  ...valuesIn('zh-CN'),
  moved: (name: string, state: string) => `${name}：${state}`,
  surveyAbout: '回访结果',
  auditAbout: '核验所有回访记录没有被改动，并列出疑似诱导的评价',
  from: '只看这一天及以后办结的，如 2026-01-01',
  until: '只看这一天以前办结的',
  ratesAbout: '响应率、解决率、满意率',
  by: '按什么统计：unit 单位、street 街道、category 类别',
  ratesHead: [
    '名称',
    '响应率',
    '解决率',
    '满意率',
    '综合',
    '应回访',
    '已接通',
    '有效评价',
    '剔除',
    '不属职责',
  ],
  noRates: '还没有办结的工单',
  wrongDay: '一个日期，如 2026-01-05',
  formula: ({ of, partly, satisfiedUpTo, weights }: RateFormula) =>
    `分母：${of === 'asked' ? '全部应回访' : '回答了该问题的'}；部分解决计 ${partly}；评价 1 至 ${satisfiedUpTo} 为满意；综合权重 ${weights.response}/${weights.solved}/${weights.satisfied}；剔除的不计入`,
  exclusionsAbout: '列出剔除申请：待定的在前，谁申请、谁决定',
  noExclusions: '没有剔除申请',
  exclusionsHead: ['工单', '第几次办结', '单位', '理由', '申请人', '时间', '结果', '决定人', '时间'],
  excludeAbout: '申请把一次办结剔除出三率：本人登录，另须一人同意',
  confirmAbout: '同意（或不同意）别人的剔除申请：本人登录，不能是申请人',
  order: '工单号：13 位数字，可带空格',
  reason:
    '理由：not-in-duty、legal-channel、duplicate、secret、illegal、withdrawn、refused-to-cooperate、false-or-malicious、objective-limit',
  signer: '登录名；随后询问密码，或从标准输入读取',
  closing: '第几次办结',
  refuse: '不同意',
  passwordOf: (name: string) => `${name} 的密码：`,
  excluded: (order: string) => `${order}：已申请剔除，须另一人同意`,
  decidedOn: (order: string, agreed: boolean) => `${order}：${agreed ? '已同意剔除' : '不剔除'}`,
  waits: '待定',
  agreed: '已剔除',
  refused: '不剔除',
}

export const surveyWordsInEnglish: typeof surveyWords = {
  about: 'run campaigns of survey calls',
  listAbout: 'list campaigns: pace, reach, answers',
  startAbout: 'start it, or go on',
  pauseAbout: 'pause it: nobody new is rung; calls that are up go on',
  stopAbout: 'stop it: somebody has to look before it starts again',
  name: 'name of the campaign, as closed-orders',
  because: 'why, for whoever finds it so',
  head: [
    'Id',
    'Campaign',
    'State',
    'Ringing',
    'Last hour',
    'Owed',
    'Due',
    'Links',
    'Answered',
    'Unreached',
    'Wanted a person',
    'None in time',
  ],
  ...valuesIn('en'),
  moved: (name, state) => `${name}: ${state}`,
  surveyAbout: 'what citizens answered',
  auditAbout: 'prove that no answer was changed, and list what looks coached',
  from: 'only closings of this day and later, as 2026-01-01',
  until: 'only closings before this day',
  ratesAbout: 'the three rates: response, solved, satisfied',
  by: 'by what: unit, street, category',
  ratesHead: [
    'Name',
    'Response',
    'Solved',
    'Satisfied',
    'Composite',
    'Asked',
    'Reached',
    'Answered',
    'Excluded',
    'Beyond duty',
  ],
  noRates: 'no closed orders yet',
  wrongDay: 'a date, as 2026-01-05',
  formula: ({ of, partly, satisfiedUpTo, weights }) =>
    `of ${of === 'asked' ? 'all who were to be asked' : 'those who answered the question'}; solved in part counts ${partly}; ratings 1 to ${satisfiedUpTo} are satisfied; composite by ${weights.response}/${weights.solved}/${weights.satisfied}; exclusions left out`,
  exclusionsAbout: 'list exclusions: those that wait first; who asked, and who decided',
  noExclusions: 'no exclusion was asked for',
  exclusionsHead: ['Order', 'Closing', 'Unit', 'Reason', 'Asked by', 'At', 'Outcome', 'Decided by', 'At'],
  excludeAbout: 'ask that a closing leaves the rates: you sign in, and another person has to agree',
  confirmAbout: 'agree to what another person asked for, or not: you sign in',
  order: 'number of an order: 13 digits, spaces do no harm',
  reason:
    'one of not-in-duty, legal-channel, duplicate, secret, illegal, withdrawn, refused-to-cooperate, false-or-malicious, objective-limit',
  signer: 'your name; the password is asked for, or read from standard input',
  closing: 'which closing of the order',
  refuse: 'do not agree',
  passwordOf: name => `Password of ${name}: `,
  excluded: order => `${order}: asked for; another person has to agree`,
  decidedOn: (order, agreed) => `${order}: ${agreed ? 'it leaves the rates' : 'it stays in the rates'}`,
  waits: 'waits',
  agreed: 'excluded',
  refused: 'refused',
}
