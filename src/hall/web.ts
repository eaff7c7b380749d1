import { createCalendar } from '../city/index.ts'
import {
  callbackRoutes,
  callerRoutes,
  callRoutes,
  captionRoutes,
  cityRoutes,
  currentIncidentRoutes,
  dialRoutes,
  evidenceRoutes,
  type FrontDesk,
  floorRoutes,
  flowRoutes,
  incidentRoutes,
  linkRoutes,
  openFrontDesk,
  orderRoutes,
  planningRoutes,
  readOrMakeSessionKey,
  seatRoutes,
  staffRoutes,
  surveyRoutes,
} from '../http/index.ts'
import type { Flows } from '../ivr/index.ts'
import { openPlanning } from '../planning/index.ts'
import type { Settings } from '../settings/index.ts'
import { createOpenId, openStaff } from '../staff/index.ts'
import type { BrowserLine } from '../telephony/index.ts'
import type { House } from './house.ts'
import type { HouseLines, Parts } from './parts.ts'
import { faults, figuresOf, healthOf, mountsOf } from './rooms.ts'
import { seatPhoneOf } from './seat-phones.ts'

type Foundations = Pick<Parts<Flows, HouseLines>, 'settings' | 'city' | 'database' | 'clock' | 'log'>
type OpenHouse = House<Flows, HouseLines & { readonly browser: BrowserLine }>

/** When somebody asks over HTTP, the room that it concerns answers. */
export async function openWeb(
  { settings, city, database, clock, log }: Foundations,
  house: OpenHouse,
  { pagesDir, apiToken }: { readonly pagesDir: string; readonly apiToken: string },
): Promise<FrontDesk> {
  const {
    callbacks,
    calls,
    callers,
    captioning,
    crowd,
    desk,
    floor,
    flows,
    incidents,
    lines,
    orders,
    reception,
    rooms,
    surveys,
  } = house
  const staff = openStaff({ database, clock, log, openId: openIdOf(settings) })
  const mounts = mountsOf(rooms)
  const planning = openPlanning({
    calls,
    desk,
    city,
    clock,
    names: async () => {
      const named = [...desk.seats(), ...(await staff.list())]
      return new Map(named.map(({ name, display }) => [name, display]))
    },
    // Where only an agent ends it, the states of seats tell.
    wrapUpSeconds: settings.SEAT_WRAP_UP_SECONDS === 'none' ? 0 : settings.SEAT_WRAP_UP_SECONDS,
  })
  const ofOrders = { orders, calendar: createCalendar(city), clock }
  const frontDesk = await openFrontDesk({
    host: settings.HTTP_HOST,
    port: settings.HTTP_PORT,
    publicUrl: settings.PUBLIC_URL,
    trustedProxies: settings.TRUSTED_PROXIES,
    sessionKey: await sessionKeyOf(settings),
    city,
    clock,
    log,
    staff,
    pagesDir,
    apiToken,
    api: [
      callRoutes({ calls }),
      captionRoutes({ captions: captioning.records }),
      seatRoutes({ desk, acts: floor.acts }),
      floorRoutes({ floor, desk, timeZone: city.timeZone }),
      incidentRoutes({ incidents }),
      callbackRoutes({ callbacks }),
      callerRoutes({ callers, city }),
      cityRoutes({ city }),
      dialRoutes({ dial: reception.dial, shortNumbers: settings.SHORT_NUMBERS }),
      flowRoutes({ flows, crowd }),
      orderRoutes(ofOrders),
      evidenceRoutes(ofOrders),
      planningRoutes({ planning }),
      staffRoutes({ staff }),
      surveyRoutes({ surveys }),
    ],
    open: [linkRoutes({ surveys }), currentIncidentRoutes({ incidents })],
    faults,
    figures: figuresOf(rooms),
    health: () => healthOf(rooms),
    mounts: { ...mounts, sockets: [...mounts.sockets, seatPhoneOf(lines.browser)] },
  }).catch(async (error: unknown) => {
    await staff.close()
    throw error
  })
  return {
    url: frontDesk.url,
    async close() {
      await frontDesk.close()
      await staff.close()
    },
  }
}

const sessionKeyOf = async ({ SESSION_KEY, DATA_DIR }: Settings) =>
  SESSION_KEY === undefined ? readOrMakeSessionKey(DATA_DIR) : Buffer.from(SESSION_KEY, 'base64url')

/** The city's own sign-in, where there is one. */
function openIdOf(settings: Settings) {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = settings
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return undefined
  return createOpenId({
    issuer,
    clientId,
    clientSecret,
    roleClaim: settings.OIDC_ROLE_CLAIM,
    roleOf: new Map(settings.OIDC_ROLES),
    nameClaim: settings.OIDC_NAME_CLAIM,
    unitClaim: settings.OIDC_UNIT_CLAIM,
  })
}
