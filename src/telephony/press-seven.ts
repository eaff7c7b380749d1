import type { Clock } from '../foundation/index.ts'
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
 */
export async function pressesSeven(
  call: Pick<Call, 'keys' | 'signal' | 'answer'>,
  ask: (signal: AbortSignal) => Promise<unknown>,
  clock: Clock,
): Promise<boolean> {
  await call.answer()
  const over = new AbortController()
  const late = new Promise<false>(resolve => {
    call.signal.addEventListener('abort', () => resolve(false), { once: true })
    void askTwice().then(() => resolve(false))
  })
  async function askTwice() {
    for (let time = 0; time < times && !over.signal.aborted && !call.signal.aborted; time++) {
      await ask(over.signal)
      await new Promise<void>(resolve => {
        const cancel = clock.after(patienceMs, resolve)
        const stop = () => {
          cancel()
          resolve()
        }
        over.signal.addEventListener('abort', stop, { once: true })
      })
    }
  }
  async function pressed(): Promise<boolean> {
    for (;;) {
      const press = await call.keys.take(over.signal)
      if (press === undefined) return false
      if (right.has(press.key)) return true
    }
  }
  const outcome = await Promise.race([pressed().catch(() => false), late])
  over.abort()
  return outcome
}
