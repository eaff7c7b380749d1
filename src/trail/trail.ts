import { createHmac } from 'node:crypto'
import {
  type Clock,
  counter,
  type Figure,
  type Log,
  newId,
  type Part,
  sidePart,
} from '../foundation/index.ts'
import type { Ledger } from '../ledger/index.ts'
import {
  createWriteBehind,
  type Database,
  type Forgetter,
  openSpill,
  type Queries,
  type Sweep,
  writeFigures,
  writeParts,
} from '../storage/index.ts'
import {
  type TrailEntry,
  type TrailExportQuery,
  type TrailPage,
  type TrailQuery,
  trailEntrySchema,
} from './api.ts'
import { forgetsTrail } from './holdings.ts'
import { kindOf, trailRoom } from './reported.ts'
import {
  deleteHour,
  hoursBefore,
  insertEntries,
  knownIds,
  lockHour,
  looksSince,
  selectEntries,
  type TrailRow,
} from './store.ts'
import { syslogLine } from './syslog.ts'

export type Trail = {
  /** Writes an entry in the background, so that nobody waits; on disk while the database is away. */
  write(entry: Omit<TrailEntry, 'atMs'>): void
  /** A keyed hash of a value that must not be recorded itself. The same number or name always gives the same hash. */
  mark(value: string): string
  list(query: TrailQuery): Promise<TrailPage>
  /** Exports entries line by line, latest first, as JSON or syslog (RFC 5424). */
  export(query: TrailExportQuery): AsyncGenerator<string>
  /** Resolves when all entries are written, or the database does not take them. */
  flush(): Promise<void>
  readonly forgetters: readonly Forgetter[]
  readonly figures: readonly Figure[]
  health(): readonly Part[]
  close(): Promise<void>
}

/** Normalizes phone numbers, so that country codes and blanks make no difference; other values are unchanged. */
const plain = (value: string) =>
  /^\+?[\d\s-]{7,}$/.test(value) ? value.replace(/\D/g, '').slice(-11) : value

const spilled = trailEntrySchema.extend({ id: trailEntrySchema.shape.person })
const hourMs = 3600_000

/** The UTC hour of a time, as a name that sorts chronologically. */
const hourOf = (ms: number) => new Date(ms).toISOString().slice(0, 13)

export function openTrail({
  database,
  ledger,
  key,
  keptDays,
  mostLooks,
  spillFolder: folder,
  clock,
  log,
}: {
  readonly database: Database
  readonly ledger: Ledger
  /** The key of the hashes. */
  readonly key: Uint8Array
  /** The retention in days, shown to readers; `forgetters` are told when it has ended. */
  readonly keptDays: number
  /** How many orders, calls and callers a person may look at within an hour without an alarm. */
  readonly mostLooks: number
  readonly spillFolder?: string
  readonly clock: Clock
  readonly log: Log
}): Trail {
  let alarms = 0
  let toldMs = -Infinity

  async function append(tx: Queries, rows: readonly TrailRow[]): Promise<void> {
    for (const hour of [...new Set(rows.map(({ atMs }) => hourOf(atMs)))].sort()) {
      const last = await lockHour(tx, hour)
      const placed = rows
        .filter(({ atMs }) => hourOf(atMs) === hour)
        .map((row, index) => ({ ...row, hour, place: last + index + 1 }))
      await insertEntries(tx, placed)
      await ledger.append(
        tx,
        trailRoom,
        placed.map(({ place, atMs, act, hour: stream, ...data }) => ({
          stream,
          place,
          atMs,
          kind: kindOf(act),
          data,
        })),
      )
    }
  }

  /** An alarm for each person who looked at too many this hour, once per hour. */
  async function alarmsFor(tx: Queries, rows: readonly TrailRow[]): Promise<readonly TrailRow[]> {
    const persons = [...new Set(rows.filter(({ act }) => act !== 'alarm').map(({ person }) => person))]
    const looks = await looksSince(tx, persons, clock.now() - hourMs)
    return looks
      .filter(({ count, told, person }) => count > mostLooks && !told && person !== '')
      .map(({ person, role, count }) =>
        rowOf({
          act: 'alarm',
          outcome: 'done',
          person,
          role,
          address: '',
          way: `${count} > ${mostLooks}`,
          about: '',
          whose: '',
        }),
      )
  }

  const rowOf = (entry: Omit<TrailEntry, 'atMs'>): TrailRow => {
    const atMs = clock.now()
    return { ...entry, atMs, id: newId('trail', atMs) }
  }

  const writing = createWriteBehind<TrailRow>({
    name: 'trail',
    things: 'entries',
    write: rows =>
      database.transaction(async tx => {
        const known = await knownIds(
          tx,
          rows.map(({ id }) => id),
        )
        await append(
          tx,
          rows.filter(({ id }) => !known.has(id)),
        )
        const told = await alarmsFor(tx, rows)
        await append(tx, told)
        for (const { role } of told) {
          alarms++
          toldMs = clock.now()
          log.warn({ role }, 'somebody looked at more orders and calls than is usual: see the audit trail')
        }
      }),
    idOf: ({ id }) => id,
    spill:
      folder === undefined
        ? undefined
        : openSpill({ folder, name: 'trail', parse: found => spilled.parse(found), log }),
    gatherMs: 200,
    clock,
    log,
  })

  const mark = (value: string) =>
    value === ''
      ? ''
      : createHmac('sha256', key)
          .update(`trail ${plain(value)}`)
          .digest('base64url')
          .slice(0, 16)

  /** Deletes hours whose retention has ended, oldest first. The chain still shows that they existed. */
  async function sweep({ beforeMs, limit }: Parameters<Sweep['sweep']>[0]): Promise<number> {
    await writing.flush()
    const hours = await hoursBefore(database, hourOf(beforeMs), limit)
    for (const { hour, last } of hours)
      await database.transaction(async tx => {
        await lockHour(tx, hour)
        await deleteHour(tx, hour)
        await ledger.erase(tx, trailRoom, hour)
        const erased = {
          stream: hour,
          place: last + 1,
          atMs: clock.now(),
          kind: 'erased',
          data: { by: 'kept-long-enough' },
        }
        await ledger.append(tx, trailRoom, [erased])
      })
    return hours.length
  }

  const wanted = ({ number, ...query }: Omit<TrailQuery, 'before' | 'limit'>) => ({
    ...query,
    whose: number === undefined ? undefined : mark(number),
  })

  return {
    write: entry => writing.put(rowOf(entry)),
    mark,
    async list({ before, limit, ...query }) {
      await writing.flush()
      const [hour = '', place = '0'] = before?.split(':') ?? []
      const found = await selectEntries(database, {
        ...wanted(query),
        before: before === undefined ? undefined : { hour, place: Number(place) },
        limit: limit + 1,
      })
      const shown = found.slice(0, limit)
      const last = shown.at(-1)
      return {
        entries: shown.map(entryOf),
        next: found.length > limit && last ? `${last.hour}:${last.place}` : undefined,
        keptDays,
      }
    },
    async *export({ format, ...query }) {
      await writing.flush()
      let before: { hour: string; place: number } | undefined
      for (;;) {
        const found = await selectEntries(database, { ...wanted(query), before, limit: 1000 })
        if (found.length === 0) return
        yield found
          .map(entryOf)
          .map(entry => `${format === 'syslog' ? syslogLine(entry) : JSON.stringify(entry)}\n`)
          .join('')
        before = found.at(-1)
      }
    },
    flush: writing.flush,
    forgetters: forgetsTrail(database, mark, sweep),
    figures: [
      ...writeFigures(() => [writing.figures()]),
      counter(
        'jieting_trail_alarms_total',
        'Members who looked at more than is usual in an hour',
        () => alarms,
      ),
    ],
    health: () => [
      ...writeParts([writing.figures()]),
      sidePart(
        'trail-looks',
        clock.now() - toldMs < hourMs
          ? 'somebody looked at more orders and calls than is usual: see the audit trail'
          : undefined,
      ),
    ],
    async close() {
      await writing.close()
    },
  }
}

const entryOf = ({
  hour: _hour,
  place: _place,
  ...entry
}: TrailEntry & { readonly hour: string; readonly place: number }): TrailEntry => entry
