import { join } from 'node:path'
import {
  type CatalogueEditions,
  type LiveCatalogue,
  openCatalogueEditions,
  proveCatalogue,
} from '../catalogue/index.ts'
import { createCalendar } from '../city/index.ts'
import { createLive, newId, sidePart } from '../foundation/index.ts'
import { forgetsJobs, type Jobs, jobFigures, openJobs } from '../jobs/index.ts'
import {
  type Auditing,
  createLedger,
  fileWay,
  type Ledger,
  openAuditing,
  signerOf,
  timeStampWay,
  webhookWay,
} from '../ledger/index.ts'
import {
  channelsSubject,
  closingsSubject,
  createLiveRules,
  dispatchSubject,
  groundsSubject,
  levelsSubject,
  limitsSubject,
  placesOf,
  repeatsSubject,
  reportedOrders,
  templatesSubject,
  unitHasOrders,
  unitsSubject,
} from '../orders/index.ts'
import {
  hoursSubject,
  openRulebook,
  type Rulebook,
  type RuleSubject,
  textsSubject,
} from '../rulebook/index.ts'
import { reportedPrograms, reportedStaff } from '../staff/index.ts'
import { forgetsSpilled, keepTables, readOrMakeKey, takePlace } from '../storage/index.ts'
import { reportedBulletins, reportedDeductions, scoresSubject } from '../supervision/index.ts'
import { reportedSurveys, surveysSubject } from '../surveys/index.ts'
import {
  type CallRecords,
  createCallRecords,
  createJournal,
  createNode,
  forgetsCalls,
  type HotlineNode,
  type StoredJournal,
} from '../telephony/index.ts'
import { forgetsTexts, type TextSender } from '../texts/index.ts'
import { reportedTrail } from '../trail/index.ts'
import { proveSaysAside } from '../triage/index.ts'
import type { HouseFlows, HouseLines, Parts } from './parts.ts'
import {
  type Add,
  build,
  type GroundedRooms,
  openGrounded,
  queues,
  spillFolder,
  tables,
  writesOf,
} from './rooms.ts'

export type Ground = GroundedRooms & {
  readonly jobs: Jobs
  readonly ledger: Ledger
  readonly auditing: Auditing
  readonly editions: CatalogueEditions
  readonly rulebook: Rulebook
  readonly journal: StoredJournal
  readonly calls: CallRecords
  readonly node: HotlineNode
  /** Key for cookies, links and second factors. It outlives restarts, and nodes with one database share it. */
  readonly sealKey: Uint8Array
  /** Earlier keys, which still open what they sealed. */
  readonly olderSealKeys: readonly Uint8Array[]
  /** Sends texts to numbers that the city allows. */
  readonly texts: TextSender
}

type GroundParts = Parts<HouseFlows, HouseLines> & {
  readonly catalogue: LiveCatalogue
  /** Rules that may be replaced while the service runs. */
  readonly live: ReturnType<typeof liveRules>
  /** Whether this city rings a given number at all. */
  readonly reaches: (number: string) => boolean
}

/** Opens everything that stands on the database: jobs, tables, the ledger, people, the journal of calls. */
export async function openGround(parts: GroundParts, add: Add): Promise<Ground> {
  const { settings, database, clock, log, print, texts } = parts
  const jobs = openJobs({ database, clock, log, queues, pollMs: parts.pollMs })
  add({
    figures: jobFigures(jobs),
    health: () => [sidePart('jobs', jobs.trouble())],
    forgetters: forgetsJobs(database),
    close: jobs.close,
  })
  const { prepare } = jobs
  add({ close: await keepTables(database, { tables, build, prepare, clock, log, print }) })
  const { ledger, auditing } = openHouseLedger(parts)
  add(auditing)
  const { bytes: sealKey, older: olderSealKeys } = await readOrMakeKey(
    settings.SESSION_KEY,
    settings.DATA_DIR,
    'session-key',
    '32 bytes in base64url; remove the file, and the next start makes them',
  )
  const editions = add(await openEditions(parts))
  const rooms = openGrounded({ ...parts, jobs, ledger, sealKey, olderSealKeys }, add)
  const rulebook = add(await openRulebook({ ...parts, subjects: subjectsOf(parts, rooms) }))
  const calls = await openJournal(parts, rooms, add)
  const laidTexts = forgetsTexts(join(settings.DATA_DIR, 'texts'))
  add({ forgetters: [...laidTexts, forgetsSpilled(spillFolder(settings))] })
  return { ...rooms, ...calls, editions, rulebook, jobs, ledger, auditing, sealKey, olderSealKeys, texts }
}

/** The city's rules as this process reads them; each may be replaced at run time. */
export const liveRules = ({
  city,
  orderRules,
  surveyRules,
  scoreRules,
}: Pick<Parts<HouseFlows, HouseLines>, 'city' | 'orderRules' | 'surveyRules' | 'scoreRules'>) => ({
  city: createLive(city),
  orders: createLiveRules(orderRules),
  surveys: createLive(surveyRules),
  scores: createLive(scoreRules),
})

/** The subjects of the rulebook with the files that they are first read from, and the check for names of units. */
function subjectsOf(
  { live, settings, catalogue, database, gazetteer }: GroundParts,
  { staff }: Pick<GroundedRooms, 'staff'>,
): readonly RuleSubject[] {
  const { CITY_FILE, ORDER_RULES_DIR, ORDER_PROFILE, SURVEY_RULES } = settings
  const isNamed = async (unit: string) =>
    [...live.orders.value.categories.values()].some(category => category.unit === unit) ||
    [...catalogue.units.values()].some(({ id }) => id === unit) ||
    (await staff.list()).some(member => member.unit === unit) ||
    unitHasOrders(database, unit)
  return [
    hoursSubject(live.city, CITY_FILE),
    textsSubject(live.city, CITY_FILE),
    groundsSubject(live.orders, join(ORDER_RULES_DIR, 'grounds.json')),
    templatesSubject(live.orders, join(ORDER_RULES_DIR, 'templates.json')),
    channelsSubject(live.orders, join(ORDER_RULES_DIR, 'channels.json')),
    repeatsSubject(live.orders, join(ORDER_RULES_DIR, 'repeats.json')),
    closingsSubject(live.orders, join(ORDER_RULES_DIR, 'closings.json')),
    levelsSubject(live.orders, join(ORDER_RULES_DIR, 'levels.json')),
    unitsSubject(live.orders, join(ORDER_RULES_DIR, 'units.json'), isNamed),
    limitsSubject(live.orders, `${join(ORDER_RULES_DIR, 'profiles.json')} ${ORDER_PROFILE}`),
    dispatchSubject(live.orders, join(ORDER_RULES_DIR, 'dispatch.json'), {
      catalogue,
      places: placesOf(live.city.value, gazetteer),
      dateAt: atMs => createCalendar(live.city.value)(atMs).date,
    }),
    surveysSubject(live.surveys, SURVEY_RULES ?? 'SURVEY_RULES', live.city.value),
    scoresSubject(live.scores, join(ORDER_RULES_DIR, 'scores.json')),
  ]
}

/**
 * A published catalogue is read by all rooms on every node; it is first checked against the city's units and
 * districts.
 */
const openEditions = ({ catalogue: live, city, orderRules, database, clock, log }: GroundParts) =>
  openCatalogueEditions({
    live,
    database,
    clock,
    log,
    prove: async catalogue => [
      ...(await proveCatalogue(catalogue, {
        districts: city.districts.map(({ name }) => name),
        units: new Set(orderRules.units.keys()),
        categories: new Set(orderRules.categories.keys()),
      })),
      ...(await proveSaysAside(catalogue.files)),
    ],
  })

/** The journal of calls, and the record that this process was the one that had them. */
async function openJournal(
  { settings, city, database, clock, log, print }: GroundParts,
  { callbacks }: Pick<GroundedRooms, 'callbacks'>,
  add: Add,
): Promise<Pick<Ground, 'node' | 'journal' | 'calls'>> {
  // The transaction that records a lost or cut-off caller also owes them a callback.
  const alongside = callbacks.owe
  const shared = { database, clock, log, alongside }
  const alone = settings.DATABASE_URL === undefined
  const id = newId('node')
  // With a shared database, this folder's previous node is known to be dead.
  const place = alone ? undefined : await takePlace(settings.DATA_DIR, id, log)
  if (place) add({ close: place.leave })
  const journal = createJournal({
    ...shared,
    node: id,
    soonMs: city.soonSeconds * 1000,
    spillFolder: spillFolder(settings),
  })
  const { readBack } = journal
  const node = add(createNode({ ...shared, id, alone, before: place?.before, print, readBack }))
  void node.begin()
  add({
    ...writesOf(() => [journal.figures()]),
    forgetters: forgetsCalls(database, journal),
    close: journal.close,
  })
  return { node, journal, calls: createCallRecords({ database, journal }) }
}

/** The ledger of every room that reports; it is sealed each day, and the seal is sent out. */
function openHouseLedger({
  settings,
  city,
  surveyRules,
  ledgerKeys: keys,
  database,
  clock,
  log,
}: GroundParts): { readonly ledger: Ledger; readonly auditing: Auditing } {
  const { DATA_DIR, LEDGER_SEALS_FILE, LEDGER_WEBHOOK, LEDGER_TIME_STAMPS } = settings
  const auditing = openAuditing({
    database,
    keys,
    reported: [
      reportedOrders(createCalendar(city)),
      reportedSurveys(surveyRules),
      reportedStaff,
      reportedPrograms,
      reportedTrail,
      reportedDeductions,
      reportedBulletins,
    ],
    ways: [
      fileWay(LEDGER_SEALS_FILE ?? join(DATA_DIR, 'seals.jsonl')),
      ...(LEDGER_WEBHOOK === undefined ? [] : [webhookWay(LEDGER_WEBHOOK, seal => signerOf(keys, seal))]),
      ...(LEDGER_TIME_STAMPS === undefined ? [] : [timeStampWay(LEDGER_TIME_STAMPS)]),
    ],
    timeZone: city.timeZone,
    clock,
    log,
  })
  return { ledger: createLedger(keys.mac), auditing }
}
