import { placeTime } from '../city/index.ts'
import type { Callback } from './callback.ts'

type Noted = Pick<Callback, 'language' | 'invitedAtMs' | 'tries'>

/** What somebody reads whom nobody reached, in their language where it is English, else in Chinese. Nobody else's secret stands in it. */
export function gaveUpText({ language, invitedAtMs, tries }: Noted, timeZone: string): string {
  const { date } = placeTime(invitedAtMs, timeZone)
  const [, month = '', day = ''] = date.split('-').map(Number).map(String)
  if (/^en\b/.test(language))
    return `12345 hotline: you rang us on ${date} and we could not take your call. We rang you back ${tries.length} times and did not reach you. If you still need us, please call 12345.`
  return `【12345热线】您${month}月${day}日的来电未能及时接听，我们回拨${tries.length}次未能联系上您。如仍需帮助，请再拨12345。`
}

/** What whoever watches over callbacks reads: no number of a citizen. */
export const lateText = ({ invitedAtMs }: Noted, timeZone: string): string => {
  const { minute } = placeTime(invitedAtMs, timeZone)
  const time = [Math.floor(minute / 60), minute % 60].map(part => String(part).padStart(2, '0')).join(':')
  return `【12345热线】有一个回拨超时：${time} 来电。请在坐席页“待回电”处理。`
}
