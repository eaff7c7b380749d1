import { type Clock, type Log, reasonOf, sleep } from '../foundation/index.ts'
import type { CallId } from '../telephony/index.ts'
import type { Callbacks } from './callbacks.ts'

/** Time for the row to appear that the call's end creates. */
const rowsMs = 2_000
const looks = 5

/** Stores a message's words beside it; they are deleted together. Never rejects. */
export async function keepWords(
  {
    callbacks,
    clock,
    log,
  }: { readonly callbacks: Pick<Callbacks, 'heard'>; readonly clock: Clock; readonly log: Log },
  call: CallId,
  message: string,
  words: Promise<string>,
): Promise<void> {
  try {
    const said = { call, message, words: await words }
    if (said.words === '') return
    for (let look = 0; look < looks; look++) {
      if (await callbacks.heard(said)) return
      await sleep(clock, rowsMs)
    }
  } catch (error) {
    log.warn({ call, reason: reasonOf(error) }, 'the words of a message are not kept')
  }
}
