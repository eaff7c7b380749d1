/**
 * Decides anew whenever something changes, one round at a time: what changes while a round decides is another round.
 * @param round gives the offers of a round, and begins them
 * @param settled told when nothing is left to decide
 * @returns what says that something changed
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
