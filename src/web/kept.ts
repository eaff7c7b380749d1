/**
 * What a browser keeps for our pages: `localStorage` from one visit to the next, `sessionStorage` for this tab. Some
 * refuse even to be asked; a page of ours is the same there, but for what it would have remembered.
 */
export function whereKept<T>(
  where: 'localStorage' | 'sessionStorage',
  work: (kept: Storage) => T,
): T | undefined {
  try {
    return work(window[where])
  } catch {
    return undefined
  }
}

/** What was chosen on this device before. */
export const kept = (name: string): string | undefined =>
  whereKept('localStorage', storage => storage.getItem(name)) ?? undefined

export const keep = (name: string, value: string): void =>
  whereKept('localStorage', storage => storage.setItem(name, value))
