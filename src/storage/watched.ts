import { counter, errorText, type Figure, gauge, type Part, reasonOf, sidePart } from '../foundation/index.ts'
import type { Database } from './database.ts'
import type { WriteBehindFigures } from './write-behind.ts'

/** The database as a part of `/readyz`. Without it lists, marks and new seats have to wait. */
export async function databasePart(database: Pick<Database, 'ping'>): Promise<Part> {
  // A database fault holds no values, so its whole text may be shown, including what mends it.
  const say = (error: unknown) =>
    reasonOf(error).startsWith('database-') ? errorText(error) : reasonOf(error)
  return sidePart('database', await database.ping().then(() => undefined, say))
}

/** The write-behind queues as parts of `/readyz`. One is down while somebody has to look at it. */
export const writeParts = (queues: readonly WriteBehindFigures[]): readonly Part[] =>
  queues.map(queue => sidePart(queue.name, troubleOf(queue)))

function troubleOf({ trouble, waiting, spilled, refused, lost }: WriteBehindFigures): string | undefined {
  const says = [
    lost > 0 && `${lost} lost`,
    refused > 0 && `${refused} refused and set aside`,
    trouble !== undefined && `${waiting} wait, ${spilled} of them on disk: ${trouble}`,
  ].filter(one => one !== false)
  return says.length === 0 ? undefined : says.join('; ')
}

/** The write-behind queues as metrics. */
export function writeFigures(queues: () => readonly WriteBehindFigures[]): readonly Figure[] {
  const byQueue = (read: (queue: WriteBehindFigures) => number) => () =>
    queues().map(queue => ({ labels: { queue: queue.name }, value: read(queue) }))
  return [
    gauge(
      'jieting_writes_waiting',
      'Not written to the database yet, by queue',
      byQueue(({ waiting }) => waiting),
    ),
    gauge(
      'jieting_writes_spilled',
      'Of these, in a file of DATA_DIR/spill',
      byQueue(({ spilled }) => spilled),
    ),
    counter(
      'jieting_writes_refused_total',
      'Set aside: no table takes them',
      byQueue(({ refused }) => refused),
    ),
    counter(
      'jieting_writes_lost_total',
      'Lost: no room in memory or on disk',
      byQueue(({ lost }) => lost),
    ),
  ]
}
