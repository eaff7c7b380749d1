import { placeTime } from '../city/place-time.ts'

const forms = {
  /** 1月5日 10:00 */
  day: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
  /** 2026/1/5 10:00 */
  date: { year: 'numeric', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit' },
  /** 2026年1月5日, as a letter is dated */
  letter: { year: 'numeric', month: 'long', day: 'numeric' },
  hour: { hour: '2-digit', minute: '2-digit' },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>

export type TimeForm = keyof typeof forms

/** Whose clocks are shown, and what the clock of whoever reads shows. */
export type Zones = { readonly city: string; readonly device: string }

/** A time as clocks in the city show it, with the zone behind it where the reader's clock shows another. */
export function writtenTime(atMs: number, form: TimeForm, locale: 'zh-CN' | 'en-GB', zones: Zones): string {
  const written = new Date(atMs).toLocaleString(locale, {
    ...forms[form],
    hourCycle: 'h23',
    timeZone: zones.city,
  })
  // Hours stand in rows under a head, which names the zone once; a letter has the city's date.
  return form === 'hour' || form === 'letter' ? written : `${written}${zoneBehind(atMs, zones)}`
}

/** What stands behind a time, and in a head over times, where the reader's clock shows others: the zone, as GMT+8. */
export function zoneBehind(atMs: number, { city, device }: Zones): string {
  const [there, here] = [placeTime(atMs, city), placeTime(atMs, device)]
  if (there.date === here.date && there.minute === here.minute) return ''
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: city, timeZoneName: 'short' }).formatToParts(
    atMs,
  )
  return ` (${parts.find(({ type }) => type === 'timeZoneName')?.value ?? city})`
}
