import * as people from '../../http/words/people.ts'
import * as trailWords from '../../http/words/trail.ts'
import { say, sayAll } from '../language.ts'

const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })

export const actWords = sayAll(trailWords.trailActWords)
export const outcomeWords = sayAll(trailWords.trailOutcomeWords)
export const roleWords: Readonly<Record<string, string>> = sayAll(people.roleWords)

/** Every word of the page. */
export const words = {
  asking: both('正在打开……', 'Opening …'),
  find: both('查找', 'Find'),
  entries: both('记录', 'Entries'),
  person: both('谁', 'Who'),
  act: both('做了什么', 'What'),
  all: both('全部', 'All'),
  about: both('工单、电话或人员', 'Order, call or member'),
  number: both(
    '电话号码（日志里没有号码，按记号查找）',
    'Telephone number (found by a mark; the trail holds none)',
  ),
  none: both('没有这样的记录', 'No such entries'),
  older: both('更早的', 'Older'),
  mark: (mark: string) => both(`号码记号 ${mark}`, `mark of the number ${mark}`),
  kept: (days: number) =>
    both(
      `保存 ${days} 天。查看本页也记入日志。`,
      `Kept for ${days} days. That you look is written down, too.`,
    ),
  exportJson: both('导出（JSON 行）', 'Export (lines of JSON)'),
  exportSyslog: both('导出（syslog，RFC 5424）', 'Export (syslog, RFC 5424)'),
}
