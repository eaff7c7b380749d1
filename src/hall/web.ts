import { createCalendar } from '../city/index.ts'
import { type FrontDesk, type Keys, openFrontDesk, subjectsOf } from '../http/index.ts'
import type { Flows } from '../ivr/index.ts'
import { closedListeners, noRecordings } from '../recordings/index.ts'
import { featuresOf } from '../settings/index.ts'
import type { BrowserLine } from '../telephony/index.ts'
import type { House } from './house.ts'
import type { HouseLines, Parts } from './parts.ts'
import { faults, figuresOf, healthOf, mountsOf } from './rooms.ts'
import { seatPhoneOf } from './seat-phones.ts'

type Foundations = Pick<
  Parts<Flows, HouseLines>,
  'settings' | 'retentionRules' | 'recordingRules' | 'clock' | 'log' | 'https'
>
type OpenHouse = House<Flows, HouseLines & { readonly browser: BrowserLine }>

/** Opens the front desk and connects each HTTP subject to its room. */
export async function openWeb(
  { settings, retentionRules, recordingRules, clock, log, https }: Foundations,
  house: OpenHouse,
  { pagesDir, keys }: { readonly pagesDir: string; readonly keys: Keys },
): Promise<FrontDesk> {
  const { captioning, city, floor, lines, programs, reception, rooms, staff, trail } = house
  const mounts = mountsOf(rooms)
  return openFrontDesk({
    host: settings.HTTP_HOST,
    port: settings.HTTP_PORT,
    operations:
      settings.OPERATIONS_PORT === undefined
        ? undefined
        : { host: settings.OPERATIONS_HOST, port: settings.OPERATIONS_PORT },
    publicUrl: settings.PUBLIC_URL,
    trustedProxies: settings.TRUSTED_PROXIES,
    https,
    sessionKeys: [house.sealKey, ...house.olderSealKeys],
    keys,
    city,
    clock,
    log,
    staff,
    programs,
    trail,
    pagesDir,
    closedPages: closedListeners(recordingRules ?? noRecordings).map(role => ({ role, href: '/recordings' })),
    apiToken: keys.apiToken(),
    ...subjectsOf({
      ...house,
      keys,
      city,
      clock,
      captions: captioning.records,
      acts: floor.acts,
      dial: reception.dial,
      shortNumbers: settings.SHORT_NUMBERS,
      timeZone: city.timeZone,
      calendar: createCalendar(city),
      features: featuresOf(settings, retentionRules, recordingRules ?? noRecordings),
    }),
    faults,
    figures: figuresOf(rooms),
    health: () => healthOf(rooms),
    mounts: { ...mounts, sockets: [...mounts.sockets, seatPhoneOf(lines.browser)] },
  })
}
