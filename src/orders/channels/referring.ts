import type { Command } from '../command.ts'
import { fault } from '../faults.ts'
import type { OrderRules } from '../rules.ts'

/**
 * A referred closing names the right channel, and only a referred one does: it is counted separately, and never as
 * solved.
 * @throws Fault `channel-unknown`
 */
export function checkChannel(
  { result, channel }: Pick<Extract<Command, { do: 'close' }>, 'result' | 'channel'>,
  { channels }: Pick<OrderRules, 'channels'>,
): void {
  const isReferred = result === 'referred'
  if (isReferred ? channel !== undefined && channels.has(channel) : channel === undefined) return
  throw fault(
    'channel-unknown',
    'channel',
    channel === undefined ? 'nothing' : `"${channel}"`,
    isReferred ? `one of ${[...channels.keys()].join(', ')}` : 'nothing, where it is not referred',
  )
}
