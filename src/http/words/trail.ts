import type { TrailEntry } from '../../trail/api.ts'
import { both, type Words } from './words.ts'

export const trailActWords: Readonly<Record<TrailEntry['act'], Words>> = {
  'signed-in': both('登录', 'Signed in'),
  'sign-in-refused': both('登录被拒', 'Was refused at the sign-in'),
  'signed-out': both('退出', 'Signed out'),
  listed: both('看列表', 'Saw a list'),
  searched: both('查找', 'Searched'),
  read: both('查看', 'Read'),
  revealed: both('显示号码', 'Revealed a number'),
  listened: both('听录音', 'Listened'),
  opened: both('打开', 'Opened'),
  exported: both('导出', 'Exported'),
  changed: both('处理', 'Changed'),
  called: both('拨打或发码', 'Called or sent a code'),
  sent: both('送交语言模型', 'Sent to the language model'),
  erased: both('清除', 'Erased'),
  'rights-changed': both('改权限', 'Changed rights'),
  'rules-changed': both('改规则', 'Changed rules'),
  audited: both('核验、审计', 'Audited'),
  alarm: both('告警：查看过多', 'Alarm: looked at too many'),
}
export const trailOutcomeWords: Readonly<Record<TrailEntry['outcome'], Words>> = {
  done: both('已办', 'Done'),
  refused: both('被拒', 'Refused'),
}
