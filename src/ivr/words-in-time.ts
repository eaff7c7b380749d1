import { withDeadline } from '../foundation/index.ts'
import type { Sound } from '../media/index.ts'
import type { Utterance } from '../speech/index.ts'
import type { FlowDoors } from './doors.ts'

/** DESIGN: after a longer silence a caller takes us for gone. */
const mostSilenceMs = 3_000

/** The words, or those that were made before in their place, where no voice is in time. */
export async function wordsInTime(
  said: Utterance,
  { prompts, clock }: Pick<FlowDoors, 'prompts' | 'clock'>,
  signal: AbortSignal,
  onLate: (error: unknown) => void,
): Promise<{ readonly said: Utterance; readonly sound: Sound }> {
  const { instead } = said
  const making = prompts.sound(said, signal)
  if (!instead) return { said, sound: await making }
  try {
    return { said, sound: await withDeadline(clock, mostSilenceMs, making, () => new Error('too late')) }
  } catch (error) {
    if (signal.aborted) throw error
    onLate(error)
    return { said: instead, sound: await prompts.sound(instead, signal) }
  }
}
