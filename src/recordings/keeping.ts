import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Clock, createEvents, type Log, newId, reasonOf, sleep } from '../foundation/index.ts'
import { mendTalkFile, type TalkRecorder } from '../media/index.ts'
import type { Call, CallId } from '../telephony/index.ts'
import type { RecordingState } from './api.ts'
import { recordingFault } from './faults.ts'
import type { RecordingRules } from './rules.ts'
import type { KeptRecording } from './store.ts'

export type KeepingOptions = {
  readonly rules: RecordingRules
  /** Where the files lie. */
  readonly folder: string
  /** Keeps what a call's caller says and hears; undefined where the sound goes through no port of ours. */
  record(call: Call, path: string, title: string, isPaused: boolean): TalkRecorder | undefined
  /** Tells the caller, over what they hear, that they are recorded. @returns how long that takes, in ms */
  announce(call: Call): Promise<number>
  /** The citizen's number, as it is kept; empty when withheld. */
  numberOf(call: Call): string
  /** Whether nothing of this number's calls may be recorded: they may be in hiding. */
  isConfidential(number: string): Promise<boolean>
  /** Writes down how a recording stands; never waits and never throws. */
  keep(recording: KeptRecording): void
  /** Of this one nothing is kept after all; never throws. */
  lose(id: string): void
  readonly clock: Clock
  readonly log: Log
}

type Talk = {
  readonly call: Call
  state: RecordingState
  recorder: TalkRecorder | undefined
  kept: KeptRecording | undefined
  /** Who spoke with them, since when on the monotonic clock. */
  readonly seats: { readonly seat: string; readonly atMs: number }[]
  /** Pauses by the clock of the house, for a recording whose worker tells nothing any more. */
  readonly pauses: { readonly fromMs: number; untilMs?: number }[]
  resume: () => void
  /** Nothing of it is kept. */
  isDropped: boolean
}

/** Calls that are being recorded: begun by the first agent, once the caller was told, and ended by the end of the call. */
export function createKeeping(options: KeepingOptions) {
  const { rules, folder, announce, numberOf, keep, lose, clock, log } = options
  const talks = new Map<CallId, Talk>()
  /** Who heard to its end that they are recorded. */
  const told = new Set<CallId>()
  const changes = createEvents<{ changed: { readonly call: CallId } }>((error, name) =>
    log.error({ name, reason: reasonOf(error) }, 'a listener of recordings failed'),
  )
  let failed = 0
  let diskFull: string | undefined

  const become = (talk: Talk, state: RecordingState) => {
    talk.state = state
    changes.emit('changed', { call: talk.call.id })
  }

  const leave = (talk: Talk) => {
    talks.delete(talk.call.id)
    changes.emit('changed', { call: talk.call.id })
  }
  const isHidden = async ({ call }: Talk) => {
    const number = numberOf(call)
    return number !== '' && (await options.isConfidential(number))
  }
  const drop = (talk: Talk) => {
    talk.isDropped = true
    talk.recorder?.end()
    if (!talk.recorder) leave(talk)
  }

  /**
   * Whoever knows already is recorded from the first word on, and dropped before anything of it is on the disk where they
   * are not to be; whoever does not is told first.
   */
  async function run(talk: Talk): Promise<void> {
    const { call } = talk
    if (told.has(call.id))
      isHidden(talk).then(
        isSo => isSo && drop(talk),
        () => drop(talk),
      )
    else {
      if (await isHidden(talk)) return leave(talk)
      await sleep(clock, await announce(call), call.signal)
      told.add(call.id)
    }
    while (!call.signal.aborted && !talk.isDropped) if (!(await record(talk))) break
    talk.resume()
    // Whose disk is full is shown so for as long as the call lasts.
    if (call.signal.aborted || talk.isDropped) leave(talk)
  }

  /** @returns whether another worker may go on with it */
  async function record(talk: Talk): Promise<boolean> {
    const { call } = talk
    const id = newId('rec', clock.now())
    const beganAtMs = clock.now()
    const file = join(new Date(beganAtMs).toISOString().slice(0, 10), `${id}.wav`)
    const path = join(folder, file)
    const monotonicMs = clock.monotonicMs()
    const recorder = options.record(call, path, `${call.id} ${id}`, talk.state.is === 'paused')
    if (!recorder) {
      // No port of ours carries its sound.
      leave(talk)
      return false
    }
    talk.recorder = recorder
    const one: KeptRecording = {
      id,
      call: call.id,
      line: call.line,
      number: numberOf(call),
      file,
      invitedAtMs: call.invitedAtMs,
      beganAtMs,
      durationMs: 0,
      seats: seatsOf(talk, monotonicMs),
      spans: [],
    }
    talk.kept = one
    keep(one)
    if (talk.state.is !== 'paused') become(talk, { is: 'recording' })
    const { durationMs, beganAtMs: atMs = monotonicMs, spans, cutBy } = await recorder.done
    const found = cutBy === undefined ? undefined : await mendTalkFile(path).catch(() => undefined)
    const length = found?.durationMs ?? durationMs
    const began = beganAtMs + atMs - monotonicMs
    talk.kept = undefined
    talk.recorder = undefined
    if (talk.isDropped || length === 0) await rm(path, { force: true })
    if (talk.isDropped) {
      lose(id)
      return false
    }
    keep({
      ...one,
      beganAtMs: began,
      endedAtMs: clock.now(),
      durationMs: length,
      cutBy,
      seats: seatsOf(talk, atMs),
      spans: found ? pausesOf(talk, began, length) : spans,
    })
    if (cutBy === undefined) {
      if (length > 0) diskFull = undefined
      return false
    }
    failed++
    if (cutBy !== 'worker-died') {
      diskFull = cutBy
      become(talk, { is: 'failed' })
    }
    log.error({ call: call.id, recording: id, reason: cutBy }, 'a recording was cut short')
    return cutBy === 'worker-died'
  }

  const records = (call: Pick<Call, 'line'>) => rules.isOn && rules.lines.some(line => call.line === line)
  const find = (call: CallId) => {
    const talk = talks.get(call)
    if (talk && talk.state.is !== 'failed' && talk.state.is !== 'announcing') return talk
    throw recordingFault('not-recorded', 'call', 'a call that is not recorded', 'one that is')
  }

  return {
    /** Whether callers of this line are recorded once they have an agent: flows tell them. */
    records,
    /** A seat is with the caller from now on: it answered, was handed them, or joined as a third. */
    begins(call: Call, seat: string): void {
      if (!records(call)) return
      const known = talks.get(call.id)
      if (known) {
        // Who joined as a third, and was left with the caller, is there once.
        if (known.seats.some(one => one.seat === seat)) return
        known.seats.push({ seat, atMs: clock.monotonicMs() })
        if (known.kept) {
          known.kept = {
            ...known.kept,
            seats: seatsOf(known, clock.monotonicMs() - (clock.now() - known.kept.beganAtMs)),
          }
          keep(known.kept)
        }
        return
      }
      const talk: Talk = {
        call,
        state: { is: 'announcing' },
        recorder: undefined,
        kept: undefined,
        seats: [{ seat, atMs: clock.monotonicMs() }],
        pauses: [],
        resume: () => undefined,
        isDropped: false,
      }
      talks.set(call.id, talk)
      void call.ended.then(() => {
        told.delete(call.id)
        talk.resume()
        talk.recorder?.end()
        if (!talk.recorder) leave(talk)
      })
      run(talk).catch((error: unknown) => {
        if (call.signal.aborted) return leave(talk)
        failed++
        become(talk, { is: 'failed' })
        log.error({ call: call.id, reason: reasonOf(error) }, 'a call is not recorded')
      })
    },
    /** The caller heard to its end that they are recorded. */
    told(call: Call): void {
      if (!rules.isOn) return
      told.add(call.id)
      void call.ended.then(() => told.delete(call.id))
    },
    of: (call: CallId): RecordingState | undefined => talks.get(call)?.state,
    /** @throws Fault `not-recorded` */
    pause(call: CallId, isPaused: boolean): void {
      const talk = find(call)
      if (isPaused === (talk.state.is === 'paused')) return
      talk.resume()
      if (!isPaused) return
      const pause: Talk['pauses'][number] = { fromMs: clock.now() }
      talk.pauses.push(pause)
      talk.recorder?.pause(true)
      const cancel = clock.after(rules.pauseSeconds * 1000, () => talk.resume())
      talk.resume = () => {
        talk.resume = () => undefined
        cancel()
        pause.untilMs = clock.now()
        talk.recorder?.pause(false)
        become(talk, { is: 'recording' })
      }
      become(talk, { is: 'paused', untilMs: clock.now() + rules.pauseSeconds * 1000 })
    },
    /** Nothing of the call is recorded any more; what is running goes. */
    drop(call: string): void {
      const talk = talks.get(call as CallId)
      if (talk) drop(talk)
    },
    on: changes.on,
    isRunning: (id: string) => [...talks.values()].some(({ kept }) => kept?.id === id),
    figures: () => ({
      running: [...talks.values()].filter(({ kept }) => kept).length,
      failed,
      trouble: diskFull,
    }),
  }
}
export type Keeping = ReturnType<typeof createKeeping>

const seatsOf = ({ seats }: Talk, beganAtMs: number) =>
  seats.map(({ seat, atMs }) => ({ seat, fromMs: Math.max(0, Math.round(atMs - beganAtMs)) }))

/** Of a recording that told nothing at its end: by the house's clock, so to some 20 ms. */
const pausesOf = ({ pauses }: Talk, beganAtMs: number, durationMs: number) =>
  pauses.flatMap(({ fromMs, untilMs = beganAtMs + durationMs }) => {
    const from = Math.max(0, fromMs - beganAtMs)
    const until = Math.min(durationMs, untilMs - beganAtMs)
    return until > from ? [{ kind: 'paused' as const, fromMs: from, untilMs: until }] : []
  })
