import { createMailbox, type Fault } from '../foundation/index.ts'
import type { Heard } from './recognizer.ts'

/** The writer's side of `Hearing.words`. */
export type Outlet = {
  readonly words: AsyncIterable<Heard>
  put(heard: Heard): void
  /** Ends the words, with a fault if something went wrong. Only the first call counts. */
  end(fault?: Fault): void
  readonly isOver: boolean
}

export function createOutlet(): Outlet {
  const waiting = createMailbox<Heard>()
  let isOver = false
  let failure: Fault | undefined

  async function* words() {
    yield* waiting
    if (failure) throw failure
  }

  return {
    words: words(),
    put: waiting.put,
    end(fault) {
      if (isOver) return
      isOver = true
      failure = fault
      waiting.close()
    },
    get isOver() {
      return isOver
    },
  }
}
