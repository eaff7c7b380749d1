import type { Core } from './core.ts'
import { type Running, run } from './running.ts'
import { ignore } from './sender.ts'
import { answer } from './transaction-state.ts'
import { type Hop, isReliable } from './transport.ts'

/**
 * Repeats a response, which has just gone out, until its machine is told 'ack'.
 * @param longest 't2' for a 2xx, 'unbounded' for a reliable provisional response.
 * @param givenUp called if no acknowledgement came in 64 T1.
 * @param ended called in any case.
 */
export function repeatUntilAcknowledged(
  core: Core,
  longest: 't2' | 'unbounded',
  text: string,
  hop: () => Hop,
  givenUp: () => void,
  ended: () => void,
): Running {
  const wire = { timing: core.timing, reliable: isReliable(hop().protocol) }
  const perform = (effect: string) => {
    if (effect === 'resend') core.send(text, hop(), ignore)
    else givenUp()
  }
  return run(answer(longest), core.clock, wire, perform, ended)
}
