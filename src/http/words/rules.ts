import type { RuleStand, RuleSubjectName } from '../../rulebook/api.ts'
import { both, type Words } from './words.ts'

/** What the city's rules are called, and what stands in them: on the page and at the terminal. */
export const ruleSubjectWords: Readonly<Record<RuleSubjectName, Words>> = {
  hours: both('开放时间与节假日', 'Opening hours and days off'),
  texts: both('发给市民的短信', 'Text messages to citizens'),
  units: both('承办单位与督办短信', 'Units, and who is reminded'),
  limits: both('工单时限', 'Limits of orders'),
  grounds: both('退单理由', 'Grounds for returns'),
  surveys: both('回访与三率规则', 'Survey calls and rates'),
}

const fields: Readonly<Record<string, Words>> = {
  openingHours: both('开放时间', 'Opening hours'),
  workday: both('工作日', 'Working days'),
  restday: both('休息日（周末）', 'Weekends'),
  holiday: both('法定节假日', 'Public holidays'),
  holidays: both('放假安排（国务院通知之外）', 'Days off beside the published notice'),
  off: both('放假', 'Off'),
  work: both('调休上班', 'Worked instead'),
  texts: both('短信', 'Text messages'),
  filed: both('受理', 'An order is made'),
  closed: both('办结', 'An order is closed'),
  reopened: both('重办', 'An order is opened again'),
  survey: both('评价链接', 'The link to say how it was'),
  notReached: both('回拨未联系上', 'Nobody was reached'),
  'zh-CN': both('中文', 'Chinese'),
  en: both('英文', 'English'),
  units: both('承办单位', 'Units'),
  name: both('名称', 'Name'),
  phones: both('提醒短信发到', 'Reminded by SMS'),
  supervisors: both('一级督办短信发到', 'Supervision, level one, by SMS'),
  line: both('对外电话', 'Telephone for citizens'),
  hours: both('办公时间', 'Hours'),
  supervision: both('督办短信', 'Supervision by SMS'),
  district: both('二级（区级）', 'Level two: the district'),
  city: both('三级（市级）', 'Level three: the city'),
  sources: both('依据', 'Sources'),
  dispatch: both('中心派单（从来电起）', 'Dispatch by the centre (from the call)'),
  handling: both('办结时限（从来电起）', 'To be closed within (from the call)'),
  sign: both('签收时限（从派单起）', 'To be signed within (from the dispatch)'),
  urgent: both('紧急', 'Urgent'),
  livelihood: both('民生保障', 'Livelihood'),
  general: both('一般诉求', 'General'),
  complex: both('复杂疑难', 'Complex'),
  elderFeedback: both('老年人首次反馈', 'First feedback to the elderly'),
  extension: both('延期', 'Extension'),
  mostDays: both('最多天数', 'Most days'),
  times: both('最多次数', 'How often'),
  returns: both('退单', 'Returns'),
  within: both('派单后多久内', 'Within'),
  most: both('最多次数', 'How often altogether'),
  review: both('中心审核（从退单起）', 'Decided by the centre (from the return)'),
  site: both('现场核实', 'Seen on site within'),
  grounds: both('退单理由', 'Grounds'),
  english: both('英文名称', 'Name in English'),
  law: both('依据', 'Where it is written'),
  personRings: both('“未解决”后人工回电', 'A person rings after “not solved”'),
  minutes: both('分钟', 'minutes'),
  days: both('天', 'days'),
  workdays: both('工作日', 'working days'),
  elderHours: both('老年人回访时段', 'Survey calls to the elderly'),
  morning: both('上午', 'Morning'),
  afternoon: both('下午', 'Afternoon'),
  delayMinutes: both('办结后多久开始（分钟）', 'First call after closing, minutes'),
  attempts: both('最多拨打次数', 'Most attempts'),
  apartMinutes: both('两次间隔（分钟）', 'Between attempts, minutes'),
  busyMinutes: both('忙线后再拨（分钟）', 'Again after busy, minutes'),
  numberPerDay: both('同一号码每天最多', 'One number, at most a day'),
  linkHours: both('短信链接有效（小时）', 'Link is good for, hours'),
  ringSeconds: both('振铃（秒）', 'Rings for, seconds'),
  campaign: both('拨打规模', 'Pace of calls'),
  lines: both('同时拨打', 'Calls at once'),
  perHour: both('每小时最多', 'At most an hour'),
  personSeconds: both('要求人工须在（秒）内接通', 'A person within, seconds'),
  personMissed: both('超过此比例未接通即停止', 'Stops above this share without one'),
  personWithinHours: both('统计小时数', 'Counted over, hours'),
  personLeast: both('至少多少人才统计', 'Counted from so many on'),
  rates: both('三率', 'Rates'),
  of: both('以谁为分母（answered 有效评价，asked 应回访）', 'Of whom: answered or asked'),
  partly: both('“部分解决”计为', '“Solved in part” counts'),
  satisfiedUpTo: both('几级以内算满意（1 至 5）', 'Satisfied up to, 1 to 5'),
  weights: both('综合分权重', 'Weights of the composite'),
  response: both('响应', 'Response'),
  solved: both('解决', 'Solved'),
  satisfied: both('满意', 'Satisfied'),
  exclusions: both('可剔除的理由', 'Reasons for exclusion'),
  coached: both('疑似诱导', 'Coached answers'),
  least: both('至少多少件评价', 'From so many answers on'),
  allBest: both('全为最好的比例', 'Share that is all the best'),
  sameNumber: both('同一号码全为最好的工单数', 'Orders of one number that were all the best'),
  links: both('连续相同评价的链接数', 'Links answered alike'),
  linksWithinMinutes: both('多少分钟之内', 'Within minutes'),
}

/** What means another thing in one subject than in the others. */
const inSubject: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
  limits: { hours: both('小时', 'hours') },
  surveys: { hours: both('回访时段', 'Survey calls between') },
}

/** A field by its name; what has none, a year or an id, is said as it stands. */
export function ruleFieldWords(subject: string, name: string): Words {
  const own = inSubject[subject]?.[name]
  return own ?? (Object.hasOwn(fields, name) ? fields[name] : undefined) ?? both(name, name)
}

export const ruleFolderWords: Readonly<Record<RuleStand['folder'], (file: string) => Words>> = {
  holds: file => both(`来自文件 ${file}`, `From the file ${file}`),
  known: file => both(`文件 ${file} 是以前的版本`, `The file ${file} has an earlier version`),
  other: file =>
    both(
      `文件 ${file} 的内容和任何版本都不同，没有使用`,
      `The file ${file} has what no version had; it does not hold`,
    ),
}
