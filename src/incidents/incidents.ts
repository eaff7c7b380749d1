import { z } from 'zod'
import { type Clock, Fault, type Figure, type Log, newId, type Part } from '../foundation/index.ts'
import {
  createWriteBehind,
  type Database,
  type Forgetter,
  openSpill,
  type WriteBehindFigures,
  writeFigures,
  writeParts,
} from '../storage/index.ts'
import type { IncidentChange, IncidentDetail, IncidentView, NewIncident, PublicIncident } from './api.ts'
import { incidentFigures } from './figures.ts'
import { holdIncidents } from './held.ts'
import { callerHash, forgetsAffected } from './holdings.ts'
import { changed, checkIncident, currentOf, publicOf, stateOf, viewOf, wordsIn } from './incident.ts'
import {
  countAffected,
  endIncident,
  insertAffected,
  insertEvent,
  insertIncident,
  lockIncident,
  selectEvents,
  selectIncident,
  selectLatest,
  updateIncident,
} from './store.ts'

/** The most incidents that a caller is told about; more would keep them from a person. */
export const mostTold = 2
const mostListed = 100

/** An incident as told to a caller. */
export type ToldIncident = { readonly id: string; readonly words: string }

export type Incidents = {
  /** The incidents to tell a caller of this language: the two newest, newest first. Returns at once. */
  toldIn(language: string): readonly ToldIncident[]
  /** Notes that a caller was told of an incident. */
  told(id: string): void
  /** Notes that a caller said they are affected. It never waits or throws; each caller counts once. */
  affects(id: string, who: { readonly number: string; readonly call: string }): void
  /** All current incidents for the public, newest first. */
  current(): readonly PublicIncident[]
  /** The latest incidents, newest first. @throws Fault from the database */
  list(): Promise<readonly IncidentView[]>
  /** @throws Fault `incident-times-wrong`, `incident-area-unknown`, or from the database */
  make(incident: NewIncident, by: string): Promise<IncidentView>
  /** An incident and its history. @throws Fault `incident-unknown`, or from the database */
  show(id: string): Promise<IncidentDetail>
  /**
   * Changes its words or end from now on; callers already counted stay counted.
   * @throws Fault `incident-unknown`, `incident-over`, `incident-times-wrong`, `incident-area-unknown`, or from the database
   */
  change(id: string, change: IncidentChange, by: string): Promise<IncidentView>
  /** Ends it before its time. @throws Fault `incident-unknown`, `incident-over`, or from the database */
  end(id: string, by: string): Promise<IncidentView>
  /** Resolves when affected callers are written, or the database did not take them. */
  flush(): Promise<void>
  readonly figures: readonly Figure[]
  health(): readonly Part[]
  readonly forgetters: readonly Forgetter[]
  close(): Promise<void>
}

type Affected = { readonly incident: string; readonly caller: string; readonly atMs: number }
const affectedSchema = z.object({ incident: z.string(), caller: z.string(), atMs: z.number() })

export function openIncidents({
  database,
  city,
  clock,
  log,
  spillFolder,
}: {
  readonly database: Database
  /** The districts and streets that may be named; if there are none, any place is accepted. */
  readonly city: {
    readonly districts: readonly { readonly name: string; readonly streets: readonly string[] }[]
  }
  readonly clock: Clock
  readonly log: Log
  /** Where affected callers are saved while the database is away; only in memory when absent. */
  readonly spillFolder?: string
}): Incidents {
  const held = holdIncidents({ database, clock, log })
  const queue = createWriteBehind<Affected>({
    name: 'incidents',
    things: 'affected callers',
    write: async items => {
      for (const { incident, caller, atMs } of items)
        await insertAffected(database, incident, caller, new Date(atMs))
    },
    idOf: ({ incident }) => incident,
    spill:
      spillFolder === undefined
        ? undefined
        : openSpill({ folder: spillFolder, name: 'incidents', parse: one => affectedSchema.parse(one), log }),
    clock,
    log,
    batchSize: 50,
  })
  const counts = { told: 0, affected: 0 }
  const now = () => currentOf(held.all(), clock.now())
  const write = (): readonly WriteBehindFigures[] => [queue.figures()]
  const view = async (id: string): Promise<IncidentView> => {
    const found = await selectIncident(database, id)
    if (!found) throw unknown(id)
    return viewOf(found, (await countAffected(database, [id])).get(id) ?? 0, clock.now())
  }

  return {
    toldIn(language) {
      return now()
        .flatMap(incident => {
          const words = wordsIn(incident, language)
          return words === undefined ? [] : [{ id: incident.id, words }]
        })
        .slice(0, mostTold)
    },
    told() {
      counts.told++
    },
    affects(id, { number, call }) {
      counts.affected++
      // A caller who withholds their number is identified by the call.
      queue.put({ incident: id, caller: callerHash(id, number === '' ? call : number), atMs: clock.now() })
    },
    current: () => now().map(publicOf),
    async list() {
      const latest = await selectLatest(database, mostListed)
      const affected = await countAffected(
        database,
        latest.map(({ id }) => id),
      )
      return latest.map(one => viewOf(one, affected.get(one.id) ?? 0, clock.now()))
    },
    async make(wanted, by) {
      const times = checkIncident(wanted, clock.now(), city.districts)
      const incident = {
        id: newId('incident', clock.now()),
        kind: wanted.kind,
        words: wanted.words,
        area: wanted.area,
        ...times,
        madeBy: by,
        madeAtMs: clock.now(),
      }
      await database.transaction(async tx => {
        await insertIncident(tx, incident)
        await insertEvent(tx, incident.id, { atMs: clock.now(), kind: 'made', by, before: {} })
        await tx.notify(held.channel, incident.id)
      })
      log.info({ incident: incident.id, kind: incident.kind, by }, 'an incident was made known')
      await held.read()
      return viewOf(incident, 0, clock.now())
    },
    async show(id) {
      return { incident: await view(id), events: await selectEvents(database, id) }
    },
    async change(id, wanted, by) {
      await database.transaction(async tx => {
        const found = await lockIncident(tx, id)
        if (!found) throw unknown(id)
        if (stateOf(found, clock.now()) === 'over') throw over(id)
        const { incident, event } = changed(found, wanted, clock.now(), city.districts)
        if (!event) return
        await updateIncident(tx, incident)
        await insertEvent(tx, id, { atMs: clock.now(), by, ...event })
        await tx.notify(held.channel, id)
      })
      log.info({ incident: id, by }, 'an incident was changed')
      await held.read()
      return view(id)
    },
    async end(id, by) {
      await database.transaction(async tx => {
        if ((await endIncident(tx, id, by, new Date(clock.now()))) === 0) {
          if (await selectIncident(tx, id)) throw over(id)
          throw unknown(id)
        }
        await insertEvent(tx, id, { atMs: clock.now(), kind: 'ended', by, before: {} })
        await tx.notify(held.channel, id)
      })
      log.info({ incident: id, by }, 'an incident was ended')
      await held.read()
      return view(id)
    },
    flush: queue.flush,
    figures: [
      ...incidentFigures(
        () => now().length,
        () => counts,
      ),
      ...writeFigures(write),
    ],
    health: () => writeParts(write()),
    forgetters: forgetsAffected(database),
    async close() {
      await held.close()
      await queue.close()
    },
  }
}

const unknown = (id: string) =>
  new Fault({ code: 'incident-unknown', place: 'params.id', found: id, expected: 'the id of an incident' })

const over = (id: string) =>
  new Fault({
    code: 'incident-over',
    place: 'params.id',
    found: `${id}, which is over`,
    expected: 'one that goes on or comes',
  })
