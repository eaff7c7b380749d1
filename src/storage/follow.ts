import { type Cancel, type Clock, createTurns, type Turns } from '../foundation/index.ts'
import type { Database } from './database.ts'

/** What a node keeps in step with what the database says, whichever node changed it. */
type Following = {
  /** Resolves once the database tells what changes, or cannot. */
  readonly listening: Promise<void>
  /** One work after the other, looks included: each begins with what is. */
  readonly inTurn: Turns['take']
  /** The same for what nobody waits for: what fails is told to `missed`, and the next look makes it good. */
  behind(work: () => Promise<void>): Promise<void>
  close(): Promise<void>
}

type Options = {
  readonly database: Pick<Database, 'listen'>
  /** Notified in the transaction that changes it. */
  readonly channel: string
  /** How often it is looked without a word: a notice is lost while the database is away, and some never come. */
  readonly everyMs: number
  readonly clock: Clock
  readonly look: () => Promise<void>
  readonly missed: (error: unknown) => void
}

/** Looks at every notice on the channel, and from time to time; the first look is its owner's. */
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
