/** Local wall-clock time: the date, such as 2026-01-05, and the minutes since midnight, 0 to 1439. */
export type PlaceTime = { readonly date: string; readonly minute: number }

const minuteMs = 60_000
const formats = new Map<string, Intl.DateTimeFormat>()

/** @param timeZone an IANA name such as Asia/Shanghai */
export function placeTime(atMs: number, timeZone: string): PlaceTime {
  const [date = '', time = ''] = formatOf(timeZone).format(atMs).split(' ')
  return { date, minute: Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)) }
}

/**
 * The instant of a local time such as 2026-01-05 or 2026-01-05 08:30; NaN if the text is not a time. When clocks go
 * forward, a time that is skipped is taken as an hour later. When they go back, a time that occurs twice is the first.
 */
export function instantOf(written: string, timeZone: string): number {
  const asUtcMs = Date.parse(`${written.length === 10 ? `${written}T00:00` : written.replace(' ', 'T')}Z`)
  if (Number.isNaN(asUtcMs)) return Number.NaN
  const aheadMs = (ms: number) => {
    const { date, minute } = placeTime(ms, timeZone)
    return Date.parse(`${date}T00:00Z`) + minute * minuteMs - Math.floor(ms / minuteMs) * minuteMs
  }
  // Try the zone's offsets from UTC of a day before and a day after: they differ on a day on which clocks change.
  const dayMs = 1440 * minuteMs
  const before = asUtcMs - aheadMs(asUtcMs - dayMs)
  const after = asUtcMs - aheadMs(asUtcMs + dayMs)
  return before + aheadMs(before) === asUtcMs ? before : after + aheadMs(after) === asUtcMs ? after : before
}

/** Local midnight of the day that contains this instant. */
export const startOfDay = (atMs: number, timeZone: string): number =>
  instantOf(placeTime(atMs, timeZone).date, timeZone)

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  // The Swedish locale writes 2026-01-05 08:30, which sorts by time.
  const made = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  formats.set(timeZone, made)
  return made
}
