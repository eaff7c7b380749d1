/**
 * Decides again whenever something changes, one round at a time: a change during a round leads to another round.
 * @param round makes the offers of a round and begins them
 * @param settled told when nothing is left to decide
 * @returns a function that reports a change
 */
export function createMatching(
  round: () => Promise<void>,
  settled: () => void,
  onError: (error: unknown) => void,
): () => void {
  let isMatching = false
  let isStale = false

  async function decideAll() {
    isMatching = true
    try {
      while (isStale) {
        isStale = false
        await round()
      }
    } finally {
      isMatching = false
    }
    settled()
  }

  return () => {
    isStale = true
    if (!isMatching) decideAll().catch(onError)
  }
}
