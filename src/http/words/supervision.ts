import { both, type Words } from './words.ts'

/** Groups that units are in by what they are; others are called as the rules call them. */
export const rankGroupWords: Readonly<Record<string, Words>> = {
  street: both('街道（乡镇）', 'Streets and towns'),
  district: both('区', 'Districts'),
  department: both('部门', 'Departments'),
}

/** The columns of a ranking, on the page and in its file. */
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
  asked: both('应回访', 'Asked'),
  reached: both('已接通', 'Reached'),
  answered: both('有效评价', 'Answered'),
  excluded: both('剔除', 'Excluded'),
} as const

/** Closings of a month, by which units of a group are told apart. */
export const sizeWords = (from: number, until: number | undefined): Words =>
  until === undefined
    ? both(`办结 ${from} 件以上`, `${from} closings and more`)
    : from === 0
      ? both(`办结 ${until} 件以下`, `fewer than ${until} closings`)
      : both(`办结 ${from} 至 ${until - 1} 件`, `${from} to ${until - 1} closings`)
