import { placeTime } from '../city/place-time.ts'
import { language } from './language.ts'

const deviceZone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** The house writes the city's zone into each page that it serves; a page from elsewhere has the device's alone. */
export const cityZone = document.documentElement.dataset.timeZone ?? deviceZone

const forms = {
  /** 1月5日 10:00 */
  day: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
  /** 2026/1/5 10:00 */
  date: { year: 'numeric', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit' },
  hour: { hour: '2-digit', minute: '2-digit' },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>

/** A time as clocks in the city show it, with the zone where this device's clock shows another. */
export function cityTime(atMs: number, form: keyof typeof forms = 'day'): string {
  return new Date(atMs).toLocaleString(language === 'en' ? 'en-GB' : 'zh-CN', {
    ...forms[form],
    hourCycle: 'h23',
    timeZone: cityZone,
    // Hours stand in rows under a head, which names the zone once.
    timeZoneName: form !== 'hour' && isElsewhere(atMs) ? 'short' : undefined,
  })
}

/** What a head over times says where this device's clock shows others: the zone, as GMT+8. */
export function zoneNote(atMs: number): string {
  if (!isElsewhere(atMs)) return ''
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: cityZone, timeZoneName: 'short' }).formatToParts(
    atMs,
  )
  return ` (${parts.find(({ type }) => type === 'timeZoneName')?.value ?? cityZone})`
}

function isElsewhere(atMs: number): boolean {
  const [there, here] = [placeTime(atMs, cityZone), placeTime(atMs, deviceZone)]
  return there.date !== here.date || there.minute !== here.minute
}
