import { z } from 'zod'
import { defineQueue } from '../jobs/index.ts'
import type { CallId } from '../telephony/index.ts'

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

/** A call that could not be read is read again; it makes the next of its kind itself, where it cannot be read still. */
export const callbackReadQueue = defineQueue({
  name: 'callback-read',
  data: z.object({ call: z.string().transform(id => id as CallId), tries: z.int().min(0) }),
  retries: 20,
})

/** Of an earlier build, whose jobs may still wait: messages go with what is over. */
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
  callbackReadQueue,
  callbackClockQueue,
  callbackTextQueue,
  callbackMessagesQueue,
  callbackSoundQueue,
]
