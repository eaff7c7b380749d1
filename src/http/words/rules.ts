import type { RuleStand, RuleSubjectName } from '../../rulebook/api.ts'
import { both, type Words } from './words.ts'

/** What the city's rules are called, and what stands in them: on the page and at the terminal. */
export const ruleSubjectWords: Readonly<Record<RuleSubjectName, Words>> = {
  hours: both('开放时间与节假日', 'Opening hours and days off'),
}

const fields: Readonly<Record<string, Words>> = {
  openingHours: both('开放时间', 'Opening hours'),
  workday: both('工作日', 'Working days'),
  restday: both('休息日（周末）', 'Weekends'),
  holiday: both('法定节假日', 'Public holidays'),
  holidays: both('放假安排（国务院通知之外）', 'Days off beside the published notice'),
  off: both('放假', 'Off'),
  work: both('调休上班', 'Worked instead'),
}

/** A field by its name; what has none, a year or an id, is said as it stands. */
export const ruleFieldWords = (name: string): Words =>
  (Object.hasOwn(fields, name) ? fields[name] : undefined) ?? both(name, name)

export const ruleFolderWords: Readonly<Record<RuleStand['folder'], (file: string) => Words>> = {
  holds: file => both(`来自文件 ${file}`, `From the file ${file}`),
  known: file => both(`文件 ${file} 是以前的版本`, `The file ${file} has an earlier version`),
  other: file =>
    both(
      `文件 ${file} 的内容和任何版本都不同，没有使用`,
      `The file ${file} has what no version had; it does not hold`,
    ),
}
