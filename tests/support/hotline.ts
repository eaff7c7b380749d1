/** The whole hotline but its sockets: shipped flows, desk, journal and database, on the loopback line and a clock moved by hand. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCallers } from '../../src/callers/index.ts'
import { readCity } from '../../src/city/index.ts'
import { openDesk } from '../../src/desk/index.ts'
import {
  createLog,
  createMailbox,
  createManualClock,
  type ManualClock,
  silentLog,
  systemClock,
} from '../../src/foundation/index.ts'
import { openCaptioning } from '../../src/hall/captioned-calls.ts'
import { flowActions, linksTo, openOrderStatus, openTexts } from '../../src/hall/flow-actions.ts'
import { openReception } from '../../src/hall/incoming-calls.ts'
import { openOrderOffice } from '../../src/hall/orders-from-calls.ts'
import { queues, tables } from '../../src/hall/tables.ts'
import { type FlowSet, type Flows, readFlows } from '../../src/ivr/index.ts'
import { openJobs } from '../../src/jobs/index.ts'
import { type ClosedOrder, readOrderRules } from '../../src/orders/index.ts'
import { readSettings } from '../../src/settings/index.ts'
import {
  type Behaviour,
  createPromptBook,
  createScripted,
  holdMusic,
  type Recognizer,
} from '../../src/speech/index.ts'
import { type Database, migrate, openDatabase } from '../../src/storage/index.ts'
import {
  type CallFact,
  createJournal,
  findCall,
  type Journal,
  listCalls,
  openLoopbackLine,
} from '../../src/telephony/index.ts'
import { callerOn, rings, seatPhone } from './caller.ts'

const flowsDirectory = join(import.meta.dirname, '..', '..', 'ivr-flows')

export async function shippedFlows(): Promise<FlowSet> {
  const names = (await readdir(flowsDirectory)).filter(name => name.endsWith('.yaml'))
  return readFlows(
    await Promise.all(
      names.map(async path => ({ path, text: await readFile(join(flowsDirectory, path), 'utf8') })),
    ),
  )
}

/** A database with its tables; opening one takes seconds, so that the scenarios of a file share one. */
export async function openTables(): Promise<Database> {
  const database = await openDatabase({ clock: systemClock, log: silentLog })
  await migrate(database, tables)
  await openJobs({ database, queues, clock: systemClock, log: silentLog }).prepare()
  return database
}

type Options = {
  /** Flows that are not there. */
  readonly without?: readonly string[]
  /** What the only voice does. */
  readonly voice?: () => Behaviour
  readonly env?: Readonly<Record<string, string>>
  /** Who turns what people say into text; nobody when absent. */
  readonly recognizer?: Recognizer
  /** Flows with versions; the shipped ones, for ever, when absent. */
  readonly library?: Pick<Flows, 'current'>
  readonly clock?: ManualClock
}

export async function openHotline(
  database: Database,
  {
    without = [],
    voice = () => 'speak',
    env = {},
    recognizer,
    library,
    clock = createManualClock(),
  }: Options = {},
) {
  const dataDir = await mkdtemp(join(tmpdir(), 'jieting-'))
  const settings = readSettings({ DATA_DIR: dataDir, ...env })
  const city = await readCity(settings.CITY_FILE)
  const logged: string[] = []
  const log = createLog('debug', line => logged.push(line))
  const stored = createJournal({ database, clock, log })
  const happened = createMailbox<CallFact>()
  const kept: Journal = {
    write(call, fact) {
      stored.write(call, fact)
      happened.put(fact)
    },
  }
  const callers = createCallers({ database, clock, log })
  const prompts = createPromptBook({
    synthesizers: [createScripted(voice)],
    cacheDir: join(dataDir, 'prompts'),
    clock,
    log,
  })
  const shipped = await shippedFlows()
  const flows = {
    ...shipped,
    flows: new Map([...shipped.flows].filter(([name]) => !without.includes(name))),
  }
  const captioning = openCaptioning({
    flows: { current: () => flows },
    prompts,
    journal: kept,
    database,
    clock,
    log,
    timeZone: city.timeZone,
    transcriptDays: 30,
    ears: recognizer ? { recognizer, phrases: [], figures: () => [] } : undefined,
  })
  const { captions, live, journal } = captioning
  const music = holdMusic()
  const desk = await openDesk({
    clock,
    log,
    journal,
    database,
    realm: 'jieting',
    restMs: 10_000,
    music,
    leaseMs: settings.SEAT_RING_SECONDS * 1000,
    wrapUpMs: settings.SEAT_WRAP_UP_SECONDS * 1000,
    capacity: settings.LINE_CAPACITY,
    async ringSeat({ seat, near, signal }) {
      const ringMs = settings.SEAT_RING_SECONDS * 1000
      const answered = await line.dial({ kind: 'seat', ...seat }, { near, signal, ringMs })
      captions.meets(near.id, answered)
      return answered
    },
  })
  const jobs = openJobs({ database, queues, clock, log })
  const texts = openTexts(settings)
  const owed: ClosedOrder[] = []
  const rules = await readOrderRules(settings.ORDER_RULES_DIR, settings.ORDER_PROFILE)
  const orderOffice = openOrderOffice({
    settings,
    rules,
    database,
    jobs,
    callers,
    journal: stored,
    texts,
    city,
    clock,
    log,
    owes: async (_, closed) => void owed.push(closed),
    forgets: async () => undefined,
  })
  jobs.run(orderOffice.orders.handlers)
  const reception = openReception({
    settings,
    flows: library ?? { current: () => flows },
    prompts,
    callers,
    desk,
    music,
    captions,
    actions: flowActions({
      captions,
      texts,
      orders: (await openOrderStatus(settings)) ?? { of: orderOffice.orders.statusOf },
      links: linksTo({ captions, publicUrl: () => 'https://12345.example' }),
    }),
    city,
    journal,
    clock,
    log,
    way: () => line,
  })
  const line = openLoopbackLine({ ...reception, clock, log, journal })

  return {
    clock,
    database,
    desk,
    callers,
    captions,
    live,
    captioning,
    stored,
    jobs,
    orders: orderOffice.orders,
    orderDesk: orderOffice.doors,
    /** Closings that a citizen has to be asked about. */
    owed,
    /** Ids of calls from outside that are up. */
    callsUp: async () =>
      (await listCalls(database, { state: 'answered', limit: 50 })).flatMap(({ id, direction }) =>
        direction === 'in' ? [id] : [],
      ),
    /** Every line that was logged. */
    logged,
    rings: (numbers?: { from?: string; to?: string }) => rings(line, numbers),
    dial: reception.dial,
    reception,
    line,
    settings,
    city,
    /** Someone outside who can be rung. */
    plugIn: (number: string) => seatPhone(line, number),
    callerOn,

    /** A person at a phone, ready for calls. */
    seat(name: string) {
      const contact = `sip:${name}@127.0.0.1:5090`
      const phone = seatPhone(line, contact)
      desk.addSeat({ name, display: `${name}号坐席`, contact })
      desk.setReady(name)
      return phone
    },

    /** Waits for something to be written into the journal that was not waited for yet. */
    async happens(kind: CallFact['kind']) {
      for await (const fact of happened) if (fact.kind === kind) return
    },

    /** What happened to the calls from outside, newest first. */
    async timelines() {
      await stored.flush()
      const rows = await listCalls(database, { limit: 50 })
      const found = await Promise.all(rows.map(row => findCall(database, row.id)))
      return found.flatMap(one => (one?.call.direction === 'in' ? [one.facts.map(({ fact }) => fact)] : []))
    },

    /** Texts that were sent, in no order. */
    async texts(): Promise<readonly { readonly to: string; readonly text: string }[]> {
      const folder = join(dataDir, 'texts')
      const names = await readdir(folder)
      return Promise.all(names.map(async name => JSON.parse(await readFile(join(folder, name), 'utf8'))))
    },

    async close() {
      await jobs.close()
      live.close()
      await line.close()
      for (const { name } of desk.seats()) desk.setAway(name)
      await clock.advance(60_000)
      for (const { name } of desk.seats()) desk.removeSeat(name)
      await desk.close()
      await captioning.keeper.close()
      await stored.close()
      await prompts.close()
      await rm(dataDir, { recursive: true })
    },
  }
}
export type Hotline = Awaited<ReturnType<typeof openHotline>>
