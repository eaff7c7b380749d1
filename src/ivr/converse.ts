import type { Cancel, Clock } from '../foundation/index.ts'
import type { Key } from '../media/index.ts'
import type { Utterance } from '../speech/index.ts'
import type { FlowSet } from './flow.ts'
import { type Happening, simulate, type World } from './simulate.ts'

/** A simulated call that takes its time: for a terminal. */
export type Conversation = {
  press(key: Key): void
  hangup(): void
  /** Resolves when it is over: hung up, or in a person's hands. */
  readonly over: Promise<void>
}

/**
 * @param tell is told each thing as it happens.
 * @param durationMs how long an utterance takes; estimated when absent.
 */
export function startConversation(
  set: FlowSet,
  flow: string,
  world: World,
  {
    clock,
    tell,
    durationMs,
  }: {
    readonly clock: Clock
    readonly tell: (happening: Happening) => void
    readonly durationMs?: (utterance: Utterance) => number
  },
): Conversation {
  const simulation = simulate(set, flow, world, durationMs)
  const beganMs = clock.monotonicMs()
  let told = 0
  let cancel: Cancel = () => undefined
  let end: () => void
  const over = new Promise<void>(resolve => {
    end = resolve
  })

  const catchUp = () => {
    cancel()
    simulation.advance(Math.max(0, clock.monotonicMs() - beganMs - simulation.nowMs()))
  }
  const goOn = () => {
    for (const happening of simulation.happenings.slice(told)) tell(happening)
    told = simulation.happenings.length
    if (simulation.state().doing === 'over') return end()
    const nextMs = simulation.nextMs()
    if (nextMs === undefined) return
    cancel = clock.after(nextMs - (clock.monotonicMs() - beganMs), () => {
      catchUp()
      goOn()
    })
  }
  goOn()
  return {
    over,
    press(key) {
      catchUp()
      simulation.press(key)
      goOn()
    },
    hangup() {
      catchUp()
      simulation.hangup()
      goOn()
    },
  }
}
