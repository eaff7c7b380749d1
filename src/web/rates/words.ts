import type { RateFormula } from '../../http/contract.ts'
import * as auditWords from '../../http/words/audit.ts'
import * as surveyWords from '../../http/words/surveys.ts'
import { cityTime } from '../city.ts'
import { refusalOf as refused } from '../house/refusal.ts'
import { say, sayAll } from '../language.ts'

const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })

export const groupWords = sayAll(surveyWords.groupWords)
export const reasonWords: Readonly<Record<string, string>> = sayAll(surveyWords.exclusionWords)
export const signWords = sayAll(surveyWords.signWords)
export const breakWords = sayAll(auditWords.breakWords)
export const roomWords: Readonly<Record<string, string>> = sayAll(auditWords.sealedRoomWords)

export const refusalOf = (code: string) =>
  refused(code, {
    silent: words.lost,
    'request-invalid': both('请把工单号和次数填好', 'Fill in the number and the closing'),
  })

/** Every word of the page. */
export const words = {
  asking: both('正在打开……', 'Opening …'),
  lost: both('网络断开，数字停在断开之前。', 'No network: these figures are from before.'),
  rates: both('三率', 'Rates'),
  by: both('统计维度', 'By'),
  from: both('办结日期', 'Closed from'),
  until: both('至（含当日）', 'To, that day included'),
  none: both('这段时间没有办结的工单', 'Nothing was closed in this time'),
  ...sayAll(surveyWords.rateWords),
  noAnswer: both('无人回答', 'no answers'),
  formula: ({ of, partly, satisfiedUpTo, weights: { response, solved, satisfied } }: RateFormula) =>
    both(
      `分母是${of === 'asked' ? '全部应回访的' : '回答了该问题的'}；部分解决计 ${partly}；评价 1 至 ${satisfiedUpTo} 为满意；综合按 ${response} : ${solved} : ${satisfied} 加权；剔除的分子分母都不计。`,
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
  audit: both('核验与疑似诱导评价', 'Audit, and what looks coached'),
  doAudit: both('核验全部记录', 'Walk every record'),
  auditing: both('正在核验……', 'Walking …'),
  intact: (events: number, rows: number) =>
    both(
      `没有改动：${events} 条记录逐条核验，${rows} 行由记录重建并逐栏比对`,
      `Nothing was changed: ${events} events walked, ${rows} rows rebuilt and compared`,
    ),
  room: (room: string, events: number, erased: number, rows: number) =>
    both(
      `${room}：${events} 条记录（${erased} 条已依手续清除），${rows} 行`,
      `${room}: ${events} events (${erased} erased in due form), ${rows} rows`,
    ),
  adopted: (events: number, at: string) =>
    both(
      `前 ${events} 条于 ${at} 入链，此前是否被改无从证明。`,
      `The first ${events} were chained on ${at}; what became of them before cannot be proved.`,
    ),
  seals: (checked: number, stamped: number) =>
    both(`封存凭证 ${checked} 份，${stamped} 份有时间戳`, `${checked} seals, ${stamped} time-stamped`),
  broken: (count: number) => both(`发现 ${count} 处改动`, `${count} changes`),
  nothingCoached: both('没有疑似诱导的评价', 'Nothing looks coached'),
  coached: both('疑似诱导评价，请人工核查', 'Looks coached; a person should look'),
  count: (answers: number) => both(`${answers} 件`, `${answers} answers`),
  heads: both(
    '校验码（记在别处，可证明以后没有删去末尾）',
    'Heads: noted elsewhere, they prove that no end is cut off later',
  ),
}

export const timeOf = (ms: number) => cityTime(ms)
export const grouped = (number: string) => number.replace(/(\d{6})(?=\d)/g, '$1 ')
export const percentOf = (share: number | undefined) =>
  share === undefined ? '—' : `${(share * 100).toFixed(1)}%`
