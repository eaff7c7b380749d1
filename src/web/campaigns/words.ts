import * as surveyWords from '../../http/words/surveys.ts'
import { say, sayAll } from '../language.ts'

const names: Readonly<Record<string, string>> = sayAll(surveyWords.campaignNames)
export const nameOf = (campaign: string) => names[campaign] ?? campaign

/** Every word of the page. */
export const words = {
  states: sayAll(surveyWords.campaignStateWords),
  asking: say({ 'zh-CN': '正在打开……', en: 'Opening …' }),
  lost: say({ 'zh-CN': '网络断开，数字停在断开之前。', en: 'No network: these figures are from before.' }),
  pace: say({ 'zh-CN': '进度', en: 'Pace' }),
  reach: say({ 'zh-CN': '结果', en: 'Reach' }),
  hours: say({ 'zh-CN': '近 24 小时', en: 'The last 24 hours' }),
  noHours: say({ 'zh-CN': '近 24 小时没有拨打。', en: 'No calls in the last 24 hours.' }),
  hour: say({ 'zh-CN': '时间', en: 'Hour' }),
  rung: say({ 'zh-CN': '拨打', en: 'Rung' }),
  reached: say({ 'zh-CN': '接通', en: 'Reached' }),
  answered: say({ 'zh-CN': '回答', en: 'Answered' }),
  ringing: say({ 'zh-CN': '正在拨打', en: 'Ringing now' }),
  lastHour: say({ 'zh-CN': '近一小时拨打', en: 'Rung in the last hour' }),
  owed: say({ 'zh-CN': '待回访', en: 'Owed' }),
  due: say({ 'zh-CN': '其中到期', en: 'Of those, due' }),
  linked: say({ 'zh-CN': '短信待评价', en: 'Links open' }),
  settled: {
    answered: say({ 'zh-CN': '已评价', en: 'Answered' }),
    unreached: say({ 'zh-CN': '未联系上', en: 'Unreached' }),
    'opted-out': say({ 'zh-CN': '不再回访', en: 'Want no more' }),
    'handed-over': say({ 'zh-CN': '已转人工', en: 'With a person' }),
  } as Readonly<Record<string, string>>,
  persons: say({ 'zh-CN': '请求转人工', en: 'Wanted a person' }),
  missed: (seconds = 15) =>
    say({ 'zh-CN': `${seconds} 秒内未接通`, en: `Of those, none within ${seconds} s` }),
  stopsAt: (most: number, least: number) =>
    say({
      'zh-CN': `满 ${least} 人请求后，未接通超过 ${100 * most}% 自动停止`,
      en: `Stops by itself when more than ${100 * most} % had none, once ${least} have asked`,
    }),
  of: (part: number, whole: number) => `${part} / ${whole}`,
  because(by: string, because: string) {
    const why = surveyWords.becauseWords(because)
    // What the house did by itself, it says by itself.
    if (why.en !== because) return say(why)
    return say({ 'zh-CN': `${by}：${because}`, en: `${by}: ${because}` })
  },
  start: say({ 'zh-CN': '开始', en: 'Start' }),
  pause: say({ 'zh-CN': '暂停', en: 'Pause' }),
  stop: say({ 'zh-CN': '停止', en: 'Stop' }),
  why: say({ 'zh-CN': '原因（可不填）', en: 'Why (may be left out)' }),
}
