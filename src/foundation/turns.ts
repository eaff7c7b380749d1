/** Runs work one at a time, in the order asked for. */
export type Turns = {
  /** Runs `work` once everything before it has ended, successfully or not; rejects as `work` rejects. */
  take<T>(work: () => Promise<T>): Promise<T>
  /** Resolves when everything asked for so far has ended. */
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
