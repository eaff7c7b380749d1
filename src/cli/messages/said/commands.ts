import { type Form, is, listed } from './form.ts'

export const commands: readonly Form[] = [
  [/^nobody who answers \((.+)\)$/, reason => `没有应答（${reason}）`],
  is(
    'the hotline: start it with `npm start` or `jieting start`, or set HTTP_PORT or JIETING_URL to where it is',
    '热线：用 `npm start` 或 `jieting start` 启动，或把 HTTP_PORT 或 JIETING_URL 设成它的地址',
  ),
  [/^no call (\S+)$/, call => `没有通话 ${call}`],
  is('the id of a call, as GET /api/calls lists them', '通话编号，见 jieting calls'),
  is('the name of a seat', '坐席的名字'),
  is('a day, as 2026-01-05', '日期，如 2026-01-05'),
  is('the tag of a language, such as yue', '语言代码，如 yue'),
  [/^(.+), which somebody has$/, name => `${name}，已有人用`],
  is('a new name', '新的名字'),
  is('the name of a member who signs in with a password', '用密码登录的人员的名字'),
  is('no unit', '没有承办单位'),
  is('a unit', '写了承办单位'),
  is('the unit whose orders they work on', '他们办理哪个单位的工单'),
  [/^none, for role (.+)$/, role => `角色 ${role} 不写承办单位`],
  [
    /^a unit of units\.json, by its id or name; the nearest: (.+)$/,
    units => `units.json 里的单位，写代码或名称；最接近的：${listed(units)}`,
  ],
  is(
    'some words that do not belong together, or what a password manager makes',
    '几个互不相干的词，或密码管理器生成的密码',
  ),
  is('few characters over and over', '翻来覆去只有几个字符'),
  is('the same over and over', '同样的内容重复'),
  is('keys or figures in their order', '按顺序的键或数字'),
  is('the name, and little else', '只有用户名，没有多少别的'),
  is('a word that everybody takes', '人人都用的词'),
  is('those of somebody who works here', '本单位人员的用户名和密码'),
  is('a name and a password that do not go together', '用户名和密码不符'),
  is('a half-hour, as 08:30', '半小时的起点，如 08:30'),
  is('a time such as "2026-02-17 03:00"', '时间，如 "2026-02-17 03:00"'),
  is('a share of the calls, as 5% or 0.05', '来电的比例，如 5% 或 0.05'),
  is(
    'a telephone number of 3 to 15 digits, as +8613800138000 or 12345',
    '3 到 15 位的电话号码，如 +8613800138000 或 12345',
  ),
  is('the name of a flow, as its file has it without .yaml', '流程的名字，即文件名去掉 .yaml'),
  is(
    '1 to 32 letters, digits, dots, dashes or underscores, the first a letter or digit',
    '1 到 32 个字母、数字、点、横线或下划线，以字母或数字开头',
  ),
]
