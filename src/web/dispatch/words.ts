import { catalogueFaultInChinese } from '../../http/words/catalogue-faults.ts'
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
  toLook: both('自动派单待核对', 'Went by itself: to be looked at'),
  toLookKeys: both(
    '焦点在一行的按钮上时，按 1 为核对无误，按 2 为撤回',
    'While the focus is in a row, 1 says that it is right and 2 takes it back',
  ),
  toLookHead: [
    both('诉求内容', 'What is asked'),
    both('事项', 'Kind'),
    both('承办单位', 'Unit'),
    both('核对', 'Look'),
  ],
  wanted: both('市民要求人工', 'A person is wanted'),
  right: both('无误', 'Right'),
  takeBack: both('撤回', 'Take it back'),
  isRight: (number: string) => both(`工单 ${number} 核对无误`, `Order ${number} is right`),
  isBack: (number: string) =>
    both(`工单 ${number} 已撤回，等待派单`, `Order ${number} waits to be dispatched again`),
  catalogue: both('派单目录', 'Dispatch catalogue'),
  catalogueNote: both(
    '导出、修改后导入成为草稿；试算后由另一人在管理页发布。',
    'Take it along, change it and bring it back as a draft; try it, and another person publishes it at the page of administration.',
  ),
  taken: both('导出', 'Take along'),
  ofDraft: both('（草稿）', '(draft)'),
  bring: both('导入 CSV 或 XLSX', 'Bring back a CSV or XLSX'),
  brought: (rows: number, changes: number) =>
    both(
      `草稿已有 ${rows} 行，${changes} 处与现行不同`,
      `The draft has ${rows} rows; ${changes} places are other`,
    ),
  refusedTable: both('没有导入：', 'Nothing was taken:'),
  fault: (place: string, found: string, expected: string) =>
    both(
      `${place}：${catalogueFaultInChinese(found)}；应为：${catalogueFaultInChinese(expected)}`,
      `${place}: found ${found}, expected ${expected}`,
    ),
  tryIt: both('用近 30 天的工单试算草稿', 'Try the draft on the orders of 30 days'),
  elsewhere: (count: number, tried: number) =>
    both(`${tried} 件工单里有 ${count} 件会派到别处`, `Of ${tried} orders ${count} would go elsewhere`),
  moves: both('会派到别处的工单', 'Orders that would go elsewhere'),
  movesHead: [both('工单', 'Order'), both('事项', 'Kind'), both('现在', 'Now'), both('草稿', 'By the draft')],
  nobody: both('待派单', 'A dispatcher'),
  publish: both('到管理页发布', 'Publish at the page of administration'),
  figures: both('自动派单（近 30 天）', 'By itself, 30 days'),
  figuresHead: [
    both('事项', 'Kind'),
    both('自动派出', 'Went'),
    both('撤回', 'Taken back'),
    both('抽查', 'Looked at'),
    both('抽查无误', 'Right'),
  ],
  noFigures: both('没有自动派出的工单', 'Nothing went by itself'),
  whole: both('查看全部', 'See all of it'),
  sent: (number: string, unit: string) =>
    both(`工单 ${number} 已派给 ${unit}`, `Order ${number} went to ${unit}`),
  others: (number: string, who: string, unit: string) =>
    both(`工单 ${number} 已由${who}派给 ${unit}`, `${who} has dispatched order ${number} to ${unit}`),
}

export const waitsWords = sayAll(orderWords.waitsWords)
export const suggestedWords = sayAll(orderWords.suggestedWords)
