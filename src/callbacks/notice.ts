import { type City, filledIn, placeTime } from '../city/index.ts'
import type { Callback } from './callback.ts'

type Noted = Pick<Callback, 'language' | 'invitedAtMs' | 'tries'>

/**
 * The text to somebody whom we did not reach, in English or else Chinese. It holds nothing private, since others
 * may read it.
 */
export function gaveUpText(
  { language, invitedAtMs, tries }: Noted,
  { timeZone, texts }: Pick<City, 'timeZone' | 'texts'>,
): string {
  const { date } = placeTime(invitedAtMs, timeZone)
  const [, month = '', day = ''] = date.split('-').map(Number).map(String)
  const isEnglish = /^en\b/.test(language)
  return filledIn(texts.notReached[isEnglish ? 'en' : 'zh-CN'], {
    date: isEnglish ? date : `${month}月${day}日`,
    times: String(tries.length),
  })
}

/** The text to those who watch over callbacks; it holds no citizen's number. */
export const lateText = (
  { invitedAtMs }: Pick<Noted, 'invitedAtMs'>,
  { timeZone, texts: { staff } }: Pick<City, 'timeZone' | 'texts'>,
): string => {
  const { minute } = placeTime(invitedAtMs, timeZone)
  const time = [Math.floor(minute / 60), minute % 60].map(part => String(part).padStart(2, '0')).join(':')
  return filledIn(staff.lateCallback[staff.language], { time })
}
