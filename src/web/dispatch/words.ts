import * as orderWords from '../../http/words/orders.ts'
import { say, sayAll } from '../language.ts'

const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })

export const words = {
  queue: both('待派单', 'To be dispatched'),
  none: both('没有待派单的工单', 'No order waits to be dispatched'),
  loading: both('请稍候…', 'One moment…'),
  head: [both('时限', 'Limit'), both('诉求内容', 'What is asked'), both('区、街道', 'District, street')],
  more: both('还有更多，派出后显示', 'There are more; they show as these are dispatched'),
  suggested: both('建议单位', 'Suggested units'),
  keys: both(
    '焦点在建议单位上时，按 1、2、3 派单',
    'While the focus is on the suggested units, 1, 2 and 3 dispatch',
  ),
  unsure: both('系统拿不准，以下仅供参考', 'Not sure: these are no more than a place to begin to look'),
  noSuggestions: both('没有建议，请查找', 'Nothing to suggest: search'),
  row: (units: readonly string[]) => both(`目录：${units.join('、')}`, `Catalogue: ${units.join(', ')}`),
  sure: (percent: number) => both(`把握 ${percent}%`, `${percent} % sure`),
  weighed: (all: readonly string[]) => both(`依据：${all.join('、')}`, `Because of: ${all.join(', ')}`),
  search: both('查找事项和单位', 'Search a kind and a unit'),
  unit: both('承办单位', 'Unit'),
  chooseOne: both('请选择', 'Choose one'),
  note: both('给单位的说明（选填）', 'A note to the unit (optional)'),
  send: both('派单', 'Dispatch'),
  whole: both('查看全部', 'See all of it'),
  sent: (number: string, unit: string) =>
    both(`工单 ${number} 已派给 ${unit}`, `Order ${number} went to ${unit}`),
  others: (number: string, who: string, unit: string) =>
    both(`工单 ${number} 已由${who}派给 ${unit}`, `${who} has dispatched order ${number} to ${unit}`),
}

export const waitsWords = sayAll(orderWords.waitsWords)
export const suggestedWords = sayAll(orderWords.suggestedWords)
