import { type Clock, sleep } from '../foundation/index.ts'
import type { Call } from './call.ts'

/** 0 brings a person wherever it is pressed, so that it is right here, too. */
const right = new Set<string>(['7', '0'])
const times = 2
/** For whoever has to find the key. */
const patienceMs = 6_000

/**
 * Asks whoever rings while lines are scarce, and whom nobody vouches for, for a key that no program presses by itself:
 * twice, with time to find it.
 * @param ask plays the question; resolves when it was heard
 * @returns whether the key came
 * @throws what `ask` throws: nobody is sent away for a question that they could not hear
 */
export async function pressesSeven(
  call: Pick<Call, 'keys' | 'signal' | 'answer'>,
  ask: (signal: AbortSignal) => Promise<unknown>,
  clock: Clock,
): Promise<boolean> {
  await call.answer()
  const over = new AbortController()
  const { signal } = over
  async function pressed(): Promise<boolean> {
    for (;;) {
      const press = await call.keys.take(signal)
      if (press === undefined) return false
      if (right.has(press.key)) return true
    }
  }
  async function asked(): Promise<false> {
    for (let time = 0; time < times && !signal.aborted && !call.signal.aborted; time++) {
      await ask(signal)
      await sleep(clock, patienceMs, signal)
    }
    return false
  }
  const gone = new Promise<false>(resolve => {
    call.signal.addEventListener('abort', () => resolve(false), { once: true })
  })
  try {
    return await Promise.race([pressed(), asked(), gone])
  } finally {
    over.abort()
  }
}
