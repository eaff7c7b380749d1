import { type Form, is } from './form.ts'

/** What files of rules expect: the city's, those of orders and of surveys, statuses of orders. */
export const rules: readonly Form[] = [
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
  is('the number of an order, in digits and quotes', '加引号的工单号数字'),
  is('the name of a status, such as handling', '状态的名字，如 handling'),
  is(
    'statuses by the numbers of orders, as { "2600000000012": handling }',
    '按工单号写的状态，如 { "2600000000012": handling }',
  ),
  is('a file that can be read', '读得到的文件'),
]

/** What a call that is written down holds, and a file of another language. */
export const flowFiles: readonly Form[] = [
  is('a folder of flows', '放流程的文件夹'),
  is('a folder of flows that can be read', '读得到的流程文件夹'),
  is('something to expect', '要核对的内容'),
  is('keys in quotes', '加引号的按键'),
  is('keys: 0 to 9, * and #, in quotes', '加引号的按键：0 到 9、* 和 #'),
  is('a list of { id: …, words: … }', '由 { id: …, words: … } 组成的列表'),
  is('a list of steps', '步骤的列表'),
  is('a call: call, flow, world, steps', '一通电话：call、flow、world、steps'),
  is('no step', '没有步骤'),
  is('some', '至少一个'),
  is(
    'words by the names that the flow has for them, as { prompt: … }',
    '按流程里的名字写的话，如 { prompt: … }',
  ),
  is('words by state', '按步骤写的话'),
  is('missed and states', 'missed 和 states'),
  is('ten words, from zero to nine', '十个词，从零到九'),
  is('words by flow', '按流程写的话'),
  is('a language: language, digits, flows', '一种语言：language、digits、flows'),
]
