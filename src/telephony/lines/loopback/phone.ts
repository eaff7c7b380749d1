import type { Mailbox } from '../../../foundation/index.ts'
import type { Key } from '../../../media/index.ts'
import type { CallEnd } from '../../call.ts'

/** One thing that sounded in a phone. `atMs` is monotonic: when it began. */
export type HeardText = {
  /** Played by the house, or said by the one at the other end. */
  readonly from: 'house' | 'other'
  /** The words; empty for a sound without any. */
  readonly text: string
  readonly atMs: number
}

/** One end of a call, as the person who holds the phone has it. */
export type LoopbackPhone = {
  /** The number it rings from, or the contact that was rung. */
  readonly number: string
  /** Whose call it shows. */
  readonly shows: { readonly number: string; readonly name?: string }
  /** All that was heard, oldest first. */
  readonly heard: readonly HeardText[]
  /** The same for one who waits: each thing once. */
  readonly ear: Mailbox<HeardText>
  /** True once the two are in a call, false if it ended before. */
  readonly answered: Promise<boolean>
  readonly ended: Promise<CallEnd>
  /** Takes the call, when it is this phone that rings. */
  accept(): void
  /** Does not take it. */
  reject(how: 'busy' | 'declined'): void
  press(key: Key): void
  say(text: string): void
  hangup(): void
  /** Goes away for a moment, or is back: as a page that is loaded anew. */
  leave(): void
  comeBack(): void
  /** Its key for hold. */
  hold(): void
  resume(): void
  /** Goes away without a word, as when a cable is cut. */
  vanish(how: 'media-timeout' | 'worker-died' | 'signalling-lost'): void
}
