import * as w from '../../http/words/supervision.ts'
import { cityTime } from '../city.ts'
import { refusalOf as refused } from '../house/refusal.ts'
import { say, sayAll } from '../language.ts'

const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })

export const reasonWords = sayAll(w.deductionReasonWords)
export const factWords = sayAll(w.deductionFactWords)
export const stateWords = sayAll(w.deductionStateWords)
export const noticeWords = sayAll(w.noticeWords)

export const refusalOf = (code: string) => refused(code, { 'request-invalid': both('请写明原因', 'Say why') })

export const words = {
  deductions: both('扣分与申诉', 'Deductions'),
  asking: both('正在打开……', 'Opening …'),
  none: both('没有扣分', 'There are none'),
  which: both('状态', 'Which'),
  all: both('全部', 'All'),
  method: both(
    '扣分由规则按工单上发生的事提出，两人同意才成立，单位可申诉一次，由另外的人决定。分值由城市设定（管理→排名分组）。',
    'Deductions are proposed by rules from what happened to orders; two persons have to agree. The unit may appeal once, and somebody else decides. Points are the city’s (administration, groups of the ranking).',
  ),
  points: (points: number) => both(`扣 ${points} 分`, `${points} points`),
  at: (time: string) => both(`${time} 发生`, `happened ${time}`),
  by: (first: string | undefined, second: string | undefined) =>
    both(
      [first && `初核：${first}`, second && `复核：${second}`].filter(Boolean).join('，'),
      [first && `first: ${first}`, second && `second: ${second}`].filter(Boolean).join(', '),
    ),
  appealedBy: (name: string) => both(`申诉人：${name}`, `appealed by ${name}`),
  mine: both('您已同意，须由另一人复核', 'You agreed; another person decides'),
  why: both('理由（必填，不写姓名）', 'Why (needed; no names)'),
  agree: both('同意扣分', 'Agree'),
  refuse: both('不扣', 'Refuse'),
  lift: both('申诉成立，撤销', 'Lift it'),
  stay: both('申诉不成立', 'It stays'),
  appeal: both('申诉', 'Appeal'),
  decide: both('办理', 'Decide'),
  said: (text: string) => both(`“${text}”`, `“${text}”`),
  propose: both('提出扣分', 'Propose a deduction'),
  order: both('工单号', 'Number of the order'),
  unit: both('单位', 'Unit'),
  reason: both('事由', 'For'),
  proposed: both('已提出，待另一人复核。', 'Proposed; a second person decides.'),
}

export const timeOf = (ms: number) => cityTime(ms)
export const grouped = (number: string) => number.replace(/(\d{6})(?=\d)/g, '$1 ')
