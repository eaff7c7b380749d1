import { whereKept } from '../kept.ts'

/** The call of this tab, for a page that is loaded anew: the house waits 15 s for one that has gone. */
const keyName = 'call'
const leftName = 'call-left'
const waitsMs = 15_000

/** @param key what brings a page into the call; undefined when there is none any more */
export function keepCall(key: string | undefined): void {
  whereKept('sessionStorage', kept =>
    key === undefined ? kept.removeItem(keyName) : kept.setItem(keyName, key),
  )
}

/** The page goes away now. */
export function markLeaving(): void {
  whereKept('sessionStorage', kept => kept.setItem(leftName, String(Date.now())))
}

/** The call that may still wait for this page. */
export function keptCall(): string | undefined {
  return whereKept('sessionStorage', kept => {
    const leftMs = Number(kept.getItem(leftName) ?? 0)
    return Date.now() - leftMs < waitsMs ? (kept.getItem(keyName) ?? undefined) : undefined
  })
}
