import { placeTime } from '../../city/index.ts'
import { digitOf, numberIn, numeral } from './numerals.ts'
import {
  clauseAfter,
  clauseAround,
  clauseBefore,
  type FieldProposal,
  flat,
  isDenied,
  isTakenBack,
  proposalAt,
} from './proposal.ts'

export type TimeNeeds = {
  /** Wall time, ms since 1970. */
  readonly nowMs: number
  /** IANA, as Asia/Shanghai: in it "yesterday" is told. */
  readonly timeZone: string
}

type Found = { readonly value: string; readonly from: number; readonly to: number; readonly strength: number }
type Day = { readonly date: string; readonly minute: number }

const dayMs = 86_400_000
const moved = (date: string, days: number) =>
  new Date(Date.parse(`${date}T00:00Z`) + days * dayMs).toISOString().slice(0, 10)
const monthsBefore = (date: string, months: number) => {
  const month = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 - months
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
}
const two = (value: number) => String(value).padStart(2, '0')

/** When a part of a day begins, and whether its hours are those after noon. */
const parts: Readonly<Record<string, { readonly hour: number; readonly isLate: boolean }>> = {
  凌晨: { hour: 0, isLate: false },
  清晨: { hour: 5, isLate: false },
  早晨: { hour: 5, isLate: false },
  一大早: { hour: 5, isLate: false },
  大清早: { hour: 5, isLate: false },
  一早: { hour: 5, isLate: false },
  早上: { hour: 5, isLate: false },
  上午: { hour: 8, isLate: false },
  中午: { hour: 11, isLate: true },
  下午: { hour: 12, isLate: true },
  傍晚: { hour: 17, isLate: true },
  晚上: { hour: 18, isLate: true },
  夜里: { hour: 20, isLate: true },
  半夜: { hour: 0, isLate: false },
}
const part = Object.keys(parts).join('|')
/** 十点半, 十点一刻, 十点二十: what is cut off would be another time. */
const minutes =
  '半|钟|一刻|三刻|(?:[零〇][一二三四五六七八九]|[二三四五]?十[一二三四五六七八九]?|\\d{1,2})分?(?![\\d多来几户个人天度年月])'
const hour = `(?:(${numeral})(?:点|时)(${minutes})?)?`
const dayNames: Readonly<Record<string, number>> = {
  大前天: 3,
  前天: 2,
  前日: 2,
  前儿: 2,
  昨天: 1,
  昨日: 1,
  昨儿: 1,
  今天: 0,
  今日: 0,
  今儿: 0,
}
const shortParts: Readonly<Record<string, readonly [days: number, part: string]>> = {
  昨晚: [1, '晚上'],
  昨夜: [1, '夜里'],
  前晚: [2, '晚上'],
  今早: [0, '早上'],
  今晨: [0, '早上'],
  今晚: [0, '晚上'],
}

const dayPattern = new RegExp(`(${Object.keys(dayNames).join('|')})个?(?:的)?(${part})?${hour}`, 'g')
const shortPattern = new RegExp(`(${Object.keys(shortParts).join('|')})上?${hour}`, 'g')
const weekday = new RegExp(
  `(上上|上|这|本)?个?(?:周|星期|礼拜)([一二三四五六日天])(?:的)?(${part})?${hour}`,
  'g',
)
const coarse =
  /(上上?|这|本)个?(周|星期|礼拜|月)(?![一二三四五六日天\d])|(?:去年|前年)(?:春天|夏天|秋天|冬天)?|今年(?![一二三四五六七八九十\d])/g
const monthDay =
  /(?:(今年|去年))?(\d{1,2}|十[一二]?|[一二三四五六七八九])月(?:份|(\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?:号|日))?/g
const lasting = new RegExp(
  `(${numeral}|半|大半|俩|仨)(个半|个)?(多)?(天|周|星期|礼拜|月|年|小时|钟头)(多|半(?!夜))?`,
  'g',
)

const strong = /(从|自从|自|打|打从)$/
const strongAfter = /^(开始|起|以来|到现在|至今|就(?!这样|这么|是这|如此|那样))/
/** What somebody did at that time, and what was promised for it: no time since which something is wrong. */
const elsewhere =
  /打过|打了电话|打的电话|打电话|反映|反应过|投诉|举报|报修|报过|联系|找过|找了|问过|答应|承诺|保证|说好|说是|说要|说了|就说|说修|说能|说会|回复|预约|通知|登记|申请|提交|办了|办的|办过|寄|买的|买了|住了|租了|结婚|退休|工作了|干了|交了|缴了|交的|签|来电|想问|咨询|请问|要来|会来|恢复|修好|过期|到期|毕业|生的|才知道|见过|^说|回访|来过|去过|通的|发的|发过|还好好|没事|最后一次|出生|出差|请假|老家|(?<![下上过进出掉])去了|搬来|搬到|说(这|今|上|下)/
const coming =
  /^(不退|不换|不能|才能|包退|包换|无理由|内|之内|以内|后|之后|以后|一次|一回|一趟|两头|打鱼|一换|之前必须)/

/** 从下个月开始，十二月一号. */
const comingSoon = /明天|后天|下周|下个?(月|星期|礼拜)|明年/
/** 昨天走丢了，后来找着了. */
const ended = /(后来|现在|已经|又)[^,，。]{0,4}(找着|找到|回来|修好|解决|恢复|好)了/

/**
 * Since when something is wrong, told from now: `2026-11-28`, `2026-11-28 晚上`, `2026-11-28 20:00`, a week as its first and
 * last day, a month as `2026-10`, a year as `2025`; as exact as it was said. Nothing that is to come, and nothing that
 * somebody did or promised at the time. One at most: the clearest.
 */
export function readSince(text: string, { nowMs, timeZone }: TimeNeeds): readonly FieldProposal[] {
  const written = flat(text)
  const now = placeTime(nowMs, timeZone)
  const found = [
    ...daysIn(written, now),
    ...weekdaysIn(written, now),
    ...coarseIn(written, now),
    ...datesIn(written, now),
    ...yearsIn(written, now),
    ...lastingIn(written, now, nowMs, timeZone),
  ]
  const told = found.flatMap(one => {
    const { before, after } = clauseAround(written, one.from, one.to)
    const isFrom = strong.test(before) && !/^(到|至)(?!现在|今|如今)/.test(after)
    const isStrong = isFrom || strongAfter.test(after)
    if (
      isDenied(before) ||
      coming.test(after) ||
      /^(的时候)?(还|都)?好好的|^的(?!时候)(?![停断坏漏堵]|没)/.test(after)
    )
      return []
    if (
      /到$|至$|明天|后天|下周|下个?月|明年|超过$|不到$|不满$|满$/.test(before) ||
      isTakenBack(written, one.to)
    )
      return []
    if (comingSoon.test(clauseBefore(written, one.from)) || ended.test(after + clauseAfter(written, one.to)))
      return []
    if (!isFrom && (elsewhere.test(before) || elsewhere.test(after) || /说$/.test(before))) return []
    if (one.strength === 0 && !isStrong) return []
    return [{ ...one, strength: one.strength + (isFrom ? 3 : isStrong ? 1 : 0) }]
  })
  const [best] = told.toSorted((one, other) => other.strength - one.strength || one.from - other.from)
  return best ? [proposalAt('since', best.value, text, best.from, best.to)] : []
}

function timeOf(date: string, name: string | undefined, hour: string | undefined, half: string | undefined) {
  const given = hour === undefined ? undefined : numberIn(hour)
  const at = name === undefined ? undefined : parts[name]
  // 昨天夜里两点 is of today as well as of yesterday: what is sure of it is the night.
  const isNight = ['晚上', '夜里', '半夜'].includes(name ?? '') && (given ?? 12) < 6
  if (given === undefined || at === undefined || given > 24 || isNight)
    return { value: name ? `${date} ${name}` : date, hour: at?.hour ?? 0 }
  const isLate = at.isLate && given < 12 && !(name === '中午' && given >= 11)
  const clock = isLate ? given + 12 : given % 24
  return { value: `${date} ${two(clock)}:${two(minutesOf(half))}`, hour: clock }
}

const minutesOf = (said: string | undefined): number => {
  const named: Readonly<Record<string, number>> = { 半: 30, 钟: 0, 一刻: 15, 三刻: 45 }
  return said === undefined ? 0 : (named[said] ?? numberIn(said.replace(/分$/, '')) ?? 0)
}

function daysIn(text: string, now: Day): readonly Found[] {
  const isComing = (days: number, from: number) => days === 0 && from * 60 > now.minute
  const long = [...text.matchAll(dayPattern)].flatMap(match => {
    const [whole, day = '', name, figure, half] = match
    const days = dayNames[day]!
    const { value, hour } = timeOf(moved(now.date, -days), name, figure, half)
    if (isComing(days, hour)) return []
    // 昨天八点 may be either: what is sure of it is the day.
    const isWhole = name !== undefined && (figure === undefined || value.includes(':'))
    const length = isWhole
      ? whole.length
      : name === undefined
        ? day.length
        : whole.indexOf(name) + name.length
    return [
      {
        value,
        from: match.index,
        to: match.index + length,
        strength: days === 0 && name === undefined ? 0 : 1,
      },
    ]
  })
  const short = [...text.matchAll(shortPattern)].flatMap(match => {
    const [whole, day = '', figure, half] = match
    const [days, name] = shortParts[day]!
    const { value, hour } = timeOf(moved(now.date, -days), name, figure, half)
    return isComing(days, hour)
      ? []
      : [
          {
            value,
            from: match.index,
            to: match.index + (value.includes(':') || figure === undefined ? whole.length : day.length),
            strength: 1,
          },
        ]
  })
  return [...long, ...short]
}

function weekdaysIn(text: string, now: Day): readonly Found[] {
  const today = (new Date(`${now.date}T00:00Z`).getUTCDay() + 6) % 7
  return [...text.matchAll(weekday)].flatMap(match => {
    const [whole, which, name = '', dayPart, figure, half] = match
    if (text[match.index - 1] === '每' || text[match.index - 1] === '下') return []
    const day = name === '天' ? 6 : '一二三四五六日'.indexOf(name)
    const weeks = which === '上上' ? 14 : which === '上' ? 7 : 0
    const back = today - day + weeks
    // 周三 without more is the last one, if it began then.
    const days = which === undefined && back < 0 ? back + 7 : back
    if (days < 0) return []
    return [
      {
        value: timeOf(moved(now.date, -days), dayPart, figure, half).value,
        from: match.index,
        to: match.index + whole.length,
        strength: which ? 1 : 0,
      },
    ]
  })
}

function coarseIn(text: string, now: Day): readonly Found[] {
  const today = (new Date(`${now.date}T00:00Z`).getUTCDay() + 6) % 7
  return [...text.matchAll(coarse)].flatMap(match => {
    const [whole, which, unit] = match
    const at = { from: match.index, to: match.index + whole.length }
    if (unit === undefined) {
      const years = { 去年: 1, 前年: 2, 今年: 0 }[whole.slice(0, 2)] ?? 0
      return [{ ...at, value: String(Number(now.date.slice(0, 4)) - years), strength: 0 }]
    }
    const back = which === '上上' ? 2 : which === '上' ? 1 : 0
    if (unit === '月') return [{ ...at, value: monthsBefore(now.date, back), strength: 0 }]
    const monday = moved(now.date, -today - 7 * back)
    return [{ ...at, value: `${monday}/${moved(monday, 6)}`, strength: 0 }]
  })
}

const soonDays = 45

function datesIn(text: string, now: Day): readonly Found[] {
  return [...text.matchAll(monthDay)].flatMap(match => {
    const [whole, which, monthName = '', dayName] = match
    const [month, day] = [numberIn(monthName), dayName === undefined ? undefined : numberIn(dayName)]
    const isGlued = /[\d个零一二三四五六七八九十年]$/.test(text.slice(0, match.index)) && which === undefined
    if (month === undefined || month < 1 || month > 12 || isGlued) return []
    if (dayName === undefined && which === undefined && !whole.endsWith('份')) return []
    const thisYear = Number(now.date.slice(0, 4))
    const dateIn = (year: number) => `${year}-${two(month)}${day === undefined ? '' : `-${two(day)}`}`
    const isComing = dateIn(thisYear) > now.date.slice(0, day === undefined ? 7 : 10)
    if (which === '今年' && isComing) return []
    const value = dateIn(which === '去年' || (which === undefined && isComing) ? thisYear - 1 : thisYear)
    if (day !== undefined && !isDate(value)) return []
    // 十二月一号 at the end of November is the one to come.
    if (isComing && which === undefined && day !== undefined && dateIn(thisYear) <= moved(now.date, soonDays))
      return []
    return [{ value, from: match.index, to: match.index + whole.length, strength: 1 }]
  })
}

const yearMonth =
  /(20\d{2}|二[零〇][零〇一二三四五六七八九]{2})年(?:(\d{1,2}|十[一二]?|[一二三四五六七八九])月(?:份|(\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?:号|日))?)?/g

/** 2023年五月, with its year. */
function yearsIn(text: string, now: Day): readonly Found[] {
  return [...text.matchAll(yearMonth)].flatMap(match => {
    const [whole, year = '', monthName, dayName] = match
    const [month, day] = [monthName, dayName].map(name => (name === undefined ? undefined : numberIn(name)))
    const written = [...year].map(digitOf).join('')
    const value = [written, month && two(month), day && two(day)].filter(part => part !== undefined).join('-')
    if (value > now.date.slice(0, value.length) || (month ?? 1) > 12 || (month !== undefined && month < 1))
      return []
    if (day !== undefined && !isDate(value)) return []
    const strength = month === undefined ? 0 : 1
    return [{ value, from: match.index, to: match.index + whole.length, strength }]
  })
}

const isDate = (date: string) => {
  const atMs = Date.parse(`${date}T00:00Z`)
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().slice(0, 10) === date
}

const isGoing = /(已经|已|都|快|整整|连续|持续|足足|停水|停电|停气|停暖|断水|断电|坏了|堵了|漏了|停了|断了)$/
const hasGone = /^(了|以前|之前|前|以来|来(?!一|了?两?[趟回次])|没|不|都没|都不|还没|一直)/

/** 三天了, 停水两天, 半个月前; a place in the calendar that is as exact as the unit. */
function lastingIn(text: string, now: Day, nowMs: number, timeZone: string): readonly Found[] {
  return [...text.matchAll(lasting)].flatMap(match => {
    const [whole, figure = '', joint, some, unit = '', tail] = match
    const [before, after] = [text.slice(0, match.index), text.slice(match.index + whole.length)]
    if (
      /[几数好第每\d.零一二三四五六七八九十百千点上下这半]$/.test(before) ||
      /岁|号$/.test(before.slice(-1))
    )
      return []
    if (!isGoing.test(before) && !hasGone.test(after)) return []
    // 停了三小时: of a car that is parked it is no trouble.
    if (/停了$/.test(before) && /停车|车位|收费|泊车/.test(text)) return []
    // 半天 is a while, 一天没 may be any day, and what lives or works there for years is no trouble.
    if (
      (figure === '半' && unit === '天') ||
      /(住|干|工作|结婚|退休|租|用|买|开|待|怀孕|怀|交|缴|学)了?(快|都|已经)*$/.test(before) ||
      (/小时|钟头/.test(unit) &&
        /(排|等|坐|站|走|找|堵|骑|绕|挂|耗)了?(队|号|车|人)?(快|都|已经|足足)*$/.test(before))
    )
      return []
    // 二十多天: of days no day is meant. 一年不到十万 is no time.
    const isMore = some !== undefined || tail === '多'
    if (isMore && (!['月', '年'].includes(unit) || figure === '半')) return []
    if (/^(不到|不够|多少)[\d一二三四五六七八九十百]/.test(after)) return []
    const half = joint === '个半' || tail === '半' ? 0.5 : 0
    const count = figure === '半' || figure === '大半' ? 0.5 : numberIn(figure)
    if (
      count === undefined ||
      (['月', '年'].includes(unit) && unit === '月' && joint === undefined && !/[俩仨]/.test(figure))
    )
      return []
    const value = momentBefore(now, nowMs, timeZone, count + half, unit)
    return value === undefined
      ? []
      : [{ value, from: match.index, to: match.index + whole.length, strength: 2 }]
  })
}

function momentBefore(
  now: Day,
  nowMs: number,
  timeZone: string,
  count: number,
  unit: string,
): string | undefined {
  if (unit === '小时' || unit === '钟头') {
    const { date, minute } = placeTime(nowMs - count * 3_600_000, timeZone)
    return `${date} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`
  }
  if (unit === '天') return moved(now.date, -Math.round(count))
  if (unit === '月') return count < 1 ? moved(now.date, -15) : monthsBefore(now.date, Math.floor(count))
  if (unit === '年')
    return count < 1 ? monthsBefore(now.date, 6) : String(Number(now.date.slice(0, 4)) - Math.floor(count))
  return moved(now.date, -Math.round(count * 7))
}
