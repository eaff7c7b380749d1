import type { City } from '../city/index.ts'
import { type Clock, Fault, type Log, newSecret, silentLog, sleep, systemClock } from '../foundation/index.ts'
import {
  type CallFile,
  type Deed,
  doorsTo,
  estimatedMs,
  type FlowSet,
  rehearseOn,
  runFlow,
  type SimulatedEvent,
  type WithoutTime,
} from '../ivr/index.ts'
import { startMedia } from '../media/index.ts'
import { startSipd } from '../sipd/index.ts'
import {
  type Call,
  createShares,
  firstComeShares,
  openSipLine,
  pressKey,
  type SipLine,
} from '../telephony/index.ts'
import { createMarks, markedSound } from './marked-sound.ts'
import { createWaitingTime } from './waiting-time.ts'

/** Written calls over real SIP and RTP: a caller's line rings the house's, and both are our own. */
export type Rehearsal = {
  /** Lives through a call, in its own time. Calls may go on beside each other. */
  rehearse(
    file: CallFile,
  ): Promise<{ readonly fault?: Fault; readonly happenings: readonly SimulatedEvent[] }>
  close(): Promise<void>
}

const loopback = '127.0.0.1'
/** A key lasts 100 ms on the wire, with a pause after it. */
const keyMs = 320
/** From the answer to the ear. */
const liftMs = 200
/** What the house is about when a key arrives is done by then; a key itself has arrived, or never will. */
const settleMs = 2_500
/** Nothing is silent for longer, unless nothing comes any more. */
const listenMs = 60_000
/** The line has as many callers as are rehearsed at once, each with two ends. */
const mostCalls = 200

export async function openRehearsal(set: FlowSet, city: City): Promise<Rehearsal> {
  const log = silentLog
  const clock = systemClock
  const files = new Map<string, Stage>()
  const media = await startMedia({
    workers: 2,
    bindAddress: loopback,
    portRange: [30_000, 39_999],
    log,
    clock,
    mediaTimeoutMs: 30_000,
    maxPorts: mostCalls * 2,
  })
  const servers = await Promise.all([startServer(clock, log), startServer(clock, log)])
  const [near, far] = servers.map(({ sipd, secret }) => ({ host: loopback, port: sipd.controlPort, secret }))
  const shares = createShares({ most: mostCalls, ...firstComeShares }, clock.monotonicMs)
  const parts = { home: city, media, clock, log, shares, journal: { write: () => undefined } }
  const house = openSipLine({
    ...parts,
    server: near ?? missing(),
    onCall: call => files.get(call.called)?.take(call),
    onFailure: call => call.hangup(),
  })
  const callers = openSipLine({
    ...parts,
    server: far ?? missing(),
    trunk: { uri: `sip:${loopback}:${servers[0]?.sipd.sipPort}` },
    onCall: call => call.hangup('declined'),
    onFailure: call => call.hangup(),
  })
  await Promise.all([isUp(house), isUp(callers)])
  let rung = 0

  return {
    async rehearse(file) {
      const number = `9${String(++rung).padStart(6, '0')}`
      const stage = stageOf(set, file)
      files.set(number, stage)
      const { caller } = file.world
      const call = await callers.dial(
        { kind: 'number', number },
        { ringMs: 20_000, from: caller === '' ? undefined : { number: caller } },
      )
      try {
        await stage.holds(call)
        const fault = await rehearseOn(stage, file)
        // What comes after the last step, and should not, needs a moment to come.
        await sleep(clock, 400)
        return { fault, happenings: [...stage.happenings] }
      } finally {
        files.delete(number)
        await call.hangup()
      }
    },
    async close() {
      await Promise.all([house.close(), callers.close()])
      await Promise.all(servers.map(({ sipd }) => sipd.close()))
      await media.close()
    },
  }
}

type Stage = ReturnType<typeof stageOf>

/** Both ends of one call. */
function stageOf(set: FlowSet, file: CallFile) {
  const { world } = file
  const beganMs = systemClock.monotonicMs()
  const sinceMs = () => systemClock.monotonicMs() - beganMs
  const clock: Clock = { ...systemClock, now: () => world.atMs + sinceMs() }
  const happenings: SimulatedEvent[] = []
  const listeners = new Set<() => void>()
  let caller: Call | undefined
  let ringsSinceMs = 0
  /** How far the flow is ahead of the caller, who heard it ring: their first wait is shorter by so much. */
  let aheadMs = 0
  const tell = (happening: WithoutTime<SimulatedEvent>, atMs = sinceMs()) => {
    happenings.push({ ...happening, atMs })
    for (const listen of [...listeners]) listen()
  }
  const marks = createMarks(text => tell({ kind: 'heard', text }))
  const waitingTime = createWaitingTime(systemClock)
  let keysHeard = 0
  const doors = doorsTo(world, {
    clock,
    log: silentLog,
    journal: { write: () => undefined },
    tell,
    pass: waitingTime.pass,
    prompts: {
      sound: async utterance =>
        markedSound(marks.numberOf(utterance.text), utterance.text, estimatedMs(utterance)),
    },
  })

  /** Resolves when this is so, the call is over, or the time is. */
  const until = (isSo: () => boolean, withinMs: number) =>
    new Promise<void>(resolve => {
      if (isSo()) return resolve()
      const settle = () => {
        cancel()
        listeners.delete(look)
        resolve()
      }
      const look = () => {
        if (isSo() || caller?.signal.aborted) settle()
      }
      const cancel = clock.after(withinMs, settle)
      listeners.add(look)
      caller?.signal.addEventListener('abort', () => clock.after(200, settle), { once: true })
    })
  /** Resolves when one more of a kind has happened. */
  const more = (kinds: (happening: SimulatedEvent) => boolean, withinMs: number) => {
    const before = happenings.filter(kinds).length
    return until(() => happenings.filter(kinds).length > before, withinMs)
  }
  const live = (deed: Deed) => {
    if (deed.kind === 'wait') return sleep(clock, Math.max(0, deed.ms - aheadMs))
    return deed.kind === 'listen'
      ? more(one => one.kind === 'heard', listenMs)
      : more(one => one.kind !== 'heard', settleMs)
  }

  return {
    happenings,
    /** The house's end. */
    async take(call: Call) {
      ringsSinceMs = sinceMs()
      void call.ended.then(({ by }) => tell({ kind: 'ended', by: by === 'us' ? 'us' : 'them' }))
      await runFlow(call, set, file.flow, {
        ...doors,
        tell(of, event) {
          if (event.kind === 'key') keysHeard++
          // A person has the call: nobody takes keys any more.
          if (event.kind === 'ended') keysHeard = Number.POSITIVE_INFINITY
          doors.tell?.(of, event)
          for (const listen of [...listeners]) listen()
        },
      })
    },
    /** The caller's end. */
    async holds(call: Call) {
      caller = call
      call.tap(frame => {
        if (frame.direction === 'heard') marks.hear(frame.payload)
      })
      await sleep(clock, liftMs)
      aheadMs = sinceMs() - ringsSinceMs
    },
    async act(deed: Deed) {
      if (!caller) return
      if (deed.kind === 'press') {
        const before = keysHeard
        pressKey(caller, deed.key)
        await sleep(clock, keyMs)
        await until(() => keysHeard > before, settleMs)
      } else if (deed.kind === 'hangup') await caller.hangup()
      else await waitingTime.during(live(deed))
      aheadMs = 0
    },
  }
}

async function startServer(clock: Clock, log: Log) {
  const secret = newSecret()
  const sipd = await startSipd({ clock, log, secret, controlPort: 0, sipAddress: loopback, sipPort: 0 })
  return { sipd, secret }
}

const isUp = (line: SipLine) =>
  new Promise<void>(resolve => {
    if (line.isUp()) return resolve()
    const off = line.notices.on('up', () => {
      off()
      resolve()
    })
  })

function missing(): never {
  throw new Fault({ code: 'line-down', place: 'wire', found: 'no server', expected: 'two' })
}
