import { join } from 'node:path'
import { calendarTrouble } from '../city/index.ts'
import { type Desk, deskFigures, openWatchedFloor, queueHealth, type WatchedFloor } from '../desk/index.ts'
import { sidePart } from '../foundation/index.ts'
import { createFlowCrowd, type FlowCrowd } from '../ivr/index.ts'
import { forgetsJobs, type Jobs, jobFigures, openJobs } from '../jobs/index.ts'
import type { Auditing, Ledger } from '../ledger/index.ts'
import type { Sound } from '../media/index.ts'
import { type Orders, openOrders } from '../orders/index.ts'
import { holdMusic, promptFigures, recognizerFigures } from '../speech/index.ts'
import { databasePart, forgetsSpilled, readOrMakeKey } from '../storage/index.ts'
import type { Surveys } from '../surveys/index.ts'
import {
  type CallRecords,
  callFigures,
  createCallRecords,
  createJournal,
  createNode,
  createWhereabouts,
  forgetsCalls,
  type HotlineNode,
  type Journal,
  readAlong,
  type StoredJournal,
} from '../telephony/index.ts'
import { forgetsTexts, type TextSender } from '../texts/index.ts'
import { type Captioning, openCaptioning } from './captioned-calls.ts'
import { cutOff, drain } from './drain.ts'
import { flowActions, linksTo } from './flow-actions.ts'
import { openReception, type Reception } from './incoming-calls.ts'
import { openHouseLedger } from './ledger.ts'
import { createSwitchboard, guardReach, realm, type Switchboard } from './lines.ts'
import { createNotices, createSpokenLanguages, type Notices, silenceRules } from './notices.ts'
import type { HouseFlows, HouseLines, HouseRecognizers, HouseVoice, Parts } from './parts.ts'
import {
  type Add,
  closeAll,
  forgettersOf,
  type GroundedRooms,
  handlersOf,
  keepTables,
  type OverlookingRooms,
  openGrounded,
  openOverlooking,
  queues,
  type Room,
  spillFolder,
  writesOf,
} from './rooms.ts'
import { leadCallbacks, openSeatScreens, openSeats } from './seat-phones.ts'
import { openSurveyCalls } from './survey-calls.ts'

/** The house, open: its rooms by name, and all of them as what they have in common. */
export type House<OwnFlows extends HouseFlows, OwnLines extends HouseLines> = Ground &
  Speech<OwnFlows> &
  Conversations &
  CityWork<OwnLines> &
  OverlookingRooms & {
    readonly rooms: readonly Room[]
    /** From now on jobs are done as they fall due. */
    begin(): void
    /**
     * Takes no new calls, and lets those that are up come to their end, for as long as DRAIN_SECONDS says.
     * @param hurry ends it at once
     * @returns how many calls are still up
     */
    drain(hurry?: AbortSignal): Promise<number>
    /** Ends the calls that are still up, while whoever has one over the web can still be told. */
    hangUp(): Promise<void>
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
  const rooms: Room[] = []
  const add: Add = room => {
    rooms.push(room)
    return room
  }
  const closed = new Set<Room>()
  const close = () => closeAll(rooms, closed, parts)
  try {
    const ground = await openGround(parts, add)
    const speech = await openSpeech(parts, add)
    const talks = await openConversations(parts, ground, speech, add)
    const work = await openCityWork(parts, ground, speech, talks, add)
    const forgetters = () => forgettersOf(rooms)
    const overlooking = openOverlooking({ ...parts, ...ground, ...talks, forgetters }, add)
    work.orders.follow({ erased: overlooking.retention.refuseErasure })
    const begin = () => ground.jobs.run(handlersOf(rooms))
    const end = (hurry?: AbortSignal) => drain({ ...parts, ...talks, ...work, rooms }, hurry)
    const hangUp = () => closeAll(rooms.slice(rooms.indexOf(work.lines)), closed, parts)
    const ways = { begin, drain: end, hangUp, close }
    return { ...ground, ...speech, ...talks, ...work, ...overlooking, rooms, ...ways }
  } catch (error) {
    await close()
    throw error
  }
}

type Ground = GroundedRooms & {
  readonly jobs: Jobs
  readonly ledger: Ledger
  readonly auditing: Auditing
  readonly journal: StoredJournal
  readonly calls: CallRecords
  readonly node: HotlineNode
  readonly switchboard: Switchboard
  /** Of cookies and links: it outlives restarts, and nodes that share a database share it. */
  readonly sealKey: Uint8Array
  /** To those whom the city reaches. */
  readonly texts: TextSender
}

/** Jobs, the journal, and who is known: all that stands on the database. */
async function openGround(parts: Parts<HouseFlows, HouseLines>, add: Add): Promise<Ground> {
  const { settings, city, database, clock, log, print } = parts
  const trouble = () => sidePart('calendar', calendarTrouble(clock.now(), city))
  add({ health: async () => [await databasePart(database), trouble()] })
  const { guard, texts, room } = guardReach(parts)
  add(room)
  const switchboard = createSwitchboard(guard)
  const shared = { database, clock, log }
  const jobs = openJobs({ ...shared, queues, pollMs: parts.pollMs })
  const health = () => [sidePart('jobs', jobs.trouble())]
  add({ figures: jobFigures(jobs), health, forgetters: forgetsJobs(database), close: jobs.close })
  add({ close: await keepTables(database, { jobs, clock, log, print }) })
  const { ledger, auditing } = openHouseLedger(parts)
  add(auditing)
  const grounded = openGrounded({ ...parts, jobs, ledger, texts }, add)
  // Whoever was not served, or was cut off when a process died, is owed a callback by the transaction that notes it.
  const alongside = grounded.callbacks.owe
  const alone = settings.DATABASE_URL === undefined
  const node = add(createNode({ ...shared, alone, print, alongside }))
  void node.begin()
  const journal = createJournal({
    ...shared,
    node: node.id,
    soonMs: city.soonSeconds * 1000,
    spillFolder: spillFolder(settings),
    alongside,
  })
  add({
    ...writesOf(() => [journal.figures()]),
    forgetters: forgetsCalls(database, journal),
    close: journal.close,
  })
  const texted = forgetsTexts(join(settings.DATA_DIR, 'texts'))
  add({ forgetters: [...texted, forgetsSpilled(spillFolder(settings))] })
  const calls = createCallRecords({ database, journal })
  const { bytes: sealKey } = await readOrMakeKey(
    settings.SESSION_KEY,
    settings.DATA_DIR,
    'session-key',
    '32 bytes in base64url; remove the file, and the next start makes them',
  )
  return { ...grounded, node, jobs, ledger, auditing, journal, calls, switchboard, sealKey, texts }
}

type Speech<OwnFlows> = {
  readonly voice: HouseVoice
  readonly flows: OwnFlows
  readonly recognizers: HouseRecognizers
}

/** What the house says, in which order, and what it hears. */
async function openSpeech<OwnFlows extends HouseFlows>(
  parts: Parts<OwnFlows, HouseLines>,
  add: Add,
): Promise<Speech<OwnFlows>> {
  const voice = await parts.openVoice()
  add({ figures: promptFigures(voice.prompts), close: voice.prompts.close })
  const flows = await parts.openFlows(voice.prompts)
  add({ close: flows.close })
  const recognizers = await parts.openRecognizers()
  add({ figures: recognizerFigures(recognizers.figures), close: recognizers.close })
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
  parts: Parts<HouseFlows, HouseLines>,
  { node, calls, journal, switchboard: way }: Ground,
  { voice, flows, recognizers }: Speech<HouseFlows>,
  add: Add,
): Promise<Conversations> {
  const { settings, city, clock, readers = [] } = parts
  const captioning = add(
    openCaptioning({
      ...parts,
      flows,
      journal,
      prompts: voice.prompts,
      recognizer: recognizers.recognizer,
      phrases: recognizers.phrases,
      agentOf: seat => desk.seats().find(({ name }) => name === seat)?.number,
      timeZone: city.timeZone,
      transcriptDays: parts.retentionRules.transcripts.days,
      keepsAll: parts.retentionRules.seatTranscripts,
      spillFolder: spillFolder(settings),
    }),
  )
  const { captions } = captioning
  const whereabouts = createWhereabouts(clock)
  const crowd = createFlowCrowd()
  const languages = createSpokenLanguages()
  const facts = crowd.follow(readAlong(captioning.journal, [whereabouts, languages, ...readers]))
  const music = holdMusic()
  const ofSeats = { way, captions, calls, realm, music, journal: facts, node }
  const desk = await openSeats({ ...parts, ...ofSeats })
  add(writesOf(desk.saving))
  add({ figures: deskFigures(desk), health: () => [queueHealth(desk, clock)], close: desk.close })
  const notices = createNotices({ prompts: voice.prompts, captions, languages, journal: facts })
  return { captioning, crowd, desk, facts, whereabouts, music, notices }
}

type CityWork<OwnLines> = {
  readonly orders: Orders
  readonly surveys: Surveys
  readonly reception: Reception
  readonly floor: WatchedFloor
  readonly lines: OwnLines
}

/** Orders, calls that come in and that the city owes, and the lines that they come and go by. */
async function openCityWork<OwnLines extends HouseLines>(
  parts: Parts<HouseFlows, OwnLines>,
  {
    node,
    jobs,
    ledger,
    journal,
    calls,
    callers,
    callbacks,
    incidents,
    switchboard: way,
    sealKey,
    texts,
  }: Ground,
  { voice, flows, recognizers }: Speech<HouseFlows>,
  { captioning, desk, facts, whereabouts, music, notices }: Conversations,
  add: Add,
): Promise<CityWork<OwnLines>> {
  const { settings, publicUrl, log } = parts
  const { captions, hasCaptions } = captioning
  const ofOrders = { rules: parts.orderRules, dataDir: settings.DATA_DIR, send: texts.send }
  const orders = add(openOrders({ ...parts, ...ofOrders, jobs, ledger, callers, calls }))

  // When a call comes in, it is led through a flow, and to the desk when a person is wanted.
  const reception = openReception({
    ...parts,
    flows,
    callers,
    callbacks,
    incidents,
    desk,
    hearWords: captioning.hearWords,
    holdsDesk: node.holdsDesk,
    music,
    captions,
    prompts: voice.prompts,
    transcribes: recognizers.recognizer !== undefined,
    journal: facts,
    kept: journal,
    actions: flowActions({
      captions,
      texts,
      orders: parts.orderStatus ?? { of: orders.statusOf },
      links: linksTo({ captions, publicUrl }),
    }),
    way,
  })
  const silence = silenceRules(notices, desk.seats)
  const lines = await parts.openLines({ ...parts, ...reception, silence, desk, captions, journal: facts })
  way.connect(lines.ways)
  add(lines)
  add({ figures: callFigures(lines.all, journal) })

  const atSeats = { desk, callers, callbacks, calls, captions, way }
  const screens = openSeatScreens({ ...parts, ...atSeats, onTheLine: reception.callers })
  add({ sockets: [screens.mount], close: screens.close })
  if (settings.CALLBACK_LEAD === 'hotline')
    add(leadCallbacks({ ...parts, ...atSeats, node, journal: facts, onTheLine: reception.callers }))
  const floor = add(openWatchedFloor({ ...parts, desk, calls, whereabouts, hasCaptions }))

  // When an order is closed, its citizen is owed a call; what they answer goes to the order.
  const surveys = await openSurveyCalls({
    ...parts,
    rules: parts.surveyRules,
    linkKey: sealKey,
    spillFolder: spillFolder(settings),
    jobs,
    ledger,
    captions,
    journal,
    texts,
    reception,
    way,
    answered:
      parts.answered ?? (async (tx, { atMs: _, ...answer }) => void (await orders.answered(tx, answer))),
  })
  orders.follow({ closed: surveys.owe, erased: surveys.forget })
  orders.follow({ erased: callbacks.forget })
  callbacks.heed({ confidential: orders.isTextOnly, 'opted-out': surveys.hasOptedOut })
  add(writesOf(() => [surveys.noting()]))
  add(surveys)
  add(cutOff({ whereabouts, journal: facts, log }))
  return { orders, surveys, reception, floor, lines }
}
