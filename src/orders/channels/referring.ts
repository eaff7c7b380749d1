import type { Command } from '../command.ts'
import { fault } from '../faults.ts'
import type { OrderRules } from '../rules.ts'

/**
 * What is beyond a unit’s duty is closed with the right channel, and nothing else is: it is counted as such, and as solved
 * nowhere. @throws Fault `channel-unknown`
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
