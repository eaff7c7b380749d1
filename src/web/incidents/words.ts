import { incidentEventWords, incidentKindWords, incidentStateWords } from '../../http/words/incidents.ts'
import type { IncidentArea } from '../../incidents/api.ts'
import { refusalOf } from '../house/refusal.ts'
import { language, say, sayAll } from '../language.ts'

/** Every word of the page, and of what other pages show of incidents. */
export const words = {
  known: say({ 'zh-CN': '已知情况', en: 'What we know of' }),
  until: (time: string) => say({ 'zh-CN': `预计 ${time} 结束`, en: `expected to end ${time}` }),
  make: say({ 'zh-CN': '发布突发情况', en: 'Make an incident known' }),
  kind: say({ 'zh-CN': '类别', en: 'Kind' }),
  words: say({ 'zh-CN': '播报内容（中文，最多 60 字）', en: 'What callers hear, in Chinese (at most 60)' }),
  english: say({ 'zh-CN': '英文播报（可不填）', en: 'The same in English (may be left out)' }),
  place: say({ 'zh-CN': '地点', en: 'Where' }),
  district: say({ 'zh-CN': '区（可不选）', en: 'District (may be left out)' }),
  none: say({ 'zh-CN': '不选', en: 'None' }),
  end: say({ 'zh-CN': '预计结束时间', en: 'Expected to end' }),
  endMissing: say({
    'zh-CN': '请填写预计结束时间：到时自动停止播报',
    en: 'Say when it is expected to end: it stops by itself then',
  }),
  publish: say({ 'zh-CN': '发布', en: 'Make known' }),
  published: say({
    'zh-CN': '已发布，来电人在排队前会听到',
    en: 'Made known: callers hear it before they wait',
  }),
  over: say({ 'zh-CN': '提前结束', en: 'End now' }),
  latest: say({ 'zh-CN': '最近发布', en: 'The latest' }),
  nothing: say({ 'zh-CN': '还没有发布过', en: 'None so far' }),
  asking: say({ 'zh-CN': '正在打开……', en: 'Opening …' }),
  by: (who: string) => say({ 'zh-CN': `发布人 ${who}`, en: `by ${who}` }),
  affected: (count: number) =>
    say({ 'zh-CN': `${count} 人登记受影响`, en: `${count} callers say they are affected` }),
  endedAt: (time: string) => say({ 'zh-CN': `已于 ${time} 结束`, en: `ended ${time}` }),
  prolong: (minutes: number) =>
    minutes < 60
      ? say({ 'zh-CN': `延长 ${minutes} 分钟`, en: `${minutes} minutes longer` })
      : say({ 'zh-CN': `延长 ${minutes / 60} 小时`, en: `${minutes / 60} hours longer` }),
  edit: say({ 'zh-CN': '修改', en: 'Change' }),
  newEnd: say({ 'zh-CN': '新的结束时间（不填则不变）', en: 'Another end (as it is when left empty)' }),
  save: say({ 'zh-CN': '保存修改', en: 'Save' }),
  history: say({ 'zh-CN': '经过', en: 'What happened' }),
  before: (was: string) => say({ 'zh-CN': `此前：${was}`, en: `before: ${was}` }),
  endingSoon: say({
    'zh-CN': '即将自动结束：恢复了吗？没有恢复请延长',
    en: 'About to end by itself: is it over? If not, prolong it',
  }),
  states: sayAll(incidentStateWords),
  kinds: sayAll(incidentKindWords),
  events: sayAll(incidentEventWords),
  refused: (code: string): string =>
    refusalOf(code, {
      'request-invalid': say({
        'zh-CN': '请检查播报内容（4 到 60 字，一行）、地点和结束时间',
        en: 'Check the words (4 to 60 characters, one line), the place and the end',
      }),
    }),
}

/** In the page's language where it has such words. */
export const spoken = (all: { readonly 'zh-CN': string; readonly en?: string }) =>
  (language === 'en' ? all.en : undefined) ?? all['zh-CN']

export const areaOf = ({ district, street, place }: IncidentArea) =>
  [district, street, place].filter(Boolean).join(' ')
