import { z } from 'zod'
import { defineQueue } from '../jobs/index.ts'

/** A light of a callback turns, its time to ring again comes, or somebody has had it too long. */
export const callbackClockQueue = defineQueue({
  name: 'callback-clock',
  data: z.object({ callback: z.string() }),
  atOnce: 16,
  // A light that is not told leaves a callback unwatched.
  retries: 20,
})

/** A text: to the citizen, that nobody was reached; or to whoever watches over callbacks, whose `phone` is of the settings. */
export const callbackTextQueue = defineQueue({
  name: 'callback-text',
  data: z.object({ callback: z.string(), kind: z.enum(['gave-up', 'late']), phone: z.string().optional() }),
  leaseS: 30,
})

/** Messages are kept long enough. */
export const callbackMessagesQueue = defineQueue({
  name: 'callback-messages',
  data: z.object({ callback: z.string() }),
  retries: 20,
})

/** Sound that no row speaks of any more, by the names of its files. */
export const callbackSoundQueue = defineQueue({
  name: 'callback-sound',
  data: z.object({ files: z.array(z.string()) }),
  retries: 20,
})

export const callbackQueues = [
  callbackClockQueue,
  callbackTextQueue,
  callbackMessagesQueue,
  callbackSoundQueue,
]
