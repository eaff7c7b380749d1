import type { Callers } from '../callers/index.ts'
import { type City, calendarTrouble } from '../city/index.ts'
import type { Desk } from '../desk/index.ts'
import { type Clock, errorText, reasonOf } from '../foundation/index.ts'
import type { CallPage, FrontDeskDoors, Part } from '../http/index.ts'
import type { FlowCrowd, Flows } from '../ivr/index.ts'
import type { Jobs } from '../jobs/index.ts'
import type { MediaPool } from '../media/index.ts'
import type { PromptBook } from '../speech/index.ts'
import type { Database, WriteBehindFigures } from '../storage/index.ts'
import {
  type CallRow,
  findCall,
  type Line,
  listCalls,
  normaliseNumber,
  type StoredJournal,
  summarize,
} from '../telephony/index.ts'
import { type Captioning, captionFigures } from './captioned-calls.ts'
import { flowDoors } from './flow-office.ts'
import type { Reception } from './incoming-calls.ts'

type House = {
  readonly city: City
  readonly database: Database
  readonly desk: Desk
  readonly captioning: Captioning
  readonly staff: FrontDeskDoors['staff']
  readonly surveys: FrontDeskDoors['surveys']
  readonly orders: FrontDeskDoors['orders']
  readonly callers: Callers
  readonly reception: Reception
  readonly flows: Flows
  readonly crowd: FlowCrowd
  readonly lines: readonly Line[]
  readonly media: MediaPool
  readonly jobs: Pick<Jobs, 'figures' | 'refused' | 'trouble'>
  readonly prompts: PromptBook
  readonly journal: StoredJournal
  readonly clock: Clock
  /** How writing down goes what surveys answered. */
  readonly noting: () => WriteBehindFigures
}

/** What the front desk may ask of the house. */
export function frontDeskDoors(house: House): FrontDeskDoors {
  const { city, database, desk, callers, reception, journal } = house
  return {
    city,
    async listCalls(query): Promise<CallPage> {
      // A call that was just over is in the list when its ring dies away.
      await journal.flush()
      const rows = await listCalls(database, { ...query, limit: query.limit + 1 })
      const page = rows.slice(0, query.limit)
      const last = page.at(-1)
      return { calls: page.map(callOf), next: rows.length > page.length && last ? last.id : undefined }
    },
    async showCall(id) {
      await journal.flush()
      const found = await findCall(database, id)
      return found && { call: callOf(found.call), summary: summarize(found.facts), timeline: found.facts }
    },
    seats: async () => desk.seats(),
    addSeat: async seat => desk.addSeat(seat),
    removeSeat: async name => desk.removeSeat(name),
    readySeat: async name => desk.setReady(name),
    awaySeat: async name => desk.setAway(name),
    // Lines tell callers by their number in E.164; people write it down as they key it.
    markCaller: (number, mark) => callers.mark(normaliseNumber(number, city), mark),
    dial: async order => ({ call: (await reception.dial(order)).id }),
    flows: flowDoors(house.flows, house.crowd),
    captions: house.captioning.doors,
    staff: house.staff,
    surveys: house.surveys,
    orders: house.orders,
    health: () => healthOf(house),
    figures: figuresOf(house),
  }
}

function callOf({
  invitedAt,
  answeredAt,
  endedAt,
  endedBy,
  endReason,
  refusal,
  ...row
}: CallRow): CallPage['calls'][number] {
  return {
    ...row,
    invitedAtMs: invitedAt.getTime(),
    answeredAtMs: answeredAt ? answeredAt.getTime() : undefined,
    endedAtMs: endedAt ? endedAt.getTime() : undefined,
    endedBy: endedBy || undefined,
    endReason: endReason || undefined,
    refusal: refusal || undefined,
  }
}

async function healthOf(house: House): Promise<readonly Part[]> {
  const { city, clock, database, jobs, lines, media } = house
  const databaseFault = await database.ping().then(
    () => undefined,
    // What a database's fault says holds no value: with what mends it, a person need not look further.
    error => (reasonOf(error).startsWith('database-') ? errorText(error) : reasonOf(error)),
  )
  const untold = calendarTrouble(clock.now(), city)
  return [
    // Calls are taken without it; only lists, marks and new seats wait.
    { part: 'database', needed: false, up: databaseFault === undefined, ...reason(databaseFault) },
    { part: 'jobs', needed: false, up: jobs.trouble() === undefined, ...reason(jobs.trouble()) },
    { part: 'calendar', needed: false, up: untold === undefined, ...reason(untold) },
    ...written(house).map(({ name, ...queue }) => {
      const trouble = queueTrouble(queue)
      return { part: name, needed: false, up: trouble === undefined, ...reason(trouble) }
    }),
    { part: 'media', needed: true, up: media.workers().some(worker => worker.isAlive()) },
    ...lines.map(line => ({
      part: line.name,
      needed: true,
      up: line.isUp(),
      ...reason(line.isUp() ? undefined : 'no SIP server'),
    })),
  ]
}

/** Everything that is written down behind the callers' backs. */
const written = ({ journal, captioning, desk, noting }: House): readonly WriteBehindFigures[] => [
  journal.figures(),
  captioning.keeper.figures(),
  ...[desk.saving() ?? []].flat(),
  noting(),
]

/** What of a queue of writes somebody has to look at. */
function queueTrouble({
  trouble,
  waiting,
  spilled,
  refused,
  lost,
}: Omit<WriteBehindFigures, 'name'>): string | undefined {
  const says = [
    lost > 0 && `${lost} lost`,
    refused > 0 && `${refused} refused and set aside`,
    trouble !== undefined && `${waiting} wait, ${spilled} of them on disk: ${trouble}`,
  ].filter(one => one !== false)
  return says.length === 0 ? undefined : says.join('; ')
}

const reason = (text: string | undefined) => (text === undefined ? {} : { reason: text })

function figuresOf(house: House): FrontDeskDoors['figures'] {
  const { desk, captioning, lines, media, jobs, prompts, journal } = house
  const gauge = (name: string, help: string, read: FrontDeskDoors['figures'][number]['read']) =>
    ({ name, help, kind: 'gauge', read }) as const
  const counter = (name: string, help: string, read: FrontDeskDoors['figures'][number]['read']) =>
    ({ name, help, kind: 'counter', read }) as const
  const byQueue = (read: (queue: WriteBehindFigures) => number) =>
    written(house).map(queue => ({ labels: { queue: queue.name }, value: read(queue) }))
  const labelled = (label: string, values: Readonly<Record<string, number>>) =>
    Object.entries(values).map(([key, value]) => ({ labels: { [label]: key }, value }))

  return [
    gauge('jieting_calls', 'Calls up now, by line', () =>
      lines.map(line => ({ labels: { line: line.name }, value: line.size() })),
    ),
    counter('jieting_calls_refused_total', 'Calls that came and were not taken, by line and status', () =>
      lines.flatMap(line =>
        Object.entries(line.refused?.() ?? {}).map(([status, value]) => ({
          labels: { line: line.name, status },
          value,
        })),
      ),
    ),
    gauge('jieting_callers_waiting', 'Callers in line for a person', () => desk.figures().waiting),
    gauge('jieting_seats', 'Seats by state', () => labelled('state', desk.figures().seats)),
    counter('jieting_line_ends_total', 'How waiting for a person ended', () =>
      labelled('end', desk.figures().ends),
    ),
    counter('jieting_offers_failed_total', 'Offers that no seat took', () => desk.figures().failedOffers),
    gauge('jieting_media_ports', 'RTP ports open', () => media.figures().portsOpen),
    counter('jieting_media_packets_received_total', 'RTP packets', () => media.figures().packetsReceived),
    counter('jieting_media_packets_sent_total', 'RTP packets', () => media.figures().packetsSent),
    counter(
      'jieting_media_strangers_total',
      'Packets refused by source',
      () => media.figures().strangersRefused,
    ),
    counter(
      'jieting_media_malformed_total',
      'Packets that are no RTP',
      () => media.figures().malformedPackets,
    ),
    counter('jieting_media_keys_total', 'Keys heard in RTP', () => media.figures().keysHeard),
    counter('jieting_media_late_slots_total', 'Send slots that came late', () => media.figures().lateSlots),
    counter('jieting_media_workers_died_total', 'Media workers that died', () => media.figures().workersDied),
    counter('jieting_prompts_rendered_total', 'Prompts rendered', () => prompts.figures().rendered),
    counter('jieting_prompts_failed_total', 'Prompts that no voice spoke', () => prompts.figures().failed),
    counter('jieting_jobs_refused_total', 'Jobs set aside: another try would fail the same way', () =>
      jobs.refused(),
    ),
    // The older name of each goes with the next version.
    ...['jobs', 'duties'].flatMap(name => [
      counter(`jieting_${name}_done_total`, 'Durable jobs done here', () => jobs.figures().done),
      counter(`jieting_${name}_failed_total`, 'Tries of jobs that failed here', () => jobs.figures().failed),
      counter(
        `jieting_${name}_unclaimed_total`,
        'Claims of jobs that the database refused or did not answer',
        () => jobs.figures().unclaimed,
      ),
    ]),
    gauge('jieting_journal_waiting', 'Facts not written yet', () => journal.waiting()),
    counter('jieting_journal_dropped_total', 'Facts lost', () => journal.dropped()),
    gauge('jieting_writes_waiting', 'Not written to the database yet, by queue', () =>
      byQueue(({ waiting }) => waiting),
    ),
    gauge('jieting_writes_spilled', 'Of these, in a file of DATA_DIR/spill', () =>
      byQueue(({ spilled }) => spilled),
    ),
    counter('jieting_writes_refused_total', 'Set aside: no table takes them', () =>
      byQueue(({ refused }) => refused),
    ),
    counter('jieting_writes_lost_total', 'Lost: no room in memory or on disk', () =>
      byQueue(({ lost }) => lost),
    ),
    ...captionFigures(captioning),
  ]
}
