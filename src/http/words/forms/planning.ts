import { type Form, is } from '../form.ts'

/** Patterns for faults of staffing plans. */
export const planForms: readonly Form[] = [
  is('a half-hour, as 08:30', '半小时的起点，如 08:30'),
  is('each half-hour once', '每个半小时只写一次'),
  is('a head with start and calls', '含 start 和 calls 的表头'),
  [/^no column (.+)$/, column => `没有 ${column} 这一列`],
  is('a head alone', '只有表头'),
  is('a line for each half-hour', '每个半小时一行'),
  [/^(\d+) lines$/, count => `${count} 行`],
  [/^at most (\d+) half-hours$/, count => `最多 ${count} 个半小时`],
  is('a day of the calendar, as 2026-01-05', '日历上有的日期，如 2026-01-05'),
  is('no call that was answered', '没有接通过的来电'),
  is('handlingSeconds to be given, as 180', '写明 --handling，如 180'),
  is('more than can be staffed', '多得排不出人手'),
  [/^(\d+) agents at most$/, most => `最多 ${most} 名话务员`],
]
