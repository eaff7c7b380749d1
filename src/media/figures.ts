/** Counters of one worker, in memory that the main thread shares: counting costs an addition, reading costs it nothing. */
const names = [
  'packetsReceived',
  'packetsSent',
  'strangersRefused',
  'malformedPackets',
  'keysHeard',
  'lateSlots',
  'tapFramesDropped',
  'recordingPiecesLost',
] as const

export type CounterName = (typeof names)[number]
export type Counters = { readonly memory: SharedArrayBuffer; readonly values: Float64Array }
/** Where each counter stands in `values`. */
export const counterAt = Object.fromEntries(names.map((name, at) => [name, at])) as Readonly<
  Record<CounterName, number>
>

export function createCounters(memory = new SharedArrayBuffer(names.length * 8)): Counters {
  return { memory, values: new Float64Array(memory) }
}

/** For `/metrics`: counters since the start over all workers, dead ones included, and what is open now. */
export type MediaFigures = Readonly<Record<CounterName, number>> & {
  readonly portsOpen: number
  readonly workersDied: number
}

export function sumOf(counters: readonly Counters[]): Readonly<Record<CounterName, number>> {
  const sum = (at: number) => counters.reduce((total, one) => total + one.values[at]!, 0)
  return Object.fromEntries(names.map((name, at) => [name, sum(at)])) as Record<CounterName, number>
}
