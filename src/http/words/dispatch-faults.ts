import { type Form, is } from './form.ts'

/** What a fault of the dispatch catalogue, and of what goes by it, found and expected, by its form, and the same in Chinese. */
export const dispatchForms: readonly Form[] = [
  is('a unit', '单位'),
  is(
    'a unit of units.json, @street or @district',
    '承办单位的代号，或 @street（属地街道）、@district（属地区）',
  ),
  is('a day, as 2026-01-05', '日期，如 2026-01-05'),
  is(
    '2, 4, 6 or 8 digits: the beginning of a code; nothing for all kinds',
    '2、4、6 或 8 位数字：事项代码的开头；不填为所有事项',
  ),
  [/^at most (\d+)$/, most => `最多 ${most} 个`],
  is('at most 50,000 rows', '最多 50,000 行'),
  is('a day that is not before the first', '不早于起始日的日期'),
  is('the district of the street', '该街道所在的区'),
  is('a share, 0 to 1', '0 到 1 之间的比例'),
  [/^one owner at a time; the first is at (.+)$/, place => `同一时间只有一个主办单位；第一次在 ${place}`],
  is('the beginning of a code of the catalogue', '事项目录里代码的开头'),
  [/^a street of (.+)$/, district => `${district}的街道`],
  [/^(\S+), and nobody in (.+)$/, (meant, place) => `${meant}，而${place}没有对应的单位`],
  is('a unit whose place it is', '辖区有对应的单位'),
  [
    /^nobody for (\S+) (.+) in (.*) on (\S+)$/,
    (code, name, place, day) => `${day} 起 ${code} ${name} 在${place}没有主办单位`,
  ],
  is('one unit that leads, everywhere and on every day', '每处每天都有一个主办单位'),
  [/^one unit for a place; (.+) has it$/, unit => `一处只有一个单位；已有 ${unit}`],
  is('another unit, whose successors end', '另一个单位，且接替关系有终点'),
  is('an order that waits for a person', '须由人工派单的工单'),
  is('one that triage may send by itself', '可以自动派出的工单'),
  is('one that went by itself, and that nobody has signed', '自动派出且单位尚未签收的工单'),
  is('an order that its unit returned', '单位已申请退单的工单'),
  is('a decision on the return', '先审核退单'),
  is('one that went by itself, at which nobody has looked', '自动派出且尚未核对的工单'),
  is('one that no person has decided', '尚未经人工决定的工单'),
  is('an order that a person dispatched', '由人工派出的工单'),
]
