import type { Calendar } from '../city/index.ts'
import type { VoiceLanguage } from '../speech/index.ts'

/** The time by which we ring, as people say it: 今天15点45分. Hour 24 is midnight at the end of the day. */
type Words = (due: { readonly isToday: boolean; readonly isTomorrow: boolean } & Clock) => string
type Clock = {
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
}

const inChinese =
  (today: string, tonight: string, tomorrow: string, nextNight: string): Words =>
  ({ isToday, isTomorrow, month, day, hour, minute }) => {
    if (hour === 24 && (isToday || isTomorrow)) return `${isToday ? tonight : nextNight}12点`
    const date = isToday ? today : isTomorrow ? tomorrow : `${month}月${day}日`
    return `${date}${hour}点${minute === 0 ? '' : `${minute}分`}`
  }
const months = 'January February March April May June July August September October November December'.split(
  ' ',
)

const wordsIn: Readonly<Record<string, Words>> = {
  'zh-CN': inChinese('今天', '今晚', '明天', '明晚'),
  yue: inChinese('今日', '今晚', '听日', '听晚'),
  en({ isToday, isTomorrow, month, day, hour, minute }) {
    const named = `${day} ${months[month - 1]}`
    if (hour === 24) return `the end of ${isToday ? 'today' : isTomorrow ? 'tomorrow' : named}`
    const date = isToday ? 'today' : isTomorrow ? 'tomorrow' : `on ${named}`
    return `${hour}:${String(minute).padStart(2, '0')} ${date}`
  },
}

const dayMs = 86_400_000

/** Undefined for a language without such words here; the prompt that needs them is then left out. */
export function dueWords(
  language: VoiceLanguage,
  { nowMs, dueAtMs }: { readonly nowMs: number; readonly dueAtMs: number },
  calendar: Calendar,
): string | undefined {
  const isMidnight = calendar(dueAtMs).minute === 0
  const { date, minute } = calendar(isMidnight ? dueAtMs - 1 : dueAtMs)
  const [, month = 0, day = 0] = date.split('-').map(Number)
  return wordsIn[language]?.({
    isToday: date === calendar(nowMs).date,
    isTomorrow: date === calendar(nowMs + dayMs).date,
    month,
    day,
    hour: isMidnight ? 24 : Math.floor(minute / 60),
    minute: isMidnight ? 0 : minute % 60,
  })
}
