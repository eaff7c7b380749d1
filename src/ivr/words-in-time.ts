import { withDeadline } from '../foundation/index.ts'
import type { Sound } from '../media/index.ts'
import type { Utterance } from '../speech/index.ts'
import type { FlowDoors } from './doors.ts'

/** After a longer silence a caller would think that we are gone. */
const mostSilenceMs = 3_000

/** The sound of an utterance, or of its prerendered substitute if it is not ready in time. */
export async function wordsInTime(
  said: Utterance,
  { prompts, clock }: Pick<FlowDoors, 'prompts' | 'clock'>,
  signal: AbortSignal,
  onLate: (error: unknown) => void,
): Promise<{ readonly said: Utterance; readonly sound: Sound }> {
  const { instead } = said
  const inTime = (making: Promise<Sound>) =>
    withDeadline(clock, mostSilenceMs, making, () => new Error('too late'))
  const making = prompts.sound(said, signal)
  if (!instead) return { said, sound: await making }
  try {
    return { said, sound: await inTime(making) }
  } catch (error) {
    if (signal.aborted) throw error
    onLate(error)
    return { said: instead, sound: await inTime(prompts.sound(instead, signal)) }
  }
}
