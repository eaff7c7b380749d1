import type { Cancel, Clock } from '../foundation/index.ts'
import type { Key } from '../media/index.ts'
import type { Utterance } from '../speech/index.ts'
import type { FlowSet } from './flow.ts'
import { type SimulatedEvent, simulate, type World } from './simulate.ts'

/** A simulated call in real time, for the terminal. */
export type FlowConversation = {
  press(key: Key): void
  /** The caller says something. */
  speak(): void
  hangup(): void
  /** Resolves when the conversation is over: hung up, or handed to a person. */
  readonly over: Promise<void>
}

/**
 * @param tell called with each event as it happens
 * @param speak starts to say an utterance and returns its duration in ms; estimated when absent
 * @param hush called when nothing is being said any more
 */
export function startConversation(
  set: FlowSet,
  flow: string,
  world: World,
  {
    clock,
    tell,
    speak,
    hush = () => undefined,
  }: {
    readonly clock: Clock
    readonly tell: (happening: SimulatedEvent) => void
    readonly speak?: (utterance: Utterance) => number
    readonly hush?: () => void
  },
): FlowConversation {
  const simulation = simulate(set, flow, world, speak)
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
    if (!simulation.isSaying()) hush()
    if (simulation.state().doing === 'over') return end()
    const nextMs = simulation.nextMs()
    if (nextMs === undefined) return
    cancel = clock.after(nextMs - (clock.monotonicMs() - beganMs), () => {
      catchUp()
      goOn()
    })
  }
  goOn()
  const doing = (act: () => void) => () => {
    catchUp()
    act()
    goOn()
  }
  return {
    over,
    press: key => doing(() => simulation.press(key))(),
    speak: doing(simulation.speak),
    hangup: doing(simulation.hangup),
  }
}
