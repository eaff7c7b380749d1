/** One work after the other, in the order in which they were asked for. */
export type Turns = {
  /** Runs `work` once everything before it has ended, however it ended; fails as `work` fails. */
  take<T>(work: () => Promise<T>): Promise<T>
  /** Resolves when nothing that was asked for so far is under way. */
  ended(): Promise<void>
}

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve()
  return {
    take(work) {
      const turn = last.then(work)
      last = turn.catch(() => undefined)
      return turn
    },
    ended: async () => void (await last),
  }
}
