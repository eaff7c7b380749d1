import type { DeskAct, FloorDay, FloorNow, FloorTable, LostCallView } from '../../desk/floor/api.ts'
import { type Cell, csvOf, excelMark } from '../../foundation/index.ts'
import type { KnownName } from '../../staff/api.ts'
import type { LevelWindow } from '../../telephony/api.ts'
import { actWords, detailOf, floorWords, lostWords } from '../words/floor.ts'
import { flowName, placeName } from '../words/flows.ts'
import { calledIn, directionWords, seatStands } from '../words/people.ts'
import type { Language, Words } from '../words/words.ts'

export type FloorSource = {
  now(): Promise<FloorNow>
  day(): Promise<FloorDay>
  lost(): Promise<readonly LostCallView[]>
  acts(): Promise<readonly DeskAct[]>
  names(): Promise<readonly KnownName[]>
  readonly language: Language
  readonly timeZone: string
}

/** A table of the floor as a file for a spreadsheet. */
export const floorFile = async (table: FloorTable, source: FloorSource): Promise<string> =>
  excelMark + csvOf(await tables[table](source))

type Rows = readonly (readonly Cell[])[]

const headsOf = ({ language }: FloorSource, ...heads: readonly Words[]) => heads.map(head => head[language])

/** City time with seconds: 2026-01-05 10:00:00. */
function timeOf({ timeZone }: FloorSource, atMs: number): string {
  // The Swedish locale formats dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(atMs)
}

const seconds = (ms: number | undefined) => (ms === undefined ? undefined : Math.round(ms / 100) / 10)
const share = (part: number, whole: number): Cell =>
  whole === 0 ? undefined : Math.round((10_000 * part) / whole) / 10_000

const w = floorWords
const tables: Readonly<Record<FloorTable, (source: FloorSource) => Promise<Rows>>> = {
  async seats(source) {
    const { seats, talks } = await source.now()
    return [
      headsOf(
        source,
        w.seat,
        w.agentNumber,
        w.state,
        w.sinceAt,
        w.caller,
        w.skills,
        w.declined,
        w.unanswered,
      ),
      ...seats.map(seat => [
        seat.display,
        seat.number,
        seatStands(seat)[source.language],
        timeOf(source, seat.sinceMs),
        talks.find(talk => talk.seat === seat.name)?.number,
        seat.skills.join(' '),
        seat.declined ?? 0,
        seat.unanswered ?? 0,
      ]),
    ]
  },

  async calls(source) {
    const { calls, seats, nowMs } = await source.now()
    return [
      headsOf(
        source,
        w.call,
        w.direction,
        w.line,
        w.number,
        w.place,
        w.queuePlace,
        w.waitedSeconds,
        w.seat,
        w.agentNumber,
      ),
      ...calls.map(call => [
        call.id,
        directionWords[call.direction][source.language],
        call.line,
        call.number,
        placeName(call.place)[source.language],
        call.queuePlace,
        call.queuePlace === undefined ? undefined : seconds(nowMs - call.waitingSinceMs),
        seats.find(({ name }) => name === call.seat)?.display ?? call.seat,
        seats.find(({ name }) => name === call.seat)?.number,
      ]),
    ]
  },

  async figures(source) {
    const day = await source.day()
    const { levels } = day
    const say = (words: Words) => words[source.language]
    const soonOf = w.soonOf(day.soonMs / 1000)
    const whole = (words: Words, value: Cell) => [
      say(words),
      timeOf(source, day.fromMs),
      timeOf(source, day.untilMs),
      value,
    ]
    const window = (name: Words, of: Words, found: LevelWindow | undefined, level: 'reached' | 'soon') =>
      found
        ? [
            [
              `${say(name)} · ${say(of)}`,
              timeOf(source, found.fromMs),
              timeOf(source, found.untilMs),
              share(found[level], found.wanted),
            ],
          ]
        : []
    return [
      headsOf(source, w.figure, w.from, w.until, w.value),
      whole(w.calls, day.calls),
      whole(w.wanted, day.wanted),
      whole(w.reached, day.reached),
      whole(w.lost, day.lost),
      whole(w.deferred, day.deferred),
      whole(w.reachedOf, share(day.reached, day.wanted)),
      whole(soonOf.wanted, share(day.soon, day.wanted)),
      whole(soonOf.reached, share(day.soon, day.reached)),
      whole(w.median, seconds(day.medianMs)),
      whole(w.p95, seconds(day.p95Ms)),
      whole(w.longestWait, seconds(day.longestMs)),
      whole(w.menuFree, share(day.menuFree, day.menuKnown)),
      ...window(w.now24, w.reachedOf, levels.now, 'reached'),
      ...window(w.now24, soonOf.wanted, levels.now, 'soon'),
      ...window(w.worst24, w.reachedOf, levels.worstReached, 'reached'),
      ...window(w.worst24, soonOf.wanted, levels.worstSoon, 'soon'),
    ]
  },

  async hours(source) {
    const day = await source.day()
    return [
      headsOf(
        source,
        w.hour,
        w.calls,
        w.wanted,
        w.reached,
        w.soonOf(day.soonMs / 1000).wanted,
        w.median,
        w.p95,
      ),
      ...day.hours.map(({ hour, calls, wanted, reached, soon, medianMs, p95Ms }) => [
        timeOf(source, day.fromMs + hour * 3_600_000),
        calls,
        wanted,
        reached,
        share(soon, wanted),
        seconds(medianMs),
        seconds(p95Ms),
      ]),
    ]
  },

  async lost(source) {
    return [
      headsOf(source, w.rangAt, w.number, w.waitedSeconds, w.why, w.flow, w.line, w.cameBack, w.call),
      ...(await source.lost()).map(({ invitedAtMs, number, waitedMs, why, flow, line, cameBack, id }) => [
        timeOf(source, invitedAtMs),
        number,
        seconds(waitedMs),
        lostWords[why][source.language],
        flowName(flow)[source.language],
        line,
        (cameBack ? w.yes : w.no)[source.language],
        id,
      ]),
    ]
  },

  async outgoing(source) {
    const { outgoing } = await source.day()
    return [
      headsOf(source, w.flow, w.placed, w.answered, w.talked),
      ...outgoing.map(({ flow, calls, answered, reached }) => [
        (flow === '' ? w.person : flowName(flow))[source.language],
        calls,
        answered,
        reached,
      ]),
    ]
  },

  async acts(source) {
    const names = await source.names()
    const called = (name: string) => calledIn(names, name)[source.language]
    return [
      headsOf(source, w.at, w.by, w.act, w.seat, w.agentNumber, w.call, w.detail),
      ...(await source.acts()).map(({ atMs, by, act, seat, call, detail }) => [
        timeOf(source, atMs),
        called(by),
        actWords[act][source.language],
        seat && called(seat),
        names.find(({ name }) => name === seat)?.number,
        call,
        detailOf({ act, seat, detail })[source.language],
      ]),
    ]
  },
}
