import * as w from '../../http/words/supervision.ts'
import { refusalOf as refused } from '../house/refusal.ts'
import { language, say, sayAll } from '../language.ts'

export { groupSaid, percentOf, pointsOf } from '../ranking/words.ts'

const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })

export const answerWords = sayAll(w.behindWords)
export const reasonWords = sayAll(w.deductionReasonWords)
export const stateWords = sayAll(w.bulletinStateWords)

export const refusalOf = (code: string) =>
  refused(code, { 'request-invalid': both('请检查填写的内容', 'Look at what was filled in') })

/** 2026-01, as people say it. */
export const monthSaid = (month: string) => {
  const [year = '', number = ''] = month.split('-')
  return language === 'en' ? month : `${year}年${Number(number)}月`
}

export const words = {
  ...sayAll(w.rankingWords),
  ...sayAll(w.bulletinWords),
  bulletins: both('通报', 'Bulletins'),
  asking: both('正在打开……', 'Opening …'),
  none: both('还没有通报', 'There are none'),
  letterhead: (city: string) => both(`${city}12345市民服务热线`, `12345 hotline of ${city}`),
  begin: both('起草通报', 'Draft a bulletin'),
  month: both('月份', 'Month'),
  whole: both('全市', 'Whole city'),
  scope: both('范围', 'For'),
  wording: both('文字', 'Words'),
  title: both('标题', 'Title'),
  opening: both('正文', 'Opening'),
  demands: both('工作要求', 'What is asked of units'),
  signed: both('落款', 'Signed'),
  save: both('保存文字', 'Save the words'),
  publish: both('发布通报', 'Publish'),
  publishHint: both(
    '数字按发布的那一刻统计，发布后不再变化；含扣分的须另一人复核。',
    'Figures are counted at the moment of publishing, and stay; with deductions a second person has to agree.',
  ),
  unsaved: both('文字还没有保存', 'The words are not saved'),
  agree: both('同意通报', 'Agree'),
  refuse: both('退回起草', 'Back to the draft'),
  waits: (by: string) =>
    both(`${by} 已提交，须另一人复核`, `Published by ${by}; a second person has to agree`),
  print: both('打印', 'Print'),
  xlsx: both('下载 XLSX', 'Download XLSX'),
  period: (month: string) => both(`统计期：${month}办结的诉求`, `Period: closed in ${month}`),
  rankedOf: both('名次为全市同组名次', 'Ranks are among those of the group in the whole city'),
  method: (least: number) =>
    both(
      `按“差值”排名：综合率减去全市同类诉求的综合率。括号内为 95% 置信区间（Wilson）。有效评价不足 ${least} 件的只展示、不排名。`,
      `Ranked by the difference: the composite less that of the whole city for the same kinds. In brackets: 95 % intervals (Wilson). With fewer than ${least} answers a unit is shown and not ranked.`,
    ),
  noRank: both('不排名', 'no rank'),
  answeredOf: both('有效评价／应回访', 'Answered / asked'),
  noDeductions: both('本月没有须通报的扣分。', 'No deductions to be made known.'),
  noChanges: both('没有可比的上月数字。', 'Nothing to compare with.'),
  why: both('主要原因（百分点）', 'Mostly by (points)'),
  order: both('工单', 'Order'),
  reason: both('事由', 'Why'),
  more: (count: number, listed: number) =>
    count === listed
      ? both(`共 ${count} 件`, `${count} in all`)
      : both(`共 ${count} 件，列出最近 ${listed} 件`, `${count} in all, the latest ${listed}`),
  spoilt: both(
    '数字与发布时的摘要不符，请核查审计日志。',
    'The figures no longer have their digest: look into the audit.',
  ),
  noAnnex: both('没有这样的工单。', 'There are none.'),
}
