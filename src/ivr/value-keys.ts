import type { Key } from '../media/index.ts'
import type { FlowSet } from './flow.ts'
import { step } from './step.ts'
import type { FlowState, Input } from './turn.ts'

/**
 * Whether a key pressed now is a digit of a number that the caller keys in, and not a choice: such digits are not logged.
 * A key that is held for what comes next may become either.
 */
export function isOfValue(
  set: FlowSet,
  state: FlowState,
  press: Extract<Input, { kind: 'key' }> & { readonly key: Key },
): boolean {
  if (!/\d/.test(press.key)) return false
  const isPerson = press.key === '0' && state.digits === ''
  const verb = set.flows.get(state.flow)?.nodes.get(state.node)?.verb
  if (verb === 'ask' && state.phase === '' && !isPerson) return true
  const after = step(set, state, press).state
  return after.digits !== '' || after.held.length > state.held.length
}
