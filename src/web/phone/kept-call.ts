/**
 * The call of this tab, for a page that is loaded anew: the house waits 15 s for one that has gone. A browser that keeps
 * nothing for pages rings all the same.
 */
const keyName = 'call'
const leftName = 'call-left'
const waitsMs = 15_000

/** @param key what brings a page into the call; undefined when there is none any more */
export function keepCall(key: string | undefined): void {
  whereKept(kept => (key === undefined ? kept.removeItem(keyName) : kept.setItem(keyName, key)))
}

/** The page goes away now. */
export function markLeaving(): void {
  whereKept(kept => kept.setItem(leftName, String(Date.now())))
}

/** The call that may still wait for this page. */
export function keptCall(): string | undefined {
  return whereKept(kept => {
    const leftMs = Number(kept.getItem(leftName) ?? 0)
    return Date.now() - leftMs < waitsMs ? (kept.getItem(keyName) ?? undefined) : undefined
  })
}

/** Undefined where the browser refuses even to be asked. */
function whereKept<T>(work: (kept: Storage) => T): T | undefined {
  try {
    return work(sessionStorage)
  } catch {
    return undefined
  }
}
