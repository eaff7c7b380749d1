import type { Clock, Log } from '../../../foundation/index.ts'
import type { MediaPool } from '../../../media/index.ts'
import type { Call, DialOptions } from '../../call.ts'
import type { Journal } from '../../journal.ts'
import type { MediaCallOptions, Signalling } from '../../media-call.ts'
import { openStreamCall, type StreamCall } from '../../stream-call.ts'
import type { Offence, Page } from './page.ts'
import type { FromPhonePage } from './protocol.ts'

/** What calls of either direction need. */
export type PageContext = {
  readonly line: string
  readonly media: MediaPool
  readonly clock: Clock
  readonly log: Log
  readonly journal: Journal
  /** What is done about a page that falls silent; without it the media timeout ends its call. */
  readonly silence: MediaCallOptions['silence']
  readonly admit: (call: PageCall) => void
  /** What opens a call's captions; undefined where there are none. */
  readonly captionsOf: (call: Call['id']) => string | undefined
  readonly onOffence: (offence: Offence) => void
}

export type PageCall = StreamCall & {
  /** Tells the page that it is in the call. */
  tellAnswered(): void
  /** They talk, from now on. */
  up(): void
  /** What a page says within any call. */
  take(message: FromPhonePage): void
}

export const codec = 'PCMA'

/** A call with a page, its sound still silent. @throws Fault `media-full` */
export async function openPageCall(
  page: Page,
  {
    key,
    ...who
  }: Pick<MediaCallOptions, 'direction' | 'caller' | 'called' | 'language' | 'presence' | 'isSeat'> & {
    /** What brings another page into the call. */
    readonly key?: string
    readonly near?: DialOptions['near'] | undefined
  },
  signalling: Signalling,
  { admit, captionsOf, line, media, clock, journal, silence }: PageContext,
): Promise<PageCall> {
  const made = await openStreamCall({
    line,
    media,
    clock,
    journal,
    silence,
    signalling,
    ...who,
    far: {
      say: page.say,
      mark: mark => page.tell({ kind: 'mark', mark }),
      clear: () => page.tell({ kind: 'clear' }),
    },
  })
  const tellAnswered = () => {
    const captions = who.direction === 'in' ? captionsOf(made.call.id) : undefined
    page.tell({
      kind: 'answered',
      call: made.call.id,
      captions,
      key,
    })
  }
  const call: PageCall = {
    ...made,
    tellAnswered,
    up() {
      made.port.connect(codec, who.isSeat ? silence?.seats.missedAfterMs : undefined)
      made.answered(codec)
      tellAnswered()
    },
    take(message) {
      if (message.kind === 'key') made.port.hearKey(message.key)
      else if (message.kind === 'heard') made.heard(message.mark)
    },
  }
  admit(call)
  return call
}
