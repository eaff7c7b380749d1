import { type Clock, createManualClock, silentLog } from '../../src/foundation/index.ts'
import {
  type CallFile,
  type Deed,
  doorsTo,
  estimatedMs,
  type FlowDoors,
  type FlowEnd,
  type FlowSet,
  type RehearsalStage,
  runFlow,
  type SimulatedEvent,
} from '../../src/ivr/index.ts'
import type { Sound } from '../../src/media/index.ts'
import type { Utterance } from '../../src/speech/index.ts'
import { type CallFact, openLoopbackLine } from '../../src/telephony/index.ts'

type Doors = { -readonly [Name in keyof FlowDoors]: FlowDoors[Name] }

/** A written call on the loopback line, through the runner, with doors that behave as the file's world says. */
export type LineStage = RehearsalStage & {
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
  const happenings: SimulatedEvent[] = []
  const facts: CallFact[] = []
  let outcome: FlowEnd | Error | undefined
  const note = (happening: SimulatedEvent) => happenings.push(happening)
  const at = () => ({ atMs: manual.monotonicMs() })

  const doors: Doors = {
    ...doorsTo(world, {
      clock,
      log: silentLog,
      journal: { write: (_call, fact) => facts.push(fact) },
      tell: happening => happenings.push({ ...happening, atMs: manual.monotonicMs() }),
      prompts: {
        async sound(utterance: Utterance): Promise<Sound> {
          const { text } = utterance
          return { id: text, samples: new Int16Array(), durationMs: estimatedMs(utterance), text }
        },
      },
    }),
  }
  change(doors)

  const line = openLoopbackLine({
    clock,
    log: silentLog,
    async onCall(call) {
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
