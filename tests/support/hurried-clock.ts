/** A clock for tests over real sockets in which what takes half a minute is soon over. */
import { type Clock, systemClock } from '../../src/foundation/index.ts'

/**
 * Waits of more than a second pass so many times as fast. Shorter ones keep a connection to a SIP server: made as fast, three
 * pings without a pong would be a tenth of a second, in which a busy machine answers nobody, and the call would end for that.
 */
export const hurried = (times: number): Clock => ({
  ...systemClock,
  after: (delayMs, act) => systemClock.after(delayMs > 1_000 ? delayMs / times : delayMs, act),
})
