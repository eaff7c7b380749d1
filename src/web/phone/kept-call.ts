/** The call of this tab, for a page that is loaded anew: the house waits 15 s for one that has gone. */
const keyName = 'call'
const leftName = 'call-left'
const waitsMs = 15_000

/** @param key what brings a page into the call; undefined when there is none any more */
export function keepCall(key: string | undefined): void {
  if (key === undefined) sessionStorage.removeItem(keyName)
  else sessionStorage.setItem(keyName, key)
}

/** The page goes away now. */
export function markLeaving(): void {
  sessionStorage.setItem(leftName, String(Date.now()))
}

/** The call that may still wait for this page. */
export function keptCall(): string | undefined {
  const leftMs = Number(sessionStorage.getItem(leftName) ?? 0)
  return Date.now() - leftMs < waitsMs ? (sessionStorage.getItem(keyName) ?? undefined) : undefined
}
