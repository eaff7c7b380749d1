import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createCallers } from './callers/index.ts'
import { placesOf, readCity } from './city/index.ts'
import { openDesk } from './desk/index.ts'
import { createLog, errorText, systemClock } from './foundation/index.ts'
import { openCaptioning } from './hall/captioned-calls.ts'
import { openFloorOffice, readAlong } from './hall/floor-office.ts'
import { flowActions, linksTo, openOrderStatus, openTexts } from './hall/flow-actions.ts'
import { flowNeeds } from './hall/flow-needs.ts'
import { frontDeskDoors } from './hall/front-desk.ts'
import { openReception } from './hall/incoming-calls.ts'
import { createSwitchboard, numbersBy } from './hall/lines.ts'
import { openOrderOffice } from './hall/orders-from-calls.ts'
import { openEars } from './hall/recognizers.ts'
import { openSeatOffice } from './hall/seat-phones.ts'
import { openSipServer, waysOf } from './hall/sip-server.ts'
import { openStaffOffice } from './hall/staff-office.ts'
import { openSurveyCalls } from './hall/survey-calls.ts'
import { keepTables, queues } from './hall/tables.ts'
import { openTwilio } from './hall/twilio-line.ts'
import { openVoice, speakFlows } from './hall/voices.ts'
import { welcome } from './hall/welcome.ts'
import { openFrontDesk, readOrMakeToken } from './http/index.ts'
import { type FlowSet, openFlows } from './ivr/index.ts'
import { openJobs } from './jobs/index.ts'
import { startMedia } from './media/index.ts'
import { readOrderRules, wordsOf } from './orders/index.ts'
import { readSettings } from './settings/index.ts'
import { holdMusic } from './speech/index.ts'
import { openDatabaseOrNone } from './storage/index.ts'
import {
  type BrowserLine,
  createJournal,
  createNode,
  createRegistrar,
  openBrowserLine,
  openSipLine,
  type SipLine,
} from './telephony/index.ts'

/** The realm that seats' phones prove their password in. */
const realm = 'jieting'

/** The built pages, the same seen from dist and from src. */
const pagesDir = fileURLToPath(new URL('../dist/web', import.meta.url))

/**
 * Brings the hotline up, floor by floor, and takes it down in the other order.
 * @param print told what a person wants to know while it starts.
 * @throws FaultList or Fault that names the setting or the place in a flow to mend
 */
export async function startHotline(
  env: Readonly<Record<string, string | undefined>>,
  print: (text: string) => void,
): Promise<{ readonly webUrl: string; readonly sipPort: number; close(): Promise<void> }> {
  const clock = systemClock
  const startedMs = clock.monotonicMs()
  const settings = readSettings(env)
  const { DATABASE_URL: url, DATA_DIR: dataDir } = settings
  const log = createLog(settings.LOG_LEVEL)
  const opened: (() => Promise<void> | void)[] = []
  const close = async () => {
    for (const shut of opened.splice(0).reverse()) await shut()
  }
  const open = <T>(thing: T, shut: (thing: T) => Promise<void> | void): T => {
    opened.push(() => shut(thing))
    return thing
  }

  try {
    const database = open(await openDatabaseOrNone({ url, dataDir, clock, log }), it => it.close())
    const jobs = open(openJobs({ database, queues, clock, log }), it => it.close())
    open(await keepTables(database, { jobs, clock, log, print }), stop => stop())
    const spillFolder = join(dataDir, 'spill')
    // When a process has died, the next one ends the calls that it left open.
    const node = open(createNode({ database, clock, log, alone: url === undefined, print }), it => it.close())
    void node.begin()
    const kept = open(createJournal({ database, clock, log, node: node.id, spillFolder }), it => it.close())
    const city = await readCity(settings.CITY_FILE)
    const callers = createCallers({ database, clock, log })
    const voice = await openVoice(settings, { clock, log })
    const prompts = open(voice.prompts, it => it.close())
    const prepare = (set: FlowSet) => speakFlows(prompts, set, print)
    const directory = settings.FLOWS_DIR
    const flows = open(await openFlows({ directory, database, clock, log, prepare, needs: flowNeeds }), it =>
      it.close(),
    )
    const rules = await readOrderRules(settings.ORDER_RULES_DIR, settings.ORDER_PROFILE)
    const ears = open(await openEars(settings, [...placesOf(city), ...wordsOf(rules)], { clock, log }), it =>
      it.close(),
    )
    const publicUrl = () => settings.PUBLIC_URL?.replace(/\/+$/, '') ?? frontDesk.url
    // When something happens to a call, whoever reads its captions sees it.
    const captioning = openCaptioning({
      ears,
      flows,
      prompts,
      journal: kept,
      database,
      clock,
      log,
      timeZone: city.timeZone,
      transcriptDays: settings.TRANSCRIPT_DAYS,
      spillFolder,
      publicUrl,
      isHeld: call =>
        desk.seats().some(({ name, caller }) => caller === call && desk.at(name)?.phase !== 'talking'),
    })
    open(captioning.keeper, it => it.close())
    const { captions, live } = captioning
    const { journal, whereabouts, crowd } = readAlong(captioning.journal)
    open(live, it => it.close())
    const media = open(
      await startMedia({
        workers: settings.MEDIA_WORKERS,
        bindAddress: settings.MEDIA_HOST,
        advertisedAddress: settings.MEDIA_ADVERTISED,
        portRange: [settings.MEDIA_PORT_MIN, settings.MEDIA_PORT_MAX],
        mediaTimeoutMs: settings.MEDIA_TIMEOUT_SECONDS * 1000,
        // A caller's leg and a seat's.
        maxPorts: settings.MAX_CALLS * 2,
        log,
        clock,
      }),
      it => it.close(),
    )
    const sipServer = open(await openSipServer(settings, { clock, log }), it => it.own?.close())
    const music = holdMusic()
    const desk = open(
      await openDesk({
        clock,
        log,
        journal,
        database,
        realm,
        music,
        leaseMs: settings.SEAT_RING_SECONDS * 1000,
        wrapUpMs: settings.SEAT_WRAP_UP_SECONDS * 1000,
        restMs: 10_000,
        capacity: settings.LINE_CAPACITY,
        // When the desk rings a seat, its line does; the phone shows who calls and why.
        async ringSeat({ seat, near, reason, signal }) {
          const answered = await switchboard.dial(
            { kind: 'seat', ...seat },
            {
              from: { number: near.caller || settings.CALLER_ID, name: reason },
              ringMs: settings.SEAT_RING_SECONDS * 1000,
              near,
              signal,
            },
          )
          captions.meets(near.id, answered)
          return answered
        },
      }),
      it => it.close(),
    )
    // When a seat's phone says where it is, the desk knows it.
    const registrar = open(
      createRegistrar({
        realm,
        clock,
        log,
        credentialsOf: desk.credentials,
        onContact: desk.setContact,
      }),
      it => it.close(),
    )
    const texts = openTexts(settings)
    // When an order is closed, its citizen is owed a call.
    const orderOffice = openOrderOffice({
      settings,
      rules,
      database,
      jobs,
      callers,
      journal: kept,
      texts,
      city,
      clock,
      log,
      owes: (tx, closed) => surveyCalls.surveys.owe(tx, closed),
      forgets: (tx, order) => surveyCalls.surveys.forget(tx, order),
    })
    const { orders, screens } = open(orderOffice, it => it.screens.close())
    // When a call is owed and its time has come, it is rung; what is answered goes to the order.
    const surveyCalls = await openSurveyCalls({
      settings,
      city,
      database,
      jobs,
      captions,
      texts,
      publicUrl,
      spillFolder,
      clock,
      log,
      reception: () => reception,
      way: () => switchboard,
      answered: async (tx, { atMs: _, ...answer }) => void (await orders.answered(tx, answer)),
    })
    const status = (await openOrderStatus(settings)) ?? { of: orders.statusOf }
    // When a call comes in, the reception leads it through a flow, and to the desk when a person is wanted.
    const reception = openReception({
      settings,
      flows,
      prompts,
      callers,
      desk,
      music,
      captions,
      actions: flowActions({ captions, texts, orders: status, links: linksTo({ captions, publicUrl }) }),
      city,
      journal,
      clock,
      log,
      way: () => switchboard,
    })
    const line: SipLine = open(
      openSipLine({
        server: sipServer.address,
        media,
        clock,
        log,
        journal,
        registrar,
        home: city,
        maxCalls: settings.MAX_CALLS,
        ...waysOf(settings),
        onCall: reception.onCall,
        onFailure: reception.onFailure,
      }),
      it => it.close(),
    )
    // When a seat's page is there to be rung, the desk knows it; a phone that has registered is next best.
    const browser: BrowserLine = open(
      openBrowserLine({
        media,
        clock,
        log,
        journal,
        maxCalls: settings.MAX_CALLS,
        onCall: reception.onCall,
        onFailure: reception.onFailure,
        captionsOf: call => captions.turnOn(call)?.link,
        onSeat: (seat, contact) => desk.setContact(seat, contact ?? registrar.contactOf(seat)),
      }),
      it => it.close(),
    )
    const twilio = openTwilio(settings, { ...reception, home: city, media, clock, log, journal, database })
    if (twilio) open(twilio, it => it.close())
    const lines = [line, browser, ...(twilio ? [twilio] : [])]
    const switchboard = createSwitchboard({ sip: line, browser, numbers: numbersBy(settings, line, twilio) })
    const seatOffice = openSeatOffice({
      settings,
      desk,
      callers,
      captions,
      database,
      browser,
      way: switchboard,
      clock,
      log,
    })
    open(seatOffice.screens, it => it.close())
    const floor = open(openFloorOffice({ city, desk, database, stored: kept, whereabouts, clock, log }), it =>
      it.close(),
    )
    const pages = [live.mount, ...seatOffice.mounts, floor.mount, screens.mount]
    const staff = await openStaffOffice({ settings, database, clock, log })
    const token = settings.API_TOKEN === undefined ? await readOrMakeToken(settings.DATA_DIR) : undefined
    // When someone asks over HTTP, the front desk passes it on.
    const frontDesk = open(
      await openFrontDesk({
        host: settings.HTTP_HOST,
        port: settings.HTTP_PORT,
        log,
        clock,
        shortNumbers: settings.SHORT_NUMBERS,
        pagesDir,
        mounts: {
          sockets: [browser.mount, ...pages, ...(twilio?.sockets ?? [])],
          requests: twilio?.requests ?? [],
        },
        apiToken: settings.API_TOKEN ?? token?.token ?? '',
        sessionKey: staff.sessionKey,
        publicUrl: settings.PUBLIC_URL,
        trustedProxies: settings.TRUSTED_PROXIES,
        doors: frontDeskDoors({
          city,
          database,
          desk,
          callers,
          reception,
          flows,
          lines,
          media,
          jobs,
          prompts,
          journal: kept,
          clock,
          noting: surveyCalls.surveys.noting,
          captioning,
          crowd,
          staff: staff.doors,
          surveys: surveyCalls.doors,
          orders: orderOffice.doors,
        }),
      }),
      it => it.close(),
    )
    open(surveyCalls.surveys, it => it.close())
    jobs.run([...orders.handlers, ...surveyCalls.surveys.handlers])

    print(
      welcome({
        settings,
        city,
        nowMs: clock.now(),
        webUrl: frontDesk.url,
        token,
        seats: desk.seats(),
        rules,
        ears,
        missing: [...voice.missing, ...ears.missing],
        sip: sipServer.own ? `udp/${sipServer.own.sipAddress}:${sipServer.own.sipPort}` : line.listensOn(),
        startedInMs: clock.monotonicMs() - startedMs,
        trouble: await database.ping().then(() => undefined, errorText),
      }),
    )
    return { webUrl: frontDesk.url, sipPort: sipServer.own?.sipPort ?? 0, close }
  } catch (error) {
    await close()
    throw error
  }
}
