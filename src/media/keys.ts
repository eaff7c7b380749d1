import type { Key } from './port.ts'

/** In the order of their RFC 4733 event codes, 0 to 15 (section 3.2). */
export const keys = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#', 'A', 'B', 'C', 'D'] as const

/** The key of an event code; undefined for events that are no key (flash, tones of modems). */
export function keyOfEvent(event: number): Key | undefined {
  return keys[event]
}

export function eventOfKey(key: Key): number {
  return keys.indexOf(key)
}
