import { keepCallbacks, leadCallbacks } from '../callbacks/index.ts'
import { createLiveCatalogue } from '../catalogue/index.ts'
import type { City } from '../city/index.ts'
import { type Desk, deskFigures, openWatchedFloor, queueHealth, type WatchedFloor } from '../desk/index.ts'
import { type Drafts, type Learning, openDrafts, openLearning } from '../drafts/index.ts'
import { createFlowCrowd, type FlowCrowd } from '../ivr/index.ts'
import { type KnowledgeTelling, openTelling } from '../knowledge/index.ts'
import type { Sound } from '../media/index.ts'
import { isOrderNumber, type Orders, openOrders } from '../orders/index.ts'
import type { Recordings } from '../recordings/index.ts'
import { learningOf, seatPatience, shareRulesOf } from '../settings/index.ts'
import { holdMusic } from '../speech/index.ts'
import type { Surveys } from '../surveys/index.ts'
import {
  callFigures,
  createShares,
  createWhereabouts,
  type Journal,
  readAlong,
  shareFigures,
} from '../telephony/index.ts'
import { profilesAside } from '../triage/index.ts'
import { type Captioning, openCaptioning } from './captioned-calls.ts'
import { cutOff, drain } from './drain.ts'
import { openFlowDoors } from './flow-actions.ts'
import { type Ground, liveRules, openGround } from './ground.ts'
import { openReception, type Reception } from './incoming-calls.ts'
import { openReach, realm, type Switchboard } from './lines.ts'
import { createNotices, createSpokenLanguages, type Notices, silenceRules, thirdWays } from './notices.ts'
import type { HouseFlows, HouseLines, LineNeeds, Parts } from './parts.ts'
import {
  type Add,
  closeAll,
  forgettersOf,
  handlersOf,
  healthOf,
  type OverlookingRooms,
  openOverlooking,
  openRecordingRoom,
  plainModel,
  type Room,
  spillFolder,
  writesOf,
} from './rooms.ts'
import { openSeatScreens, openSeats } from './seat-phones.ts'
import { openSurveyCalls } from './survey-calls.ts'
import { openSpeech, type Speech } from './voices.ts'

/** The open house: its rooms by name, and the list of them all. */
export type House<OwnFlows extends HouseFlows, OwnLines extends HouseLines> = Ground &
  Speech<OwnFlows> &
  Conversations &
  OrderWork &
  CallWork<OwnLines> &
  OverlookingRooms & {
    /** The current city: its hours and holidays may change. */
    readonly city: City
    readonly rooms: readonly Room[]
    /** Starts running jobs as they fall due. */
    begin(): void
    /**
     * Refuses new calls and lets current ones finish, for at most DRAIN_SECONDS.
     * @param hurry ends the drain at once
     * @returns how many calls are still up
     */
    drain(hurry?: AbortSignal): Promise<number>
    /** Ends the calls that are still up while web callers can still be told. */
    hangUp(): Promise<void>
    close(): Promise<void>
  }

/**
 * Opens the rooms floor by floor and connects them. Rooms that open later are passed to earlier ones through their
 * doors: lines to the switchboard, surveys to orders.
 * @throws Fault or FaultList, after closing whatever was open
 */
export async function openHouse<OwnFlows extends HouseFlows, OwnLines extends HouseLines>(
  given: Parts<OwnFlows, OwnLines>,
): Promise<House<OwnFlows, OwnLines>> {
  const live = liveRules(given)
  const parts = {
    ...given,
    live,
    city: live.city.value,
    orderRules: live.orders.value,
    surveyRules: live.surveys.value,
    scoreRules: live.scores.value,
    catalogue: createLiveCatalogue(given.catalogue),
  }
  const rooms: Room[] = []
  const add: Add = room => {
    rooms.push(room)
    return room
  }
  const closed = new Set<Room>()
  // Built in the background: only those who need it wait for it.
  const profiles = profilesAside(parts.catalogue, plainModel(parts.settings)).catch(() => undefined)
  // Waits for the model, which may be writing a file.
  add({ close: async () => void (await profiles) })
  const close = () => closeAll(rooms, closed, parts)
  try {
    const { switchboard, texts, reaches } = openReach(parts, add)
    const ground = await openGround({ ...parts, texts, reaches }, add)
    const speech = await openSpeech(parts, add)
    const talks = await openConversations(parts, switchboard, ground, speech, add)
    const orderWork = openOrderWork(parts, ground, talks.desk, add)
    // Recordings of a call are listed with its orders, and deleted with them.
    orderWork.orders.follow(talks.recordings.ofOrders)
    talks.recordings.heed(orderWork.orders.isTextOnly)
    const work = await openCallWork(parts, switchboard, ground, speech, { ...talks, ...orderWork }, add)
    const forgetters = () => forgettersOf(rooms)
    const health = () => healthOf(rooms)
    const all = { ...parts, ...ground, ...talks, ...orderWork, ...work }
    const overlooking = openOverlooking({ ...all, forgetters, health }, add)
    talks.recordings.respect(overlooking.retention.refuseErasure)
    const begin = () => ground.jobs.run(handlersOf(rooms))
    const end = (hurry?: AbortSignal) => drain({ ...all, rooms }, hurry)
    const hangUp = () => closeAll(rooms.slice(rooms.indexOf(work.lines)), closed, parts)
    const rest = { city: parts.city, rooms, begin, drain: end, hangUp, close }
    return { ...ground, ...speech, ...talks, ...orderWork, ...work, ...overlooking, ...rest }
  } catch (error) {
    await close()
    throw error
  }
}

type Conversations = {
  readonly captioning: Captioning
  readonly crowd: FlowCrowd
  readonly desk: Desk
  readonly asideOf: LineNeeds['asideOf']
  /** The journal that all rooms write call facts to. */
  readonly facts: Journal
  readonly whereabouts: ReturnType<typeof createWhereabouts>
  readonly music: Sound
  readonly notices: Notices
  readonly recordings: Recordings
}

/** Captions, and the desk where callers meet people; both read the journal. */
async function openConversations(
  parts: Parts<HouseFlows, HouseLines>,
  way: Switchboard,
  { node, calls, journal }: Ground,
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
  const ofVoice = { prompts: voice.prompts, captions, languages, journal: facts }
  const notices = createNotices(ofVoice)
  const recordings = openRecordingRoom({ ...parts, captions, notices }, add)
  const { begins: onBegin } = recordings.talks
  const thirds = thirdWays({ ...parts, ...ofVoice, notices, recorded: recordings.talks })
  const ofSeats = { way, captions, calls, realm, music, thirds, onBegin, journal: facts, node }
  const { desk, asideOf } = await openSeats({ ...parts, ...ofSeats, units: () => parts.orderRules.units })
  add(writesOf(desk.saving))
  add({ figures: deskFigures(desk), health: () => [queueHealth(desk, clock)], close: desk.close })
  return { captioning, crowd, desk, asideOf, facts, whereabouts, music, notices, recordings }
}

type OrderWork = {
  readonly orders: Orders
  readonly drafts: Drafts
  readonly learning: Learning
}

/** Orders, the drafts that precede them, and what is learnt from drafts. */
function openOrderWork(
  parts: Parts<HouseFlows, HouseLines>,
  ground: Ground,
  desk: Desk,
  add: Add,
): OrderWork {
  const { settings } = parts
  const { jobs, ledger, calls, callers, sealKey, texts } = ground
  const ofOrders = {
    rules: parts.orderRules,
    dataDir: settings.DATA_DIR,
    send: texts.send,
    catalogue: parts.catalogue,
  }
  const orders = add(openOrders({ ...parts, ...ofOrders, linkKey: sealKey, jobs, ledger, callers, calls }))
  // Each night, learns from the kinds that agents chose in place of the suggestion.
  const learning = add(openLearning({ ...parts, jobs, dataDir: settings.DATA_DIR, ...learningOf(settings) }))
  // A draft ends in the order that is made from it.
  const ofDrafts = { calls, desk, shelf: orders.evidence.ofDrafts, profiles: learning.profiles }
  const drafts = add(openDrafts({ ...parts, ...ofDrafts, isOrderNumber, units: parts.orderRules.units }))
  const { filesOf } = drafts
  orders.follow({ filesOf, made: drafts.became, added: drafts.joined, erased: drafts.orderErased })
  orders.dispatching.judgeBy(() => learning.ready().then(() => drafts.kinds.suggest))
  // A knowledge entry cited in the order must still be published at that moment.
  orders.follow({ made: ground.knowledge.cited })
  return { orders, drafts, learning }
}

type CallWork<OwnLines> = {
  readonly surveys: Surveys
  readonly reception: Reception
  readonly telling: KnowledgeTelling
  readonly floor: WatchedFloor
  readonly lines: OwnLines
}

/** Incoming calls, calls that the city owes, and the lines that carry them. */
async function openCallWork<OwnLines extends HouseLines>(
  parts: Parts<HouseFlows, OwnLines>,
  way: Switchboard,
  ground: Ground,
  { voice, flows, recognizers }: Speech<HouseFlows>,
  {
    captioning,
    desk,
    asideOf,
    facts,
    whereabouts,
    music,
    notices,
    recordings,
    orders,
  }: Conversations & OrderWork,
  add: Add,
): Promise<CallWork<OwnLines>> {
  const { settings, log } = parts
  const { node, jobs, ledger, journal, calls, callers, callbacks, sealKey, texts } = ground
  const { captions, hasCaptions } = captioning
  const shares = createShares(shareRulesOf(settings), parts.clock.monotonicMs)
  // An incoming call is led through a flow, and to the desk when the caller wants a person.
  const ofCalls = {
    ...parts,
    ...ground,
    prompts: voice.prompts,
    music,
    desk,
    holdsDesk: node.holdsDesk,
    way,
    captions,
    journal: facts,
  }
  const doors = openFlowDoors({
    ...ofCalls,
    orderStatus: parts.orderStatus ?? { of: orders.statusOf },
    transcribes: recognizers.recognizer !== undefined,
    records: recordings.talks.records,
    hearWords: captioning.hearWords,
    kept: journal,
  })
  const reception = openReception({ ...ofCalls, flows, shares, doors, recordings: recordings.talks })
  const silence = silenceRules(notices, desk, seatPatience(settings))
  const lines = await parts.openLines({
    ...parts,
    ...reception,
    silence,
    shares,
    desk,
    asideOf,
    captions,
    journal: facts,
  })
  way.connect(lines.ways)
  if (lines.farewell) node.onLeft(lines.farewell)
  add(lines)
  add({ figures: [...callFigures(lines.all, journal), ...shareFigures(shares)] })

  // By default an agent takes a callback and rings; if the hotline leads, the desk picks the agent.
  const ringing = {
    callerId: settings.CALLER_ID,
    desk,
    callbacks,
    captions,
    way,
    onTheLine: reception.callers,
    log,
  }
  const callBack = keepCallbacks(ringing)
  const screens = openSeatScreens({
    ...parts,
    units: () => parts.orderRules.units,
    desk,
    callers,
    calls,
    captions,
    callBack,
    way,
    recording: recordings.talks,
  })
  add({ sockets: [screens.mount], close: screens.close })
  if (settings.CALLBACK_LEAD === 'hotline') add(leadCallbacks({ ...parts, ...ringing, node, journal: facts }))
  // An agent gives an answer, by the hotline's voice or as a text message.
  const telling = openTelling({ ...ofCalls, knowledge: ground.knowledge, calls, city: parts.city })
  const floor = add(openWatchedFloor({ ...parts, desk, calls, whereabouts, hasCaptions }))

  // Closing an order owes its citizen a survey call; the answers go to the order.
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
    optedOut: callbacks.reconsider,
  })
  orders.follow({ closed: surveys.owe, erased: surveys.forget })
  orders.follow({ erased: callbacks.forget, made: callbacks.ordered })
  callbacks.heed({
    confidential: orders.isTextOnly,
    'no-contact': orders.isUncontacted,
    'opted-out': surveys.hasOptedOut,
    hasOrder: async number =>
      ((await orders.statusOf(number)) ??
        (await parts.orderStatus?.of(number, AbortSignal.timeout(5_000)))) !== undefined,
  })
  add(writesOf(() => [surveys.noting()]))
  add(surveys)
  add(cutOff({ whereabouts, journal: facts, log }))
  return { surveys, reception, telling, floor, lines }
}
