/** The product's own house but for its sockets: a loopback line, a scripted voice, and a clock moved by hand. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type City, exampleCity } from '../../src/city/index.ts'
import {
  createLog,
  createMailbox,
  createManualClock,
  type ManualClock,
  silentLog,
  systemClock,
} from '../../src/foundation/index.ts'
import { openHouse } from '../../src/hall/house.ts'
import type { HouseLines, LineNeeds } from '../../src/hall/parts.ts'
import { queues, tables } from '../../src/hall/rooms.ts'
import { type FlowSet, type Flows, openStatusFile, readFlows } from '../../src/ivr/index.ts'
import { openJobs } from '../../src/jobs/index.ts'
import { type ClosedOrder, type OrderRules, readOrderRules } from '../../src/orders/index.ts'
import { readRetentionRules } from '../../src/retention/index.ts'
import { periodsOf, readSettings, textOptionsOf } from '../../src/settings/index.ts'
import { type Behaviour, createPromptBook, createScripted, type Recognizer } from '../../src/speech/index.ts'
import { type Database, migrate, openDatabase, type Queries } from '../../src/storage/index.ts'
import { readScoreFile } from '../../src/supervision/index.ts'
import { type Answered, readSurveyRules } from '../../src/surveys/index.ts'
import { type AmdEar, type CallFact, type LoopbackLine, openLoopbackLine } from '../../src/telephony/index.ts'
import { openTextSender, type TextSender } from '../../src/texts/index.ts'
import { callerOn, rings, seatPhone } from './caller.ts'
import { testKeys } from './ledger.ts'
import { orderDeskOf, toldAtOnce } from './order-desk.ts'
import { shippedCatalogue } from './shipped-catalogue.ts'

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
  /** The city’s rules of orders, where they are other than they are shipped; texts are sent at once when absent. */
  readonly ruled?: (shipped: OrderRules) => OrderRules
  /** What the only voice does. */
  readonly voice?: () => Behaviour
  readonly env?: Readonly<Record<string, string>>
  /** Who turns what people say into text; nobody when absent. */
  readonly recognizer?: Recognizer
  /** Flows with versions; the shipped ones, for ever, when absent. */
  readonly library?: Pick<Flows, 'current'>
  readonly clock?: ManualClock
  readonly city?: City
  readonly texts?: TextSender
  readonly ear?: AmdEar
  /** Told what a citizen answered; the order that was closed, when absent. */
  answered?(queries: Queries, answer: Answered): Promise<void>
  readonly pollMs?: number
  /** Told what a start came upon. */
  print?(text: string): void
}

/** One line for everybody, without sound or sockets. */
const loopback =
  (clock: ManualClock) =>
  async ({
    onCall,
    onFailure,
    journal,
    log,
  }: LineNeeds): Promise<HouseLines & { readonly line: LoopbackLine }> => {
    const line = openLoopbackLine({ onCall, onFailure, clock, log, journal })
    return {
      line,
      all: [line],
      ways: { sip: line, browser: line, numbers: line },
      sockets: [],
      requests: [],
      figures: [],
      health: () => [],
      close: () => line.close(),
    }
  }

export async function openHotline(
  database: Database,
  {
    without = [],
    ruled = toldAtOnce,
    voice = () => 'speak',
    env = {},
    recognizer,
    library,
    clock = createManualClock(),
    ...parts
  }: Options = {},
) {
  const dataDir = await mkdtemp(join(tmpdir(), 'jieting-'))
  const settings = readSettings({ DATA_DIR: dataDir, SEAT_WRAP_UP_SECONDS: '5', ...env })
  const logged: string[] = []
  const log = createLog('debug', line => logged.push(line))
  const happened = createMailbox<CallFact>()
  const shipped = await shippedFlows()
  const flows = {
    ...shipped,
    flows: new Map([...shipped.flows].filter(([name]) => !without.includes(name))),
  }
  const house = await openHouse({
    ledgerKeys: testKeys,
    settings,
    clock,
    log,
    database,
    city: exampleCity,
    orderRules: ruled(await readOrderRules(settings.ORDER_RULES_DIR, settings.ORDER_PROFILE)),
    catalogue: await shippedCatalogue(),
    orderStatus:
      settings.ORDER_STATUS_FILE === undefined ? undefined : await openStatusFile(settings.ORDER_STATUS_FILE),
    surveyRules: await readSurveyRules(settings.SURVEY_RULES, exampleCity),
    scoreRules: await readScoreFile(join(settings.ORDER_RULES_DIR, 'scores.json')),
    retentionRules: await readRetentionRules(settings.RETENTION_RULES, periodsOf(settings)),
    texts: openTextSender(textOptionsOf(settings)),
    publicUrl: () => 'https://12345.example',
    readers: [{ write: (_, fact) => happened.put(fact) }],
    openVoice: async () => ({
      missing: [],
      prompts: createPromptBook({
        synthesizers: [createScripted(voice)],
        cacheDir: join(dataDir, 'prompts'),
        clock,
        log,
      }),
    }),
    openFlows: async () => ({ current: () => flows, ...library }),
    openRecognizers: async () => ({
      recognizer,
      phrases: [],
      missing: [],
      figures: () => [],
      close: async () => undefined,
    }),
    openLines: loopback(clock),
    ...parts,
  })
  /** Closings, for whoever asks the citizen about them. */
  const owed: ClosedOrder[] = []
  house.orders.follow({
    closed: async (_, closed) => void owed.push(closed),
    erased: async () => undefined,
  })
  house.begin()
  const { desk, calls, captioning, lines, reception } = house
  const { line } = lines
  const { captions, live } = captioning

  return {
    ...house,
    clock,
    database,
    captions,
    live,
    line,
    settings,
    stored: house.journal,
    owed,
    orderDesk: orderDeskOf(house.orders, clock),
    /** Ids of calls from outside that are up. */
    callsUp: async () =>
      (await calls.list({ state: 'answered', limit: 50 })).flatMap(({ id, direction }) =>
        direction === 'in' ? [id] : [],
      ),
    /** Every line that was logged. */
    logged,
    rings: (who?: Parameters<typeof rings>[1]) => rings(line, who),
    dial: reception.dial,
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

    /** Where it keeps files. */
    dataDir,

    /** What happened to the calls from outside, newest first. */
    async timelines() {
      const rows = await calls.list({ limit: 50 })
      const found = await Promise.all(rows.map(row => calls.find(row.id)))
      return found.flatMap(one => (one?.call.direction === 'in' ? [one.facts.map(({ fact }) => fact)] : []))
    },

    /** Texts that were sent, in no order. */
    async texts(): Promise<readonly { readonly to: string; readonly text: string }[]> {
      const folder = join(dataDir, 'texts')
      // A text that is still being written is not sent yet.
      const names = (await readdir(folder).catch(() => [])).filter(name => name.endsWith('.json'))
      return Promise.all(names.map(async name => JSON.parse(await readFile(join(folder, name), 'utf8'))))
    },

    /** The process ends, and seats stay as they are. */
    async leave() {
      live.close()
      await line.close()
      await house.close()
      await rm(dataDir, { recursive: true })
    },

    async close() {
      live.close()
      await line.close()
      for (const { name } of desk.seats()) desk.setAway(name)
      await clock.advance(60_000)
      for (const { name } of desk.seats()) desk.removeSeat(name)
      await house.close()
      await rm(dataDir, { recursive: true })
    },
  }
}
export type Hotline = Awaited<ReturnType<typeof openHotline>>
