/** What the clock on the wall of a place shows: the date, as 2026-01-05, and minutes since its midnight, 0 to 1439. */
export type PlaceTime = { readonly date: string; readonly minute: number }

const minuteMs = 60_000
const formats = new Map<string, Intl.DateTimeFormat>()

/** @param timeZone an IANA name, as Asia/Shanghai. */
export function placeTime(atMs: number, timeZone: string): PlaceTime {
  const [date = '', time = ''] = formatOf(timeZone).format(atMs).split(' ')
  return { date, minute: Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)) }
}

/**
 * The instant at which the clock of a place shows this, as 2026-01-05 or 2026-01-05 08:30; NaN when it is no time.
 * A time that a clock put forward passes over is taken as an hour later; one that comes twice is its first.
 */
export function instantOf(written: string, timeZone: string): number {
  const asUtcMs = Date.parse(`${written.length === 10 ? `${written}T00:00` : written.replace(' ', 'T')}Z`)
  if (Number.isNaN(asUtcMs)) return Number.NaN
  const aheadMs = (ms: number) => {
    const { date, minute } = placeTime(ms, timeZone)
    return Date.parse(`${date}T00:00Z`) + minute * minuteMs - Math.floor(ms / minuteMs) * minuteMs
  }
  // The zone's distances from UTC a day before and a day after: they differ on a day on which clocks are moved.
  const dayMs = 1440 * minuteMs
  const before = asUtcMs - aheadMs(asUtcMs - dayMs)
  const after = asUtcMs - aheadMs(asUtcMs + dayMs)
  return before + aheadMs(before) === asUtcMs ? before : after + aheadMs(after) === asUtcMs ? after : before
}

/** When the day of a place began that this instant is in. */
export const startOfDay = (atMs: number, timeZone: string): number =>
  instantOf(placeTime(atMs, timeZone).date, timeZone)

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  // Sweden writes 2026-01-05 08:30, which sorts by time.
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
