import type { KeyPress } from '../telephony/index.ts'

/** Decides which keys answer the current question, where a question must be heard before it is answered. */
export type FreshAnswers = {
  /** Another question is asked, or the same one again. */
  asked(): void
  /** The question's prompt has begun, or cannot be spoken. */
  began(atMs: number): void
  takes(press: KeyPress): boolean
}

/** Nobody answers two questions within this time: the second key is a duplicate of the first, or a slip of the hand. */
const apartMs = 300

/**
 * Typing ahead is fine in a menu that a caller knows by heart, but worthless as an answer to a question that they have not
 * heard. A single press that a phone reported eleven times once answered "contacted, solved, satisfied". Key 0 brings a
 * person at any moment.
 */
export function createFreshAnswers(): FreshAnswers {
  let beganMs = Number.POSITIVE_INFINITY
  let answeredMs = Number.NEGATIVE_INFINITY
  let isAnother = false
  return {
    asked() {
      beganMs = Number.POSITIVE_INFINITY
      isAnother = true
    },
    began(atMs) {
      beganMs = atMs
    },
    takes({ key, atMs }) {
      // The digits of one number may follow each other at any speed.
      const isTooSoon = atMs < beganMs || (isAnother && atMs - answeredMs < apartMs)
      if (isTooSoon && key !== '0') return false
      answeredMs = atMs
      isAnother = false
      return true
    },
  }
}
