import type { BehindQuery } from '../../supervision/api.ts'
import type { BulletinState } from '../../supervision/bulletins/api.ts'
import type { DeductionReason, DeductionState } from '../../supervision/deductions/api.ts'
import { both, type Words } from './words.ts'

type All<Key extends string> = Readonly<Record<Key, Words>>

export const deductionReasonWords: All<DeductionReason> = {
  'push-away': both('推诿', 'Pushed away'),
  'false-close': both('虚假办结', 'Closed falsely'),
  overdue: both('超期', 'Overdue'),
  rude: both('态度恶劣', 'Rude'),
  leak: both('泄露信息', 'Leaked'),
}

/** The evidence for a deduction that the rules proposed. */
export const deductionFactWords: All<DeductionReason> = {
  'push-away': both('同一单位的退单两次被中心驳回', 'The centre refused two returns of this unit'),
  'false-close': both(
    '报“已解决”，市民答未联系或未解决',
    'Reported as solved; the citizen says not contacted, or not solved',
  ),
  overdue: both(
    '办结时限又过一整期，未获延期',
    'Another full period of the limit is over, without an extension',
  ),
  rude: both('由人提出', 'Said by a person'),
  leak: both('由人提出', 'Said by a person'),
}

export const deductionStateWords: All<DeductionState> = {
  proposed: both('待初核', 'Waits for a first person'),
  seconded: both('待复核', 'Waits for a second person'),
  confirmed: both('已扣分', 'Confirmed'),
  refused: both('不扣', 'Refused'),
  appealed: both('申诉待定', 'Appealed'),
  upheld: both('申诉不成立', 'Stays'),
  lifted: both('申诉成立，已撤销', 'Lifted'),
}

export const noticeWords = {
  unit: both('通知本单位', 'Told to the unit'),
  district: both('全区通报', 'Told in the district'),
  city: both('全市通报', 'Told in the whole city'),
} as const

/** Names of the shipped groups of units; others have the names in the rules. */
export const rankGroupWords: Readonly<Record<string, Words>> = {
  street: both('街道（乡镇）', 'Streets and towns'),
  district: both('区', 'Districts'),
  department: both('部门', 'Departments'),
}

/** Columns of a ranking, on the page and in its file. */
export const rankingWords = {
  group: both('组别', 'Group'),
  rank: both('名次', 'Rank'),
  unit: both('单位', 'Unit'),
  composite: both('综合', 'Composite'),
  expected: both('同类诉求全市', 'City, same kinds'),
  difference: both('差值', 'Difference'),
  response: both('响应率', 'Response'),
  solved: both('解决率', 'Solved'),
  satisfied: both('满意率', 'Satisfied'),
  from: both('区间下限', 'from'),
  until: both('区间上限', 'until'),
  before: both('上月综合', 'Composite, month before'),
  points: both('扣分', 'Points lost'),
  asked: both('应回访', 'Asked'),
  reached: both('已接通', 'Reached'),
  answered: both('有效评价', 'Answered'),
  excluded: both('剔除', 'Excluded'),
  referred: both('不属职责', 'Beyond the duty'),
} as const

/** A size class of units, by their closings in a month. */
export const sizeWords = (from: number, until: number | undefined): Words =>
  until === undefined
    ? both(`办结 ${from} 件以上`, `${from} closings and more`)
    : from === 0
      ? both(`办结 ${until} 件以下`, `fewer than ${until} closings`)
      : both(`办结 ${from} 至 ${until - 1} 件`, `${from} to ${until - 1} closings`)

/** What citizens said of a closing that a figure counts. */
export const behindWords: All<BehindQuery['answer']> = {
  'not-contacted': both('未联系', 'Not contacted'),
  'not-solved': both('未解决', 'Not solved'),
  'partly-solved': both('部分解决', 'Solved in part'),
  dissatisfied: both('不满意', 'Dissatisfied'),
}

export const bulletinStateWords: All<BulletinState> = {
  draft: both('草稿', 'Draft'),
  waiting: both('待复核', 'Waits for a second person'),
  published: both('已通报', 'Published'),
}

/** Parts of a bulletin, on the page and in its file. */
export const bulletinWords = {
  bulletin: both('通报', 'Bulletin'),
  changes: both('较上月变化及原因', 'What changed since the month before, and why'),
  mix: both('诉求构成', 'Other kinds of demands'),
  deductions: both('扣分', 'Deductions'),
  annex: both('附：数字背后的工单', 'Annex: the orders behind the figures'),
  digest: both('数字摘要（SHA-256）', 'Digest of the figures (SHA-256)'),
} as const
