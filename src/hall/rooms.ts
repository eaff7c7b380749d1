import { createRequire } from 'node:module'
import { join } from 'node:path'
import { z } from 'zod'
import { alarmFaults, openAlarms } from '../alarms/index.ts'
import { assistantFaults, openAssistant } from '../assistant/index.ts'
import { type Callbacks, callbackBrings, openCallbacks } from '../callbacks/index.ts'
import { callerBrings, createCallers } from '../callers/index.ts'
import { type Captions, captionBrings } from '../captions/index.ts'
import { catalogueBrings, createCatalogueBook, type LiveCatalogue } from '../catalogue/index.ts'
import type { City } from '../city/index.ts'
import { type Desk, deskBrings } from '../desk/index.ts'
import { draftBrings } from '../drafts/index.ts'
import {
  type Clock,
  Fault,
  type FaultKinds,
  type Figure,
  type Log,
  type Part,
  type RequestMount,
  reasonOf,
  type SocketMount,
  withDeadline,
} from '../foundation/index.ts'
import { incidentBrings, openIncidents } from '../incidents/index.ts'
import { type FlowNeeds, flowBrings } from '../ivr/index.ts'
import { type Handler, type Jobs, jobBrings, type Queue } from '../jobs/index.ts'
import { type Knowledge, knowledgeBrings, openKnowledge, type Synonyms } from '../knowledge/index.ts'
import { type Ledger, type LedgerKeys, ledgerBrings } from '../ledger/index.ts'
import { isOrderNumber, type OrderRules, type Orders, orderBrings } from '../orders/index.ts'
import { openPlanning, planningFaults } from '../planning/index.ts'
import { noRecordings, openRecordings, type RecordingRules, recordingBrings } from '../recordings/index.ts'
import { openRetention, type RetentionRules, retentionBrings } from '../retention/index.ts'
import { rulebookBrings } from '../rulebook/index.ts'
import {
  alarmWebhookOf,
  callbackRulesOf,
  modelPlaceOf,
  openIdOptionsOf,
  type Settings,
  sessionLimitsOf,
} from '../settings/index.ts'
import { createOpenId, openPrograms, openStaff, type Staff, staffBrings } from '../staff/index.ts'
import {
  type Database,
  type Forgetter,
  type Holding,
  type Migration,
  storageBrings,
  type WriteBehindFigures,
  writeFigures,
  writeParts,
} from '../storage/index.ts'
import {
  createDeductions,
  openSupervision,
  type ScoreRules,
  supervisionBrings,
} from '../supervision/index.ts'
import { type Surveys, surveyBrings, surveyFlow, surveyNeeds } from '../surveys/index.ts'
import { type Call, type CallRecords, callBrings, normaliseNumber, recordTalk } from '../telephony/index.ts'
import { type TextSender, textBrings } from '../texts/index.ts'
import { openTrail, type Trail, trailBrings } from '../trail/index.ts'
import { refusalsAlone } from './faults.ts'

/** What the house asks of every room alike; a room leaves out what it has none of. */
export type Room = {
  /** Jobs that this room does when they fall due. */
  readonly handlers?: readonly Handler[]
  /** What operators watch of it. */
  readonly figures?: readonly Figure[]
  /** Who takes people out of its tables and folders: one for each that has somebody in it. */
  readonly forgetters?: readonly Forgetter[]
  /** Its parts, and whether they are up. */
  health?(): readonly Part[] | Promise<readonly Part[]>
  /** What it serves over the web by itself. */
  readonly sockets?: readonly SocketMount[]
  readonly requests?: readonly RequestMount[]
  /** Begins nothing more that takes a call, and lets go on what is up: the house is to stop. */
  drain?(): Promise<void> | void
  close?(): Promise<void> | void
}

/** What the house has to know of every room before any is open; a room leaves out what it has none of. */
type Brought = {
  readonly tables?: readonly Migration[]
  /** What of people is in each of its tables and folders. */
  readonly holdings?: readonly Holding[]
  /** Its kinds of jobs. */
  readonly queues?: readonly Queue<object>[]
  /** What it refuses, by code and kind. */
  readonly faults: FaultKinds
}

/** A line a room, in the order in which their tables came. */
const brought: readonly Brought[] = [
  callBrings,
  callerBrings,
  deskBrings,
  flowBrings,
  captionBrings,
  recordingBrings,
  ledgerBrings,
  staffBrings,
  orderBrings,
  surveyBrings,
  trailBrings,
  incidentBrings,
  callbackBrings,
  retentionBrings,
  draftBrings,
  knowledgeBrings,
  supervisionBrings,
  { faults: alarmFaults },
  { faults: assistantFaults },
  catalogueBrings,
  rulebookBrings,
  jobBrings,
  { faults: planningFaults },
  storageBrings,
  textBrings,
  ...refusalsAlone,
]

export const tables: readonly Migration[] = brought.flatMap(({ tables = [] }) => tables)
export const holdings: readonly Holding[] = brought.flatMap(({ holdings = [] }) => holdings)
export const queues: readonly Queue<object>[] = brought.flatMap(({ queues = [] }) => queues)
export const faults: readonly FaultKinds[] = brought.map(({ faults }) => faults)

/** What lies in DATA_DIR: files and folders, by their names. */
export const laidDown: readonly string[] = holdings.flatMap(({ name }) =>
  name.startsWith('/') ? [name.slice(1)] : [],
)

/** Opened, and closed with the house. */
export type Add = <Opened extends object>(room: Opened & Room) => Opened

type Footing = {
  readonly settings: Settings
  readonly orderRules: Pick<OrderRules, 'units' | 'categories'>
  /** Words that mean the same to whoever looks something up. */
  readonly synonyms?: Synonyms
  readonly catalogue: LiveCatalogue
  readonly city: City
  readonly database: Database
  readonly jobs: Jobs
  readonly ledger: Ledger
  readonly ledgerKeys: LedgerKeys
  readonly texts: TextSender
  readonly reaches: (number: string) => boolean
  readonly retentionRules: RetentionRules
  readonly sealKey: Uint8Array
  readonly olderSealKeys: readonly Uint8Array[]
  readonly clock: Clock
  readonly log: Log
}

/** Rooms that stand on the ground alone, a line each; the house and the front desk know them by these names. */
export function openGrounded(ground: Footing, add: Add) {
  const { settings, texts, orderRules, retentionRules: periods } = ground
  const dataDir = settings.DATA_DIR
  const shared = { ...ground, dataDir, spillFolder: spillFolder(settings), send: texts.send }
  const openId = openIdOptionsOf(settings)
  return {
    callbacks: add(openCallbacks({ ...shared, rules: callbackRulesOf(settings, shared.city) })),
    callers: add(createCallers(shared)),
    catalogueBook: createCatalogueBook({
      catalogue: ground.catalogue,
      rules: orderRules,
      districts: ground.city.districts.map(({ name }) => name),
    }),
    incidents: add(openIncidents(shared)),
    // Its shelf numbers the objects: it keeps to those of its start.
    knowledge: add(
      openKnowledge({
        ...shared,
        catalogue: ground.catalogue.current(),
        examples: (settings.KNOWLEDGE_EXAMPLES ?? ground.city.example) ? settings.KNOWLEDGE_DIR : undefined,
      }),
    ),
    trail: add(
      openTrail({
        ...shared,
        keptDays: periods.trail.days,
        mostLooks: settings.TRAIL_LOOKS_PER_HOUR,
        key: ground.ledgerKeys.mark,
      }),
    ),
    programs: add(openPrograms(shared)),
    staff: add(
      openStaff({
        ...shared,
        openId: openId && createOpenId(openId),
        units: orderRules.units,
        newForMs: settings.SECOND_PERSON_HOURS * 3_600_000,
        ...sessionLimitsOf(settings),
      }),
    ),
  }
}

export type GroundedRooms = ReturnType<typeof openGrounded>

type Speaking = Pick<Footing, 'settings' | 'city' | 'database' | 'clock' | 'log'> & {
  readonly recordingRules?: RecordingRules
  readonly notices: {
    /** Says it to the caller over whatever they hear. @returns how long that takes */
    say(call: Call, notice: 'recorded'): Promise<number>
  }
  readonly captions: Pick<Captions, 'withhold'>
}

/** What is kept of conversations; it stands before there is any. */
export function openRecordingRoom(parts: Speaking, add: Add) {
  const room = add(
    openRecordings({
      ...parts,
      rules: parts.recordingRules ?? noRecordings,
      dataDir: parts.settings.DATA_DIR,
      spillFolder: spillFolder(parts.settings),
      home: parts.city,
      record: recordTalk,
      announce: call => parts.notices.say(call, 'recorded'),
      numberOf: ({ direction, caller, called }) =>
        normaliseNumber(direction === 'in' ? caller : called, parts.city),
    }),
  )
  const { talks } = room
  // What is not recorded of a call is not kept of its captions either.
  talks.on('changed', ({ call }) => parts.captions.withhold(call, talks.of(call)?.is === 'paused'))
  return room
}

type Overview = Omit<Footing, 'reaches'> & {
  readonly callbacks: Pick<Callbacks, 'foresee'>
  readonly calls: CallRecords
  readonly desk: Desk
  readonly knowledge: Pick<Knowledge, 'search'>
  readonly staff: Staff
  readonly scoreRules: ScoreRules
  readonly orders: Pick<Orders, 'follow'>
  readonly surveys: Pick<Surveys, 'mixes' | 'behind' | 'formula'>
  readonly trail: Pick<Trail, 'mark'>
  /** Of all rooms that are open. */
  forgetters(): readonly Forgetter[]
  health(): Promise<readonly Part[]>
}

/** Rooms that look upon all others, a line each, and known by these names, too. */
export function openOverlooking(house: Overview, add: Add) {
  const { settings, trail, city, retentionRules: rules } = house
  const ofScores = { ...house, units: house.orderRules.units, rules: house.scoreRules }
  const supervision = openSupervision({ ...ofScores, deductions: createDeductions(ofScores) })
  const retention = add(openRetention({ ...house, rules, holdings, mark: trail.mark, home: city }))
  // What units lose points for shows in their orders; an order that is held is not erased.
  house.orders.follow(supervision.ofOrders)
  house.orders.follow({ erased: retention.refuseErasure })
  return {
    alarms: add(openAlarms({ ...house, webhook: alarmWebhookOf(settings) })),
    assistant: add(openAssistant({ ...house, at: modelPlaceOf(settings), isOrderNumber })),
    planning: add(
      openPlanning({
        ...house,
        names: async () =>
          new Map(
            [...house.desk.seats(), ...(await house.staff.list())].map(({ name, display }) => [
              name,
              display,
            ]),
          ),
        // Where only an agent ends it, the states of seats tell.
        wrapUpSeconds: settings.SEAT_WRAP_UP_SECONDS === 'none' ? 0 : settings.SEAT_WRAP_UP_SECONDS,
        foresee: house.callbacks.foresee,
      }),
    ),
    supervision,
    retention,
  }
}
export type OverlookingRooms = ReturnType<typeof openOverlooking>

/** What rooms have to find in the flows that they use; a flow that lacks it may answer and ring nobody. */
export const flowNeeds: FlowNeeds = { [surveyFlow]: surveyNeeds }

/** The version of this build, which an older one names when it finds these tables. */
export const build = z
  .object({ version: z.string() })
  .parse(createRequire(import.meta.url)('../../package.json')).version

/** The same of all rooms, one after the other. */
export const figuresOf = (rooms: readonly Room[]) => rooms.flatMap(({ figures = [] }) => figures)
export const forgettersOf = (rooms: readonly Room[]) => rooms.flatMap(({ forgetters = [] }) => forgetters)
export const handlersOf = (rooms: readonly Room[]) => rooms.flatMap(({ handlers = [] }) => handlers)
export const mountsOf = (rooms: readonly Room[]) => ({
  sockets: rooms.flatMap(({ sockets = [] }) => sockets),
  requests: rooms.flatMap(({ requests = [] }) => requests),
})
export const healthOf = async (rooms: readonly Room[]) =>
  (await Promise.all(rooms.map(room => room.health?.() ?? []))).flat()

/** A room that takes longer is left behind: its database is away, or its server does not answer. */
const closeMs = 3_000

/**
 * Those that were opened last close first: what stands on a room goes before it. One that hangs or fails holds up nothing
 * that comes after it: each call is told.
 * @param closed those that are closed already; each is closed once
 */
export async function closeAll(
  rooms: readonly Room[],
  closed: Set<Room>,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Promise<void> {
  const late = () =>
    new Fault({ code: 'close-late', place: 'close', found: `no end in ${closeMs} ms`, expected: 'an end' })
  for (const room of rooms.toReversed()) {
    if (closed.has(room)) continue
    closed.add(room)
    await withDeadline(clock, closeMs, (async () => room.close?.())(), late).catch(error =>
      log.error({ reason: reasonOf(error) }, 'a room was not closed'),
    )
  }
}

/** What suggests kinds by the catalogue alone, as this build makes it; another may make it otherwise. */
export const plainModel = ({ DATA_DIR }: Settings) => join(DATA_DIR, 'models', `catalogue-${build}.model`)

/** Where what is written behind callers' backs lies while the database is away. */
export const spillFolder = ({ DATA_DIR }: Settings) => join(DATA_DIR, 'spill')

/** What waits to be written: watched, and a part that is down while somebody has to look at it. */
export const writesOf = (queues: () => readonly WriteBehindFigures[]): Room => ({
  figures: writeFigures(queues),
  health: () => writeParts(queues()),
})
