import type { CityView } from '../city/api.ts'
import { instantOf } from '../city/index.ts'
import { Fault } from '../foundation/index.ts'
import type { Cli } from './cli.ts'

/** How clocks in the city show an instant. */
export type Times = {
  /** As 2026-01-05 10:00. */
  minute(atMs: number): string
  /** As 2026-01-05 10:00:00. */
  second(atMs: number): string
  /** Whose time it was so far, as a line below; none where this machine's clock shows the same. */
  note(): readonly string[]
  readonly timeZone: string
}

/** The zone is the house's to say: a terminal stands anywhere. */
export async function timesIn({ hotline, language, words }: Cli): Promise<Times> {
  const { name, english, timeZone } = await hotline.get<CityView>('/city')
  return timesOf(timeZone, zone => words.cityTime(language === 'en' ? english : name, zone))
}

export function timesOf(timeZone: string, tell: (zone: string) => string): Times {
  const shown = new Map<number, string>()
  // Sweden writes 2026-01-05 10:00:00, which nobody misreads.
  const second = (atMs: number) => {
    const text = new Date(atMs).toLocaleString('sv-SE', { timeZone })
    shown.set(atMs, text)
    return text
  }
  return {
    timeZone,
    second,
    minute: atMs => second(atMs).slice(0, 16),
    note() {
      const other = [...shown].find(([atMs, text]) => new Date(atMs).toLocaleString('sv-SE') !== text)
      return other ? ['', tell(`${timeZone}, ${distanceAt(other[0], timeZone)}`)] : []
    },
  }
}

/** `--from` as the city's clocks show it; undefined where nothing is given. @throws Fault `request-invalid` */
export async function fromTime(written: string | undefined, cli: Cli): Promise<number | undefined> {
  if (written === undefined) return undefined
  const atMs = /^\d{4}-\d\d-\d\d( \d\d:\d\d)?$/.test(written)
    ? instantOf(written, (await timesIn(cli)).timeZone)
    : Number.NaN
  if (!Number.isNaN(atMs)) return atMs
  throw new Fault({
    code: 'request-invalid',
    place: '--from',
    found: JSON.stringify(written),
    expected: 'a time, as 2026-01-05 08:30',
  })
}

/** As UTC+08:00. */
function distanceAt(atMs: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(atMs)
  return (parts.find(({ type }) => type === 'timeZoneName')?.value ?? '').replace('GMT', 'UTC')
}
