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
  createBulletins,
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

/** What the house asks of every room; a room omits what does not apply to it. */
export type Room = {
  /** Handlers for this room's jobs. */
  readonly handlers?: readonly Handler[]
  /** Figures for operators. */
  readonly figures?: readonly Figure[]
  /** Remove people from its tables and folders: one for each that holds personal data. */
  readonly forgetters?: readonly Forgetter[]
  /** Its parts, and whether each is up. */
  health?(): readonly Part[] | Promise<readonly Part[]>
  /** Its own web endpoints. */
  readonly sockets?: readonly SocketMount[]
  readonly requests?: readonly RequestMount[]
  /** Takes on no new calls and lets current ones go on, because the service is about to stop. */
  drain?(): Promise<void> | void
  close?(): Promise<void> | void
}

/** What the house must know of a room before any is open; a room omits what does not apply to it. */
type Brought = {
  readonly tables?: readonly Migration[]
  /** The personal data in each of its tables and folders. */
  readonly holdings?: readonly Holding[]
  /** Its kinds of jobs. */
  readonly queues?: readonly Queue<object>[]
  /** Its fault codes and their kinds. */
  readonly faults: FaultKinds
}

/** One line per room, in the order in which their migrations were added. */
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

/** The files and folders in DATA_DIR, by name. */
export const laidDown: readonly string[] = holdings.flatMap(({ name }) =>
  name.startsWith('/') ? [name.slice(1)] : [],
)

/** Adds a room to the house, which closes it when it closes itself. */
export type Add = <Opened extends object>(room: Opened & Room) => Opened

type Footing = {
  readonly settings: Settings
  readonly orderRules: Pick<OrderRules, 'units' | 'categories'>
  /** Words that searches treat as equal. */
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

/** Rooms that need only the ground, one per entry; the house and the front desk know them by these names. */
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
    // The shelf numbers the catalogue's objects, so it keeps the catalogue of its start.
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
    /** Speaks it to the caller over whatever they hear. @returns how long that takes */
    say(call: Call, notice: 'recorded'): Promise<number>
  }
  readonly captions: Pick<Captions, 'withhold'>
}

/** The recordings room; it must be open before any conversation begins. */
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
  // Captions are withheld from the transcript while recording is paused.
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
  /** The forgetters of all open rooms. */
  forgetters(): readonly Forgetter[]
  health(): Promise<readonly Part[]>
}

/** Rooms that look at all the others, one per entry; the house knows them by these names, too. */
export function openOverlooking(house: Overview, add: Add) {
  const { settings, trail, city, retentionRules: rules } = house
  const ofScores = { ...house, units: house.orderRules.units, rules: house.scoreRules }
  const deductions = createDeductions(ofScores)
  const supervision = openSupervision({ ...ofScores, deductions })
  const retention = add(openRetention({ ...house, rules, holdings, mark: trail.mark, home: city }))
  // A unit's deductions show in its orders, and an order under a hold cannot be erased.
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
        // When only agents end wrap-up, its length is taken from seats' states.
        wrapUpSeconds: settings.SEAT_WRAP_UP_SECONDS === 'none' ? 0 : settings.SEAT_WRAP_UP_SECONDS,
        foresee: house.callbacks.foresee,
      }),
    ),
    supervision,
    bulletins: createBulletins({ ...ofScores, supervision, deductions }),
    retention,
  }
}
export type OverlookingRooms = ReturnType<typeof openOverlooking>

/** What a room requires of the flow it uses; a flow that lacks it may answer calls but rings nobody. */
export const flowNeeds: FlowNeeds = { [surveyFlow]: surveyNeeds }

/** The version of this build; an older build names it when it finds newer tables. */
export const build = z
  .object({ version: z.string() })
  .parse(createRequire(import.meta.url)('../../package.json')).version

/** The contributions of all rooms, joined in order. */
export const figuresOf = (rooms: readonly Room[]) => rooms.flatMap(({ figures = [] }) => figures)
export const forgettersOf = (rooms: readonly Room[]) => rooms.flatMap(({ forgetters = [] }) => forgetters)
export const handlersOf = (rooms: readonly Room[]) => rooms.flatMap(({ handlers = [] }) => handlers)
export const mountsOf = (rooms: readonly Room[]) => ({
  sockets: rooms.flatMap(({ sockets = [] }) => sockets),
  requests: rooms.flatMap(({ requests = [] }) => requests),
})
export const healthOf = async (rooms: readonly Room[]) =>
  (await Promise.all(rooms.map(room => room.health?.() ?? []))).flat()

/** A room that takes longer to close is left behind: its database or server does not answer. */
const closeMs = 3_000

/**
 * Closes rooms in reverse order of opening, so that dependents close first. A room that hangs or fails does not
 * hold up the rest; it is logged.
 * @param closed the rooms already closed; each is closed once
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

/**
 * The file of the model that suggests kinds by the catalogue alone; one per build, since builds may make it
 * differently.
 */
export const plainModel = ({ DATA_DIR }: Settings) => join(DATA_DIR, 'models', `catalogue-${build}.model`)

/** Where write-behind data is kept while the database is away. */
export const spillFolder = ({ DATA_DIR }: Settings) => join(DATA_DIR, 'spill')

/** Watches write-behind queues: as figures, and as a part that is down when somebody must look at it. */
export const writesOf = (queues: () => readonly WriteBehindFigures[]): Room => ({
  figures: writeFigures(queues),
  health: () => writeParts(queues()),
})
