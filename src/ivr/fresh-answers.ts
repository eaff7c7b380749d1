import type { KeyPress } from '../telephony/index.ts'

/** Which keys answer the question that is asked now, where none may be answered unheard. */
export type FreshAnswers = {
  /** Another question is asked, or the same anew. */
  asked(): void
  /** Its prompt has begun, or is not to be had. */
  began(atMs: number): void
  takes(press: KeyPress): boolean
}

/** No finger answers two questions within so long: the second key is the first one told twice, or a hand that slipped. */
const apartMs = 300

/**
 * A key typed ahead is fine in a menu that somebody knows by heart, and worth nothing as an answer to a question that
 * nobody has heard: a single press, told eleven times by its phone, once said that the city had been in touch, had solved
 * it, and had satisfied. Key 0 brings a person at any moment.
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
      // The digits of one number may follow each other as fast as they like.
      const isTooSoon = atMs < beganMs || (isAnother && atMs - answeredMs < apartMs)
      if (isTooSoon && key !== '0') return false
      answeredMs = atMs
      isAnother = false
      return true
    },
  }
}
