import type { Audit } from '../contract.ts'
import { both, type Words } from './words.ts'

type All<Key extends string> = Readonly<Record<Key, Words>>

export const breakWords: All<Audit['breaks'][number]['what']> = {
  changed: both('记录内容被改', 'What happened was changed'),
  forged: both('不是本系统写下的记录', 'Not written by this house'),
  link: both('哈希链断开', 'The chain is broken here'),
  missing: both('中间缺失', 'A gap before it'),
  'event-missing': both('记录被删，没有清除手续', 'What happened is gone, and nobody erased it'),
  unchained: both('有记录不在链上', 'An event that is in no chain'),
  head: both('链的末尾不符', 'The chain ends elsewhere than its head says'),
  anchor: both('与封存或记下的校验码不符', 'Not the head that was sealed or noted'),
  seal: both('封存凭证不符', 'A seal that is not ours or not in its place'),
  column: both('这一栏与记录不符', 'This column says something else than happened'),
  'column-unknown': both('没有人能由记录重建这一栏', 'No rebuilding knows this column'),
  'row-missing': both('有记录而没有这一行', 'A row is missing for what happened'),
  'row-unexpected': both('有这一行而没有记录', 'A row that nothing of what happened made'),
  history: both('记录的先后不可能', 'What happened cannot have happened in this order'),
}

export const sealedRoomWords: Readonly<Record<string, ReturnType<typeof both>>> = {
  orders: both('工单', 'orders'),
  surveys: both('回访', 'surveys'),
  staff: both('工作人员', 'staff'),
  programs: both('接口程序', 'programs'),
  trail: both('审计日志', 'audit trail'),
  seals: both('封存', 'seals'),
}
