import type { Campaign } from '../../http/contract.ts'
import { say } from '../language.ts'

const states: Readonly<Record<Campaign['state'], string>> = {
  running: say({ 'zh-CN': '进行中', en: 'Running' }),
  paused: say({ 'zh-CN': '已暂停', en: 'Paused' }),
  stopped: say({ 'zh-CN': '已停止', en: 'Stopped' }),
}

/** Every word of the page. */
export const words = {
  states,
  asking: say({ 'zh-CN': '正在打开……', en: 'Opening …' }),
  lost: say({ 'zh-CN': '网络断开，数字停在断开之前。', en: 'No network: these figures are from before.' }),
  refused: say({ 'zh-CN': '没有办成，请刷新后再试。', en: 'That was not done: reload and try again.' }),
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
  linked: say({ 'zh-CN': '等链接评价', en: 'Links open' }),
  settled: {
    answered: say({ 'zh-CN': '已评价', en: 'Answered' }),
    unreached: say({ 'zh-CN': '未联系上', en: 'Unreached' }),
    'opted-out': say({ 'zh-CN': '不再回访', en: 'Want no more' }),
    'handed-over': say({ 'zh-CN': '已转人工', en: 'With a person' }),
  } as Readonly<Record<string, string>>,
  persons: say({ 'zh-CN': '要人工', en: 'Wanted a person' }),
  missed: say({ 'zh-CN': '其中没有及时接到', en: 'Of those, none in time' }),
  of: (part: number, whole: number) => `${part} / ${whole}`,
  because: (by: string, why: string) => say({ 'zh-CN': `${by}：${why}`, en: `${by}: ${why}` }),
  start: say({ 'zh-CN': '开始', en: 'Start' }),
  pause: say({ 'zh-CN': '暂停', en: 'Pause' }),
  stop: say({ 'zh-CN': '停止', en: 'Stop' }),
  why: say({ 'zh-CN': '原因（可不填）', en: 'Why (may be left out)' }),
}
