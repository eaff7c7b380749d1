import { type Form, is, listed } from './form.ts'
import { general } from './general-faults.ts'

/** Patterns for faults in files of rules: the city's, those of orders and surveys, and order statuses. */
export const ruleForms: readonly Form[] = [
  is('a date, as 2027-02-06', '日期，如 2027-02-06'),
  [/^a day of (\d{4})$/, year => `${year} 年里的一天`],
  is('a day that is not in "off" as well', '没有同时写在 off 里的一天'),
  is('hours within one day, as 09:00-18:00', '一天之内的时段，如 09:00-18:00'),
  is('a list of hours, as ["09:00-18:00"]; [] is closed', '时段的列表，如 ["09:00-18:00"]；[] 表示不开放'),
  is(
    'hours of workday, restday and holiday, and of nothing else',
    'workday、restday、holiday 三种日子的时段，不写别的',
  ),
  is('a country with telephone numbers, as CN', '有电话号码的国家或地区代码，如 CN'),
  is('digits, as 010', '数字，如 010'),
  is('an IANA time zone, as Asia/Shanghai', 'IANA 时区，如 Asia/Shanghai'),
  is('a time of day, as 09:30', '一天里的时间，如 09:30'),
  [/^(\S+), as the city's file says$/, zone => `${zone}，与城市文件一致`],
  is('answered or asked', 'answered 或 asked'),
  is('a media type, as image/jpeg', '文件类型，如 image/jpeg'),
  is(
    'a whole file; where it looks whole, save it as JPEG or PNG and send that',
    '完整的文件；看上去完整的，请另存为 JPEG 或 PNG 再上传',
  ),
  is(
    'a type of photo out of which its place can be taken: JPEG, PNG, WebP, HEIF, AVIF',
    '能去除拍摄信息的照片类型：JPEG、PNG、WebP、HEIF、AVIF',
  ),
  is('a number above 0', '大于 0 的数'),
  is('numbers that grow', '一个比一个大的数'),
  is('an id that no group has', '其他组没有用过的 id'),
  [/^a unit of one group; (\S+) has it$/, group => `只在一个组里的单位；${group} 组已有`],
  is('a month, as 2026-01', '月份，如 2026-01'),
  is('the number of an order, in digits and quotes', '加引号的工单号数字'),
  is('the name of a status, such as handling', '状态的名字，如 handling'),
  is(
    'statuses by the numbers of orders, as { "2600000000012": handling }',
    '按工单号写的状态，如 { "2600000000012": handling }',
  ),
  is('a file that can be read', '读得到的文件'),
  // What keeps rules from being published.
  is('no hours on workdays', '工作日没有开放时段'),
  is('hours in which a person can be reached', '市民能找到人工的时段'),
  [/^(\d{4}-\d\d-\d\d), which is over$/, date => `${date}，已经过去`],
  is('days that are to come: limits were counted by it', '以后的日期：过去的日期已按原来的算过时限'),
  [/^(\S+) \((.+)\), which is gone$/, (id, name) => `${name}（${id}）不见了`],
  is('a unit that nothing names any more', '工单、工作人员和事项都不再用到的单位'),
  is('a text', '一段文字'),
  is('at most 300 characters', '最多 300 个字符'),
  [/^names of (.+)$/, names => `只用 ${listed(names)}`],
  [/^a text with (\{\S+\}) in it, outside of brackets$/, name => `方括号之外含有 ${name} 的文字`],
  is('braces around names alone', '花括号只用在名称两边'),
  is('working days', '按工作日计算'),
  is('natural time: an emergency waits for no working day', '按自然时间：紧急诉求不等工作日'),
  [/^longer than (\S+)$/, name => `比 ${name} 更长`],
  is('the shortest of all limits', '各类中最短的时限'),
  is(
    'a telephone number of 3 to 20 digits and hyphens, or nothing',
    '3 到 20 位数字和连字符的电话号码，或不填',
  ),
  // Faults of drafts and versions.
  is('no draft', '没有草稿'),
  is('one that was begun', '已经开始的草稿'),
  [/^(\d+), and the draft is at (\d+)$/, (seen, now) => `${seen}，草稿已经是 ${now}`],
  is('the draft as it is now: look, and do it again', '现在的草稿：请看过再做'),
  [/^version (\d+), decided since$/, number => `第 ${number} 版，是之后才决定的`],
  is(
    'the version that the draft began with: give it up and begin another',
    '草稿开始时的版本：请放弃草稿重新开始',
  ),
  is('nothing that is another', '没有改动'),
  is('a change', '有改动的内容'),
  is('who wrote in the draft', '写草稿的人'),
  is('one person who decides by themselves', '一个人自己决定'),
  is('the number of a version that is listed', '列出的版本号'),
  is('at most 1,000,000 characters', '最多 1,000,000 个字符'),
  is('a second person, who publishes the draft', '由另一个人发布草稿'),
  is('the whole text, as a file has it', '整个文件的内容'),
]

/** A text without a known pattern stays English: half a fault in English helps more than none. */
export function ruleFaultInChinese(text: string): string {
  for (const [form, say] of [...ruleForms, ...general]) {
    const found = form.exec(text)
    if (found) return say(...found.slice(1))
  }
  return text
}
