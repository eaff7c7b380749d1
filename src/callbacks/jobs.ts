import { z } from 'zod'
import { defineQueue } from '../jobs/index.ts'
import type { CallId } from '../telephony/index.ts'

/** A light changes, an attempt is due again, or a holder's lease ends. */
export const callbackClockQueue = defineQueue({
  name: 'callback-clock',
  data: z.object({ callback: z.string() }),
  atOnce: 16,
  // A lost warning would leave a callback unwatched.
  retries: 20,
})

/**
 * A text: to the citizen, that we did not reach them; or to those who watch over callbacks, whose `phone` comes
 * from the settings.
 */
export const callbackTextQueue = defineQueue({
  name: 'callback-text',
  data: z.object({ callback: z.string(), kind: z.enum(['gave-up', 'late']), phone: z.string().optional() }),
  leaseS: 30,
})

/** Reads a call again that could not be read; if it still cannot, this enqueues the next attempt itself. */
export const callbackReadQueue = defineQueue({
  name: 'callback-read',
  data: z.object({ call: z.string().transform(id => id as CallId), tries: z.int().min(0) }),
  retries: 20,
})

/** From an earlier build, whose jobs may still be queued; messages are now deleted by the sweep. */
export const callbackMessagesQueue = defineQueue({
  name: 'callback-messages',
  data: z.object({ callback: z.string() }),
  retries: 20,
})

/** Deletes sound files that no row refers to, by name. */
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
