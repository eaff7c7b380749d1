import { language } from './language.ts'
import { type TimeForm, writtenTime, zoneBehind } from './written-time.ts'

const deviceZone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** The house writes the city's zone into each page that it serves; a page from elsewhere has the device's alone. */
export const cityZone = document.documentElement.dataset.timeZone ?? deviceZone

const zones = { city: cityZone, device: deviceZone }

/** A time as clocks in the city show it, with the zone behind it where this device's clock shows another. */
export const cityTime = (atMs: number, form: TimeForm = 'day'): string =>
  writtenTime(atMs, form, language === 'en' ? 'en-GB' : 'zh-CN', zones)

/** What a head over times says where this device's clock shows others: the zone, as GMT+8. */
export const zoneNote = (atMs: number): string => zoneBehind(atMs, zones)
