import type { RateFormula, RateQuery, SurveyAudit } from '../../http/contract.ts'
import { cityTime } from '../city.ts'
import { say } from '../language.ts'

const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })

export const groupWords: Readonly<Record<RateQuery['by'], string>> = {
  unit: both('单位', 'Unit'),
  street: both('街道', 'Street'),
  category: both('事项', 'Category'),
}

export const reasonWords: Readonly<Record<string, string>> = {
  'not-in-duty': both('不属职责范围', 'Not in the unit’s duty'),
  'legal-channel': both('应走法定途径', 'Has a channel by law'),
  duplicate: both('重复且无新情况', 'A duplicate, nothing new'),
  secret: both('涉密或隐私', 'Secret or private'),
  illegal: both('违法或违背公序良俗', 'Against the law or public order'),
  withdrawn: both('市民撤回', 'Withdrawn by the citizen'),
  'refused-to-cooperate': both('市民拒绝配合', 'The citizen refused to cooperate'),
  'false-or-malicious': both('虚假或恶意', 'False or malicious'),
  'objective-limit': both('客观条件不允许', 'Cannot be done'),
}

export const signWords: Readonly<Record<SurveyAudit['coached'][number]['sign'], string>> = {
  'all-best': both('几乎全部最好评', 'Nearly all say the best'),
  'same-number': both('同一号码多次最好评', 'One number gave the best for many orders'),
  'links-in-a-row': both('短时间内连续由链接给出最好评', 'Links answered with the best one after the other'),
}

export const breakWords: Readonly<Record<SurveyAudit['breaks'][number]['what'], string>> = {
  changed: both('内容被改', 'changed'),
  missing: both('中间缺失', 'a gap before it'),
  head: both('末尾缺失', 'the end is missing'),
  anchor: both('与以前记下的链头不符', 'not the head that was noted'),
  row: both('统计与记录不符', 'what is counted is not what happened'),
}

const refusals: Readonly<Record<string, string>> = {
  'order-number-wrong': both('工单号有误，请核对', 'That is no order’s number; check it'),
  'survey-unknown': both('这张工单没有这一次回访', 'Nobody is asked about that closing of that order'),
  'exclusion-asked': both('已经有人申请剔除', 'Somebody has asked for that already'),
  'exclusion-missing': both('已经有人决定了', 'Somebody has decided already'),
  'exclusion-alone': both('须由另一人决定，不能是申请人', 'Another person has to decide than who asked'),
  'member-needed': both('须由本人登录', 'Sign in yourself'),
  'request-invalid': both('请把工单号和次数填好', 'Fill in the number and the closing'),
}
export const refusalOf = (code: string) => refusals[code] ?? both('没有办成，请稍后再试', 'That was not done')

/** Every word of the page. */
export const words = {
  asking: both('正在打开……', 'Opening …'),
  lost: both('网络断开，数字停在断开之前。', 'No network: these figures are from before.'),
  rates: both('三率', 'Rates'),
  by: both('按什么看', 'By'),
  from: both('办结日期自', 'Closed from'),
  until: both('到（不含）', 'Until before'),
  none: both('这段时间没有办结的工单', 'Nothing was closed in this time'),
  response: both('响应率', 'Response'),
  solved: both('解决率', 'Solved'),
  satisfied: both('满意率', 'Satisfied'),
  composite: both('综合', 'Composite'),
  asked: both('应访', 'Asked'),
  reached: both('联系上', 'Reached'),
  answered: both('回答', 'Answered'),
  excluded: both('剔除', 'Excluded'),
  noAnswer: both('无人回答', 'no answers'),
  formula: ({ of, partly, satisfiedUpTo, weights: { response, solved, satisfied } }: RateFormula) =>
    both(
      `分母是${of === 'asked' ? '全部应访的' : '回答了该问题的'}；部分解决计 ${partly}；评价 1 至 ${satisfiedUpTo} 为满意；综合按 ${response} : ${solved} : ${satisfied} 加权；剔除的分子分母都不计。`,
      `Of ${of === 'asked' ? 'all who were to be asked' : 'those who answered the question'}; solved in part counts ${partly}; ratings 1 to ${satisfiedUpTo} are satisfied; composite by ${response} : ${solved} : ${satisfied}; exclusions are left out of both sides.`,
    ),
  exclusions: both('剔除', 'Exclusions'),
  noExclusions: both('没有人申请剔除', 'No exclusion was asked for'),
  ask: both('申请剔除', 'Ask for an exclusion'),
  order: both('工单号', 'Number of the order'),
  cycle: both('第几次办结', 'Which closing'),
  reason: both('理由', 'Reason'),
  two: both('另须一人同意，不能是申请人。', 'Another person has to agree.'),
  askedBy: (by: string, at: string) => both(`${by} ${at} 申请`, `asked for by ${by}, ${at}`),
  waits: both('待另一人决定', 'waits for a second person'),
  mine: both('您自己的申请，须由另一人决定', 'You asked for it; another person decides'),
  decidedBy: (by: string, agreed: boolean, at: string) =>
    both(`${by} ${at} ${agreed ? '同意剔除' : '不同意'}`, `${agreed ? 'agreed' : 'refused'} by ${by}, ${at}`),
  agree: both('同意剔除', 'Agree'),
  refuse: both('不同意', 'Refuse'),
  closing: (cycle: number) => both(`第${cycle}次办结`, `closing ${cycle}`),
  audit: both('核对与可疑评价', 'Audit, and what looks coached'),
  doAudit: both('逐条核对', 'Walk every record'),
  auditing: both('正在核对……', 'Walking …'),
  intact: (surveys: number, events: number) =>
    both(
      `没有改动：${surveys} 件回访，${events} 条记录`,
      `Nothing was changed: ${surveys} surveys, ${events} events`,
    ),
  broken: (count: number) => both(`发现 ${count} 处改动`, `${count} changes`),
  nothingCoached: both('没有像是被引导的评价', 'Nothing looks coached'),
  coached: both('像是被引导，请人工核查', 'Looks coached; a person should look'),
  count: (answers: number) => both(`${answers} 件`, `${answers} answers`),
  heads: both(
    '链头（记在别处，可证明以后没有删去末尾）',
    'Heads: noted elsewhere, they prove that no end is cut off later',
  ),
}

export const timeOf = (ms: number) => cityTime(ms)
export const grouped = (number: string) => number.replace(/(\d{6})(?=\d)/g, '$1 ')
export const percentOf = (share: number | undefined) =>
  share === undefined ? '—' : `${(share * 100).toFixed(1)}%`
