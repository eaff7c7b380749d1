import { type Clock, createManualClock, silentLog } from '../../src/foundation/index.ts'
import {
  type CallFile,
  createCalendar,
  type Deed,
  estimatedMs,
  type FlowDoors,
  type FlowEnd,
  type FlowSet,
  type Happening,
  runFlow,
  type Stage,
} from '../../src/ivr/index.ts'
import type { Sound } from '../../src/media/index.ts'
import type { Utterance } from '../../src/speech/index.ts'
import { type Call, type CallFact, openLoopbackLine } from '../../src/telephony/index.ts'

type Doors = { -readonly [Name in keyof FlowDoors]: FlowDoors[Name] }

/** A written call on the loopback line, through the runner, with doors that behave as the file's world says. */
export type LineStage = Stage & {
  readonly facts: readonly CallFact[]
  /** What the runner came to; undefined while it goes on. */
  outcome(): FlowEnd | Error | undefined
  /** Timers left. */
  pending(): number
}

export async function putOnTheLine(
  set: FlowSet,
  { flow, world }: Pick<CallFile, 'flow' | 'world'>,
  change: (doors: Doors) => void = () => undefined,
): Promise<LineStage> {
  const manual = createManualClock(world.atMs)
  const dues = new Set<number>()
  /** Knows when the next timer falls due, so that a listener need not try every millisecond. */
  const clock: Clock = {
    now: manual.now,
    monotonicMs: manual.monotonicMs,
    after(delayMs, act) {
      const atMs = manual.monotonicMs() + Math.max(0, delayMs)
      dues.add(atMs)
      return manual.after(delayMs, act)
    },
  }
  const happenings: Happening[] = []
  const facts: CallFact[] = []
  let outcome: FlowEnd | Error | undefined
  const note = (happening: Happening) => happenings.push(happening)
  const at = () => ({ atMs: manual.monotonicMs() })
  const later = (delayMs: number, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const cancel = clock.after(delayMs, resolve)
      signal.addEventListener('abort', () => {
        cancel()
        reject(signal.reason)
      })
    })

  const doors: Doors = {
    prompts: {
      async sound(utterance: Utterance): Promise<Sound> {
        if (world.fails.includes('prompt')) throw new Error('no voice')
        const { text } = utterance
        return { id: text, samples: new Int16Array(), durationMs: estimatedMs(utterance), text }
      },
    },
    caller: async () => ({ elder: world.elder, language: world.language }),
    waiting: () => world.waiting,
    async queue(_call, { reason, priority, onPlace, signal }) {
      note({ ...at(), kind: 'line', reason, priority })
      signal.addEventListener('abort', () => {
        if (outcome === undefined && callOf()?.signal.aborted === false) note({ ...at(), kind: 'left' })
      })
      if (world.line === 'full') return 'full'
      if (world.line === 'fails') throw new Error('no line')
      onPlace(world.waiting + 1)
      await later(world.answersAfterMs ?? 1e9, signal)
      onPlace(0)
      await later(500, signal)
      note({ ...at(), kind: 'served' })
      return 'served'
    },
    async transfer(_call, number, signal) {
      note({ ...at(), kind: 'transfer', number })
      await later(5000, signal)
      if (world.fails.includes('transfer')) throw new Error('no answer')
      note({ ...at(), kind: 'served' })
    },
    async record(_call, name, values, signal) {
      note({ ...at(), kind: 'recording', name, values })
      await new Promise<void>(resolve => signal.addEventListener('abort', () => resolve()))
      if (world.fails.includes('record')) throw new Error('disk full')
    },
    actions: Object.fromEntries(
      ['status', 'text', 'captions'].map(name => [
        name,
        async (_call, values, signal) => {
          note({ ...at(), kind: 'action', name, values })
          await later(300, signal)
          const result = world.actions[name]
          if (!result) throw new Error('out of order')
          return result
        },
      ]),
    ),
    collected: (_call, name, value) => note({ ...at(), kind: 'collected', name, value }),
    calendar: createCalendar(),
    journal: { write: (_call, fact) => facts.push(fact) },
    clock,
    log: silentLog,
  }
  change(doors)

  let ours: Call | undefined
  const callOf = () => ours
  const line = openLoopbackLine({
    clock,
    log: silentLog,
    async onCall(call) {
      ours = call
      outcome = await runFlow(call, set, flow, doors)
    },
    onFailure(_call, error) {
      outcome = error as Error
    },
  })
  const phone = line.ring({ from: world.caller, to: '12345' })
  void phone.ended.then(({ by }) => note({ ...at(), kind: 'ended', by: by === 'us' ? 'us' : 'them' }))
  await manual.advance(0)

  const gather = () => {
    const known = happenings.filter(one => one.kind === 'heard').length
    for (const { text, atMs } of phone.heard.slice(known)) note({ kind: 'heard', text, atMs })
  }
  const act = async (deed: Deed) => {
    if (deed.kind === 'press') phone.press(deed.key)
    if (deed.kind === 'hangup') phone.hangup()
    if (deed.kind === 'wait') await manual.advance(deed.ms)
    if (deed.kind === 'listen') {
      const before = phone.heard.length
      for (let next = nextDue(); next !== undefined && phone.heard.length === before; next = nextDue())
        await manual.advance(next - manual.monotonicMs())
    }
    await manual.advance(0)
    gather()
  }
  function nextDue(): number | undefined {
    const nowMs = manual.monotonicMs()
    for (const due of dues) if (due <= nowMs) dues.delete(due)
    const next = Math.min(...dues)
    return next < nowMs + 600_000 ? next : undefined
  }
  gather()
  return { happenings, facts, act, outcome: () => outcome, pending: manual.pending }
}
