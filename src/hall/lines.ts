import { calendarTrouble } from '../city/index.ts'
import {
  type Clock,
  Fault,
  type Log,
  newSecret,
  type Part,
  sidePart,
  withDeadline,
} from '../foundation/index.ts'
import { type MediaPool, mediaFigures, startMedia } from '../media/index.ts'
import { handlerPhones } from '../orders/index.ts'
import { reachRulesOf, type Settings, sipTlsPlaceOf } from '../settings/index.ts'
import { checkWire, type Sipd, type SipdOptions, startSipd } from '../sipd/index.ts'
import { databasePart } from '../storage/index.ts'
import {
  type BrowserLine,
  createRegistrar,
  createTrust,
  type Destination,
  type DialOptions,
  guardReach,
  type Line,
  openBrowserLine,
  openSipLine,
  openTwilioLine,
  type SipLineOptions,
  type SipServerAddress,
  sipMethods,
  type TwilioLine,
} from '../telephony/index.ts'
import type { DialWay, HouseFlows, HouseLines, LineNeeds, Parts, Ways } from './parts.ts'
import type { Add } from './rooms.ts'

export type Switchboard = DialWay & {
  /** Connects the lines to ring by. */
  connect(ways: Ways): void
}

/**
 * One way to dial anybody the service may ring; the destination decides the line.
 * @param guard wraps every dial with the rules of whom we may ring
 */
export function createSwitchboard(guard: (way: DialWay) => DialWay): Switchboard {
  let ways: Ways | undefined
  const wayTo = (to: Destination): DialWay => {
    if (!ways)
      throw new Fault({ code: 'line-down', place: 'lines', found: 'no line yet', expected: 'a line' })
    if (to.kind === 'number' || /^tel:/i.test(to.contact)) return ways.numbers
    return to.contact.startsWith('browser:') ? ways.browser : ways.sip
  }
  const way = guard({ dial: async (to: Destination, options: DialOptions) => wayTo(to).dial(to, options) })
  return {
    ...way,
    connect(lines) {
      ways = lines
    },
  }
}

/** The rules of whom the service may ring or write to, applied to dialling and texts. */
export function openReach(parts: Parts<HouseFlows, HouseLines>, add: Add) {
  const { settings, city, orderRules, database, clock, https } = parts
  const trouble = () => sidePart('calendar', calendarTrouble(clock.now(), city))
  add({ health: async () => [await databasePart(database), trouble()] })
  if (https)
    add({ health: () => [sidePart('certificate', https.trouble())], close: async () => https.close() })
  const reach = add(
    guardReach(
      reachRulesOf(settings, city, () => handlerPhones(orderRules)),
      parts,
    ),
  )
  return {
    switchboard: createSwitchboard(reach.dialing),
    texts: reach.sending(parts.texts),
    reaches: reach.reaches,
  }
}

/** The digest realm in which seats' phones authenticate. */
export const realm = 'jieting'

/** drachtio-server's control port when DRACHTIO_URL names none. */
const controlPort = 9022

export type RealLines = HouseLines & {
  readonly browser: BrowserLine
  /** Where SIP is listened for, for example udp/127.0.0.1:5060; undefined until a server has said so. */
  listensOn(): string | undefined
  /** 0 when the SIP server is another program. */
  readonly sipPort: number
}

/** The lines that the settings name, over real sockets: SIP, browser and Twilio. */
export async function openLines(settings: Settings, needs: LineNeeds): Promise<RealLines> {
  const { desk, asideOf, captions, journal, silence, shares, city, clock, log, onCall, onFailure } = needs
  const media = await openMedia(settings, { clock, log })
  const server = await openSipServer(settings, { clock, log })
  // A registration by a seat's phone sets the seat's contact at the desk.
  const registrar = createRegistrar({
    realm,
    clock,
    log,
    credentialsOf: desk.credentials,
    onContact: desk.setContact,
  })
  const leaving = new AbortController()
  const draining = leaving.signal
  const shared = { media, clock, log, journal, silence, draining, shares, onCall, onFailure }
  const sip = openSipLine({
    ...shared,
    server: server.address,
    registrar,
    asideOf,
    home: city,
    ...waysOf(settings),
  })
  if (!server.own) await firstUp(sip, clock)
  const browser = openBrowserLine({
    ...shared,
    captionsOf: call => captions.turnOn(call, false)?.link,
    // A seat's open page is rung first; without it, a registered phone is next best.
    onSeat: (seat, contact) => desk.setContact(seat, contact ?? registrar.contactOf(seat)),
  })
  const twilio = await openTwilio(settings, needs, media, draining)
  const all = [sip, browser, ...(twilio ? [twilio] : [])]
  return {
    all,
    browser,
    ways: {
      sip,
      browser,
      numbers:
        settings.SIP_TRUNK === undefined && settings.TWILIO_ACCOUNT_SID !== undefined ? (twilio ?? sip) : sip,
    },
    sockets: [browser.mount, ...(twilio?.sockets ?? [])],
    requests: twilio?.requests ?? [],
    figures: mediaFigures(media),
    health: () => [
      { part: 'media', needed: true, up: media.workers().some(worker => worker.isAlive()) },
      ...all.map(line => partOf(line)),
      ...(server.own?.sipTlsPort ? [sidePart('sip-certificate', server.own.trouble())] : []),
      ...(draining.aborted ? [stopping] : []),
    ],
    drain: () => leaving.abort(),
    farewell: sip.farewell,
    listensOn: () => (server.own ? placesOf(server.own) : sip.listensOn()),
    sipPort: server.own?.sipPort ?? 0,
    async close() {
      await Promise.all(all.map(line => line.close()))
      registrar.close()
      await server.own?.close()
      await media.close()
    },
  }
}

const placesOf = ({ sipAddress, sipPort, sipTlsPort }: Sipd) =>
  `udp/${sipAddress}:${sipPort}${sipTlsPort === undefined ? '' : `,tls/${sipAddress}:${sipTlsPort}`}`

/** Tells load balancers to send calls elsewhere. */
const stopping: Part = { part: 'hotline', needed: true, up: false, reason: 'stops: no new calls are taken' }

/** A running SIP server answers at once, so the start waits this long to print where to ring, and no longer. */
const firstUpMs = 2_000

function firstUp(line: Line, clock: Clock): Promise<void> {
  const up = new Promise<void>(resolve => void line.notices.on('up', () => resolve()))
  return withDeadline(clock, firstUpMs, up, () => new Error('away')).catch(() => undefined)
}

const partOf = (line: Line): Part => ({
  part: line.name,
  needed: true,
  up: line.isUp(),
  reason: line.isUp() ? undefined : 'no SIP server',
})

const openMedia = (settings: Settings, dependencies: { readonly clock: Clock; readonly log: Log }) =>
  startMedia({
    ...dependencies,
    workers: settings.MEDIA_WORKERS,
    bindAddress: settings.MEDIA_HOST,
    advertisedAddress: settings.MEDIA_ADVERTISED,
    portRange: [settings.MEDIA_PORT_MIN, settings.MEDIA_PORT_MAX],
    mediaTimeoutMs: settings.MEDIA_TIMEOUT_SECONDS * 1000,
    // The caller's leg and the seat's.
    maxPorts: settings.MAX_CALLS * 2,
  })

/**
 * The SIP server to use: the one that DRACHTIO_URL names, or else an embedded one.
 * @returns `own` only for the embedded server, which we must close
 */
async function openSipServer(
  settings: Settings,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Promise<{ readonly address: SipServerAddress; readonly own?: Sipd; readonly tls?: SipdOptions['tls'] }> {
  if (settings.DRACHTIO_URL !== undefined) {
    const { hostname: host, port } = new URL(settings.DRACHTIO_URL)
    return { address: { host, port: Number(port || controlPort), secret: settings.DRACHTIO_SECRET ?? '' } }
  }
  const secret = newSecret()
  const own = await startSipd({
    clock,
    log,
    secret,
    controlPort: 0,
    sipAddress: settings.SIP_HOST,
    sipPort: settings.SIP_PORT,
    tls: tlsOf(settings),
    trusts: createTrust(settings.TRUSTED_PEERS, settings.SIP_TRUNK, log),
    methods: sipMethods,
  })
  return { address: { host: '127.0.0.1', port: own.controlPort, secret, isEmbedded: true }, own }
}

/**
 * Whether the embedded SIP server, if used, can listen where the settings say. @throws Fault naming the setting to
 * change
 */
export async function checkSipPlace(settings: Settings, clock: Clock): Promise<void> {
  const { SIP_HOST: sipAddress, SIP_PORT: sipPort } = settings
  if (settings.DRACHTIO_URL === undefined)
    await checkWire({ sipAddress, sipPort, tls: tlsOf(settings) }, clock)
}

/** TLS options of the embedded SIP server; undefined without a TLS port. */
function tlsOf(settings: Settings): SipdOptions['tls'] {
  const [port, place] = [settings.SIP_TLS_PORT, sipTlsPlaceOf(settings)]
  return port === undefined || !place ? undefined : { port, place, authoritiesFile: settings.SIP_TLS_CA }
}

/** The SIP line's options for its trunk and peers. */
function waysOf(settings: Settings): Pick<SipLineOptions, 'trunk' | 'trustedPeers' | 'ringWithinMs'> {
  const { SIP_TRUNK: uri, SIP_TRUNK_USER: username, SIP_TRUNK_PASSWORD: password } = settings
  const { SIP_TRUNK_NUMBER_FORM: numberForm } = settings
  return {
    trunk: uri === undefined ? undefined : { uri, username, password, numberForm },
    trustedPeers: settings.TRUSTED_PEERS,
    ringWithinMs: settings.SIP_RING_WITHIN_SECONDS * 1000,
  }
}

/**
 * The Twilio line, if the settings hold its token and a public URL; with an account and a caller number it dials
 * out, too.
 */
async function openTwilio(
  settings: Settings,
  needs: LineNeeds,
  media: MediaPool,
  draining: AbortSignal,
): Promise<TwilioLine | undefined> {
  const {
    PUBLIC_URL: publicUrl,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_CALLER_ID: callerId,
    TWILIO_API_URL: apiUrl,
    TWILIO_CALLS_PER_SECOND: callsPerSecond,
  } = settings
  if (authToken === undefined || publicUrl === undefined) return undefined
  const { journal, shares, city, database, clock, log, onCall, onFailure } = needs
  return openTwilioLine({
    media,
    clock,
    log,
    journal,
    home: city,
    onCall,
    onFailure,
    authToken,
    publicUrl,
    draining,
    shares,
    out:
      accountSid === undefined || callerId === undefined
        ? undefined
        : { accountSid, callerId, apiUrl, callsPerSecond, database },
  })
}
