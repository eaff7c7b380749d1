/** What one media thread does: it serves its legs in their slots, and answers the pool. */
import { parentPort, workerData } from 'node:worker_threads'
import { reasonOf } from '../../foundation/index.ts'
import { counterAt, createCounters } from '../figures.ts'
import { createOutbox } from '../outbox.ts'
import { hearLegs, joinLegs, listenTo, partLeg } from './company.ts'
import {
  closeLeg,
  connectLeg,
  type FrameListener,
  hearMessage,
  hearNamedKey,
  type Leg,
  openLeg,
  qualityOfLeg,
  sendLeg,
  tickLeg,
} from './leg.ts'
import { createPace, slotsInTick } from './pace.ts'
import { createPlaylist } from './playlist.ts'
import type { AnswerTo, AskName, FromWorker, PortNumber, ToWorker, WorkerData } from './protocol.ts'
import { createRecorder } from './recorder.ts'
import { createSayings } from './sayings.ts'
import { interject, sayKey, startPlay, stopPlay } from './speaking.ts'
import { createTalkRecorder } from './talk-recorder.ts'
import { createTaps } from './taps.ts'

type Ask<Name extends AskName> = Extract<ToWorker, { what: Name }>

const { counters: memory, mediaTimeoutMs } = workerData as WorkerData
const counters = createCounters(memory).values
const legs = new Map<PortNumber, Leg>()
const slots: Leg[][] = Array.from({ length: slotsInTick }, () => [])
const send = createOutbox<FromWorker>(
  (batch, handOver) => parentPort!.postMessage(batch, handOver),
  setImmediate,
)

const taps = createTaps(
  batch => send({ verb: 'notify', what: 'frames', batch }),
  frames => {
    counters[counterAt.tapFramesDropped]! += frames
  },
)
const sayings = createSayings((said, payloads) =>
  send({ verb: 'notify', what: 'said', said, payloads }, [payloads.buffer]),
)
/** Taps and recordings: what else hears along on a leg, and how each is ended. */
const tapsOff = new Map<PortNumber, () => void>()
type Recording = { readonly port: PortNumber; end(): void; pause?(isPaused: boolean): void }
const recordings = new Map<number, Recording>()

const pace = createPace(
  (slot, tick) => {
    // All is prepared before the first is sent, so that the kernel's work and ours do not push each other out of the
    // processor's caches time and again: 7 % less at 400 calls.
    for (const leg of slots[slot]!) tickLeg(leg, tick)
    for (const leg of slots[slot]!) sendLeg(leg)
    sayings.flush()
    taps.flush()
  },
  () => counters[counterAt.lateSlots]!++,
)

const surroundings = {
  counters,
  mediaTimeoutMs,
  wake: pace.wake,
  onKey: (port, key, source, atMs) => send({ verb: 'notify', what: 'key', port, key, source, atMs }),
  onHeld: (port, key, source, atMs) => send({ verb: 'notify', what: 'held', port, key, source, atMs }),
  onSay: sayings.add,
  onBack: port => send({ verb: 'notify', what: 'back', port }),
  onLost: (port, reason) => send({ verb: 'notify', what: 'lost', port, reason }),
} satisfies Parameters<typeof openLeg>[2]

async function open({ port, socket }: Ask<'open'>): Promise<AnswerTo<'open'>> {
  const leg = await openLeg(port, socket, surroundings)
  if (!leg) return 'taken'
  legs.set(port, leg)
  pace.start()
  slots.reduce((emptiest, slot) => (slot.length < emptiest.length ? slot : emptiest)).push(leg)
  return 'open'
}

function play({ id, port, sounds, loop, whole }: Ask<'play'>): Promise<AnswerTo<'play'>> | AnswerTo<'play'> {
  const leg = legs.get(port)
  if (!leg) return 'lost'
  partLeg(leg)
  const { speaking } = leg
  return new Promise(resolve =>
    startPlay(speaking, createPlaylist({ ask: id, sounds, loop, whole, end: resolve }, speaking.codec)),
  )
}

function bridge({ port, other }: Ask<'bridge'>): AnswerTo<'bridge'> {
  const one = legs.get(port)
  const two = legs.get(other)
  if (!one || !two || one === two) return false
  joinLegs(one, two)
  return true
}

function row({ port, hears }: Ask<'row'>): AnswerTo<'row'> {
  const leg = legs.get(port)
  if (leg)
    hearLegs(
      leg,
      hears.flatMap(other => legs.get(other) ?? []),
    )
  return leg !== undefined
}

const record = ({ id, port, path }: Ask<'record'>): Promise<AnswerTo<'record'>> =>
  runRecorder(id, legOf(port), createRecorder(path))

function recordTalk({
  id,
  port,
  path,
  title,
  isPaused,
}: Ask<'record-talk'>): Promise<AnswerTo<'record-talk'>> {
  const leg = legOf(port)
  const onLost = () => counters[counterAt.recordingPiecesLost]!++
  return runRecorder(id, leg, createTalkRecorder(leg, path, title, isPaused, onLost))
}

type Recorder<Made> = Pick<Recording, 'end' | 'pause'> & {
  readonly listen: FrameListener
  readonly done: Promise<Made>
}
async function runRecorder<Made>(id: number, leg: Leg, recorder: Recorder<Made>): Promise<Made> {
  const off = listenTo(leg, recorder.listen)
  recordings.set(id, { port: leg.port, end: recorder.end, pause: recorder.pause })
  try {
    return await recorder.done
  } finally {
    off()
    recordings.delete(id)
  }
}

function tap(leg: Leg, isOn: boolean): void {
  tapsOff.get(leg.port)?.()
  tapsOff.delete(leg.port)
  if (isOn) tapsOff.set(leg.port, listenTo(leg, taps.listener(leg.port)))
}

async function close({ port }: Ask<'close'>): Promise<AnswerTo<'close'>> {
  const leg = legOf(port)
  legs.delete(port)
  if (legs.size === 0) pace.stop()
  for (const slot of slots) if (slot.includes(leg)) slot.splice(slot.indexOf(leg), 1)
  partLeg(leg)
  stopPlay(leg.speaking, 'lost')
  tapsOff.delete(port)
  for (const recording of recordings.values()) if (recording.port === port) recording.end()
  await closeLeg(leg)
  return qualityOfLeg(leg)
}

function answer(message: Extract<ToWorker, { verb: 'request' }>): unknown {
  switch (message.what) {
    case 'open':
      return open(message)
    case 'play':
      return play(message)
    case 'bridge':
      return bridge(message)
    case 'row':
      return row(message)
    case 'record':
      return record(message)
    case 'record-talk':
      return recordTalk(message)
    case 'quality':
      return qualityOfLeg(legOf(message.port))
    case 'close':
      return close(message)
  }
}

function obey(message: Extract<ToWorker, { verb: 'notify' }>): void {
  if (message.what === 'taken') {
    taps.taken()
    return
  }
  const leg = legs.get(message.port)
  if (!leg) return
  if (message.what === 'connect') connectLeg(leg, message.remote)
  else if (message.what === 'hear') hearMessage(leg, message.payload, message.timestamp)
  else if (message.what === 'hear-key') hearNamedKey(leg, message.key)
  else if (message.what === 'key') sayKey(leg.speaking, message.key)
  else if (message.what === 'interject') interject(leg.speaking, message.sounds, message.isBeside)
  else if (message.what === 'tap') tap(leg, message.on)
  else if (message.what === 'pause') recordings.get(message.ask)?.pause?.(message.on)
  else {
    stopPlay(leg.speaking, 'stopped', message.ask)
    recordings.get(message.ask)?.end()
  }
}

function legOf(port: PortNumber): Leg {
  const leg = legs.get(port)
  if (!leg) throw new Error('no such port')
  return leg
}

async function hear(message: ToWorker): Promise<void> {
  if (message.verb === 'notify') return obey(message)
  try {
    send({ verb: 'answer', id: message.id, answer: await answer(message) })
  } catch (error) {
    send({ verb: 'refusal', id: message.id, reason: reasonOf(error) })
  }
}

parentPort!.on('message', (batch: readonly ToWorker[]) => {
  for (const message of batch) void hear(message)
})
send({ verb: 'notify', what: 'ready' })
