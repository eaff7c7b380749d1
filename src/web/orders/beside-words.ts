import { say } from '../language.ts'

const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })

export const besideWords = {
  like: both('疑似重复', 'May repeat'),
  keys: both(
    '焦点在一件的按钮上时，按 1 并单，按 2 判定不是同一件',
    'While the focus is at one, 1 merges and 2 says that it is another matter',
  ),
  mergeIt: both('并入这一件', 'Merge into that one'),
  mergeThat: both('把这一件并进来', 'Merge that one into this'),
  apart: both('不是同一件', 'Another matter'),
  own: both('同一来电人', 'The same caller'),
  others: both('不同来电人', 'Another caller'),
  ofKind: both('同一事项', 'The same kind'),
  place: (all: readonly string[]) => both(`地点：${all.join('、')}`, `Place: ${all.join(', ')}`),
  words: (all: readonly string[]) =>
    both(`相同词语：${all.join('、')}`, `Words in common: ${all.join(', ')}`),
  lead: both('并入的主单', 'Handled with'),
  merged: (count: number) => both(`并入本单的工单 ${count} 件`, `${count} handled with it`),
  part: both('撤销并单', 'Undo the merging'),
  split: both('同一诉求拆分的工单', 'Other matters of the same demand'),
  isMerged: (of: string, into: string) =>
    both(`工单 ${of} 已并入 ${into}`, `Order ${of} is handled with ${into}`),
  isParted: (of: string) => both(`工单 ${of} 恢复单独办理`, `Order ${of} is handled by itself again`),
  isApart: (of: string, from: string) =>
    both(`工单 ${of} 与 ${from} 不是同一件`, `Order ${of} is another matter than ${from}`),
}
