import { type Cancel, type Clock, createTurns, type Turns } from '../foundation/index.ts'
import type { Database } from './database.ts'

/** Keeps a node's copy of something in step with the database, whichever node changes it. */
type Following = {
  /** Resolves once we listen for changes, or listening has failed. */
  readonly listening: Promise<void>
  /** Runs tasks and looks one after the other, so that each sees the latest state. */
  readonly inTurn: Turns['take']
  /** The same for a task that nobody waits for: an error goes to `missed`, and the next look repairs what it left undone. */
  behind(work: () => Promise<void>): Promise<void>
  close(): Promise<void>
}

type Options = {
  readonly database: Pick<Database, 'listen'>
  /** The channel that is notified in the transaction that changes the data. */
  readonly channel: string
  /** How often to look without a notification, since those sent while the database is away are lost. */
  readonly everyMs: number
  readonly clock: Clock
  readonly look: () => Promise<void>
  readonly missed: (error: unknown) => void
}

/** Calls `look` at every notification on the channel and at intervals. The owner makes the first look itself. */
export function follow({ database, channel, everyMs, clock, look, missed }: Options): Following {
  let closed = false
  let cancel: Cancel = () => undefined
  const turns = createTurns()

  const behind = async (work: () => Promise<void>) => {
    if (!closed) await turns.take(work).catch(missed)
  }
  const lookAgain = () => {
    cancel = clock.after(everyMs, () => void behind(look).then(() => closed || lookAgain()))
  }
  const heard = database.listen(channel, () => void behind(look)).catch(() => () => undefined)
  lookAgain()

  return {
    listening: heard.then(() => undefined),
    inTurn: turns.take,
    behind,
    async close() {
      closed = true
      cancel()
      await (await heard)()
      await turns.ended()
    },
  }
}
