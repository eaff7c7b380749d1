import { type Callbacks, openCallbacks } from '../callbacks/index.ts'
import { type Callers, createCallers } from '../callers/index.ts'
import { calendarTrouble } from '../city/index.ts'
import { type Desk, deskFigures, openDesk, queueHealth } from '../desk/index.ts'
import { sidePart } from '../foundation/index.ts'
import { type Incidents, openIncidents } from '../incidents/index.ts'
import { createFlowCrowd, type FlowCrowd } from '../ivr/index.ts'
import { type Jobs, jobFigures, openJobs } from '../jobs/index.ts'
import type { Sound } from '../media/index.ts'
import { type Orders, openOrders } from '../orders/index.ts'
import { callbackRulesOf, queueLimits } from '../settings/index.ts'
import { holdMusic, promptFigures, recognizerFigures } from '../speech/index.ts'
import { databasePart } from '../storage/index.ts'
import type { Surveys } from '../surveys/index.ts'
import {
  type CallRecords,
  callFigures,
  createCallRecords,
  createJournal,
  createNode,
  createWhereabouts,
  type HotlineNode,
  type Journal,
  nodeFigures,
  nodeParts,
  readAlong,
  type StoredJournal,
} from '../telephony/index.ts'
import type { TextSender } from '../texts/index.ts'
import { type Captioning, openCaptioning } from './captioned-calls.ts'
import { cutOff, drain } from './drain.ts'
import { flowActions, linksTo } from './flow-actions.ts'
import { openReception, type Reception } from './incoming-calls.ts'
import { createSwitchboard, guardReach, realm, type Switchboard } from './lines.ts'
import { createNotices, createSpokenLanguages, type Notices, silenceRules } from './notices.ts'
import type { HouseFlows, HouseLines, HouseRecognizers, HouseVoice, Parts } from './parts.ts'
import { closeAll, handlersOf, keepTables, queues, type Room, spillFolder, writesOf } from './rooms.ts'
import { callSeatBy, openSeatScreens, ringSeatBy } from './seat-phones.ts'
import { openSurveyCalls } from './survey-calls.ts'
import { type WatchedFloor, watchFloor } from './watched-floor.ts'

/** The house, open: its rooms by name, and all of them as what they have in common. */
export type House<OwnFlows extends HouseFlows, OwnLines extends HouseLines> = {
  readonly jobs: Jobs
  readonly journal: StoredJournal
  readonly calls: CallRecords
  readonly callers: Callers
  readonly incidents: Incidents
  readonly callbacks: Callbacks
  readonly voice: HouseVoice
  readonly flows: OwnFlows
  readonly crowd: FlowCrowd
  readonly recognizers: HouseRecognizers
  readonly captioning: Captioning
  readonly desk: Desk
  readonly orders: Orders
  readonly surveys: Surveys
  readonly reception: Reception
  readonly floor: WatchedFloor
  readonly lines: OwnLines
  readonly rooms: readonly Room[]
  /** From now on jobs are done as they fall due. */
  begin(): void
  /**
   * Takes no new calls, and lets those that are up come to their end, for as long as DRAIN_SECONDS says.
   * @param hurry ends it at once
   * @returns how many calls are still up
   */
  drain(hurry?: AbortSignal): Promise<number>
  close(): Promise<void>
}

/**
 * Opens the rooms, floor by floor, and connects what happens between them. What opens later is told to what opened
 * earlier by its own door: lines to the switchboard, surveys to orders.
 * @throws Fault or FaultList; what was open is closed again
 */
export async function openHouse<OwnFlows extends HouseFlows, OwnLines extends HouseLines>(
  parts: Parts<OwnFlows, OwnLines>,
): Promise<House<OwnFlows, OwnLines>> {
  const { settings, city, clock, log, database } = parts
  const rooms: Room[] = [
    {
      health: async () => [
        await databasePart(database),
        sidePart('calendar', calendarTrouble(clock.now(), city)),
      ],
    },
  ]
  const close = () => closeAll(rooms, { clock, log })
  try {
    const ground = await openGround(parts, rooms)
    const speech = await openSpeech(parts, rooms)
    const desk = await openConversations(parts, ground, speech, rooms)
    const city = await openCityWork(parts, ground, speech, desk, rooms)
    const begin = () => ground.jobs.run(handlersOf(rooms))
    const end = (hurry?: AbortSignal) => drain({ ...desk, ...city, rooms, settings, clock, log }, hurry)
    return { ...ground, ...speech, ...desk, ...city, rooms, begin, drain: end, close }
  } catch (error) {
    await close()
    throw error
  }
}

type Ground = Pick<
  House<HouseFlows, HouseLines>,
  'incidents' | 'jobs' | 'journal' | 'calls' | 'callers' | 'callbacks'
> & {
  readonly node: HotlineNode
  readonly switchboard: Switchboard
  /** To those whom the city reaches. */
  readonly texts: TextSender
}

/** Jobs, the journal, and who is known: all that stands on the database. */
async function openGround(parts: Parts<HouseFlows, HouseLines>, rooms: Room[]): Promise<Ground> {
  const { settings, city, database, clock, log, print, pollMs } = parts
  const { guard, texts, room } = guardReach(parts)
  rooms.push(room)
  const switchboard = createSwitchboard(guard)
  const shared = { database, clock, log }
  const jobs = openJobs({ ...shared, queues, pollMs })
  rooms.push({
    figures: jobFigures(jobs),
    health: () => [sidePart('jobs', jobs.trouble())],
    close: jobs.close,
  })
  rooms.push({ close: await keepTables(database, { jobs, clock, log, print }) })
  // Whoever was not served, or was cut off when a process died, is owed a callback by the transaction that notes it.
  const rules = callbackRulesOf(settings)
  const dataDir = settings.DATA_DIR
  const callbacks = openCallbacks({ ...shared, jobs, city, rules, dataDir, send: texts.send })
  rooms.push(callbacks)
  const alongside = callbacks.owe
  const node = createNode({ ...shared, alone: settings.DATABASE_URL === undefined, print, alongside })
  rooms.push({ figures: nodeFigures(node), health: () => nodeParts(node), close: node.close })
  void node.begin()
  const journal = createJournal({
    ...shared,
    node: node.id,
    soonMs: city.soonSeconds * 1000,
    spillFolder: spillFolder(settings),
    alongside,
  })
  rooms.push({ ...writesOf(() => [journal.figures()]), close: journal.close })
  const calls = createCallRecords({ database, journal })
  const callers = createCallers(shared)
  rooms.push({ close: callers.close })
  const incidents = openIncidents({ ...shared, city, spillFolder: spillFolder(settings) })
  rooms.push(incidents)
  return { node, jobs, journal, calls, callers, incidents, callbacks, switchboard, texts }
}

type Speech<OwnFlows> = {
  readonly voice: HouseVoice
  readonly flows: OwnFlows
  readonly recognizers: HouseRecognizers
}

/** What the house says, in which order, and what it hears. */
async function openSpeech<OwnFlows extends HouseFlows>(
  parts: Parts<OwnFlows, HouseLines>,
  rooms: Room[],
): Promise<Speech<OwnFlows>> {
  const voice = await parts.openVoice()
  const { prompts } = voice
  rooms.push({ figures: promptFigures(prompts), close: prompts.close })
  const flows = await parts.openFlows(prompts)
  rooms.push({ close: flows.close })
  const recognizers = await parts.openRecognizers()
  rooms.push({ figures: recognizerFigures(recognizers.figures), close: recognizers.close })
  return { voice, flows, recognizers }
}

type Conversations = {
  readonly captioning: Captioning
  readonly crowd: FlowCrowd
  readonly desk: Desk
  /** Where every room writes what happens to a call. */
  readonly facts: Journal
  readonly whereabouts: ReturnType<typeof createWhereabouts>
  readonly music: Sound
  readonly notices: Notices
}

/** Captions, and the desk where callers meet people; both read the journal along. */
async function openConversations(
  { settings, city, database, clock, log, readers = [], publicUrl }: Parts<HouseFlows, HouseLines>,
  { node, calls, journal, switchboard }: Ground,
  { voice, flows, recognizers }: Speech<HouseFlows>,
  rooms: Room[],
): Promise<Conversations> {
  const captioning = openCaptioning({
    flows,
    journal,
    publicUrl,
    database,
    clock,
    log,
    prompts: voice.prompts,
    recognizer: recognizers.recognizer,
    phrases: recognizers.phrases,
    timeZone: city.timeZone,
    transcriptDays: settings.TRANSCRIPT_DAYS,
    spillFolder: spillFolder(settings),
  })
  const { captions, keeper, live } = captioning
  rooms.push({ ...writesOf(() => [keeper.figures()]), close: keeper.close })
  rooms.push({ figures: captioning.figures, sockets: [live.mount], close: live.close })

  const whereabouts = createWhereabouts(clock)
  const crowd = createFlowCrowd()
  const languages = createSpokenLanguages()
  const facts = crowd.follow(readAlong(captioning.journal, [whereabouts, languages, ...readers]))
  const music = holdMusic()
  const desk = await openDesk({
    clock,
    log,
    journal: facts,
    database,
    realm,
    music,
    leaseMs: settings.SEAT_RING_SECONDS * 1000,
    wrapUpMs: settings.SEAT_WRAP_UP_SECONDS === 'none' ? undefined : settings.SEAT_WRAP_UP_SECONDS * 1000,
    restMs: 10_000,
    ...queueLimits(settings),
    lostPlaces: () => calls.lostInQueue(node.id, clock.now() - settings.QUEUE_REDIAL_MINUTES * 60_000),
    ringSeat: ringSeatBy(settings, switchboard, captions),
    callSeat: callSeatBy(settings, switchboard),
  })
  rooms.push(writesOf(desk.saving), {
    figures: deskFigures(desk),
    health: () => [queueHealth(desk, clock)],
    close: desk.close,
  })
  const notices = createNotices({ prompts: voice.prompts, captions, languages, journal: facts })
  return { captioning, crowd, desk, facts, whereabouts, music, notices }
}

type CityWork<OwnLines> = Pick<
  House<HouseFlows, OwnLines & HouseLines>,
  'orders' | 'surveys' | 'reception' | 'floor'
> & {
  readonly lines: OwnLines
}

/** Orders, calls that come in and that the city owes, and the lines that they come and go by. */
async function openCityWork<OwnLines extends HouseLines>(
  parts: Parts<HouseFlows, OwnLines>,
  { node, jobs, journal, calls, callers, callbacks, incidents, switchboard, texts }: Ground,
  { voice, flows }: Speech<HouseFlows>,
  { captioning, desk, facts, whereabouts, music, notices }: Conversations,
  rooms: Room[],
): Promise<CityWork<OwnLines>> {
  const { settings, city, database, publicUrl, clock, log } = parts
  const { captions } = captioning
  const orders = openOrders({
    database,
    jobs,
    city,
    clock,
    log,
    callers,
    calls,
    rules: parts.orderRules,
    dataDir: settings.DATA_DIR,
    send: texts.send,
  })
  rooms.push(orders)

  // When a call comes in, it is led through a flow, and to the desk when a person is wanted.
  const reception = openReception({
    settings,
    flows,
    callers,
    incidents,
    desk,
    holdsDesk: node.holdsDesk,
    music,
    captions,
    city,
    clock,
    log,
    prompts: voice.prompts,
    journal: facts,
    kept: journal,
    actions: flowActions({
      captions,
      texts,
      orders: parts.orderStatus ?? { of: orders.statusOf },
      links: linksTo({ captions, publicUrl }),
    }),
    way: switchboard,
    print: parts.print,
  })
  const lines = await parts.openLines({
    ...reception,
    silence: silenceRules(notices, desk.seats),
    desk,
    captions,
    city,
    database,
    clock,
    log,
    journal: facts,
  })
  switchboard.connect(lines.ways)
  rooms.push(lines, { figures: callFigures(lines.all, journal) })

  const atSeats = { desk, callers, callbacks, calls, captions, way: switchboard }
  const screens = openSeatScreens({ ...parts, ...atSeats, onTheLine: reception.callers })
  const floor = watchFloor({ desk, calls, captions, whereabouts, database, city, clock, log })
  rooms.push({ sockets: [screens.mount], close: screens.close }, floor)

  // When an order is closed, its citizen is owed a call; what they answer goes to the order.
  const surveys = await openSurveyCalls({
    settings,
    city,
    rules: parts.surveyRules,
    spillFolder: spillFolder(settings),
    database,
    jobs,
    captions,
    journal,
    texts,
    publicUrl,
    clock,
    log,
    reception,
    way: switchboard,
    ear: parts.ear,
    answered:
      parts.answered ?? (async (tx, { atMs: _, ...answer }) => void (await orders.answered(tx, answer))),
  })
  orders.follow({ closed: surveys.owe, erased: surveys.forget })
  orders.follow({ erased: callbacks.forget })
  callbacks.heed({ confidential: orders.isTextOnly, 'opted-out': surveys.hasOptedOut })
  rooms.push(
    writesOf(() => [surveys.noting()]),
    surveys,
  )
  rooms.push(cutOff({ whereabouts, journal: facts, log }))
  return { orders, surveys, reception, floor, lines }
}
