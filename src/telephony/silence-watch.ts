import { type Cancel, type Clock, withDeadline } from '../foundation/index.ts'
import type { Sound } from '../media/index.ts'
import type { Call, KeyPress } from './call.ts'
import { courseOf, type Sign } from './silence.ts'

/** What the house knows of calls that have fallen silent. */
export type SilenceRules = {
  /** "Are you still there?", in the language of the call. Never rejects: it can be said without a voice. */
  stillThere(call: Call): Promise<readonly Sound[]>
  /** A person has the call, be it on hold. */
  isTalking(call: Call): boolean
  readonly seats: SeatPatience
}

/** How long whoever talks to a seat waits for a telephone of which nothing comes: they have another seat at once. */
export type SeatPatience = {
  /** Silence of so long is asked about. */
  readonly missedAfterMs: number
  /** Without any answer until then it is let go. */
  readonly lostAfterMs: number
}

export type SilenceWatch = {
  /** Nothing has come for the media timeout. */
  fallSilent(): void
  /** Something comes again. */
  revive(): void
  /** A sign of life that did not come through the port's sockets of sound: typed text. */
  sign(): void
  /** Whether this key is the answer to our question, and nothing else; key 0 asks for a person whatever was asked. */
  takes(press: KeyPress): boolean
  stop(): void
}

export type SilenceWatchOptions = {
  readonly clock: Clock
  readonly isHolding: () => boolean
  readonly isTalking: () => boolean
  /** Asks the telephone itself; absent where that cannot be asked. */
  readonly askPhone?: () => Promise<Sign>
  /** Of a seat's telephone, which is asked soon again. */
  readonly seats?: SeatPatience
  /** Told when the telephone itself does not answer, and once anything comes of it again. */
  readonly onDoubt?: (isInDoubt: boolean) => void
  readonly question: () => Promise<readonly Sound[]>
  /** Says over whatever is heard; nothing: stops saying. */
  readonly say: (sounds: readonly Sound[]) => void
  readonly end: () => void
}

/** From the end of the question on: enough to find the telephone and a key. */
const answerWithinMs = 10_000
const lookAgainMs = 30_000
const probeWithinMs = 10_000
/** A phone between two cells, or a SIP server that is started anew, answers the next question: 90 s are enough for both. */
const mostUnheard = 3
/** Any telephone that is there has answered by then; whoever talks to it is told no later than that. */
const doubtAfterMs = 1_000

/** Two questions, and a pause between them. */
function paceOf(seats: SeatPatience | undefined) {
  if (!seats) return { lookAgainMs, probeWithinMs, mostUnheard }
  const third = (seats.lostAfterMs - seats.missedAfterMs) / 3
  return { lookAgainMs: third, probeWithinMs: third, mostUnheard: 2 }
}

export function watchSilence(options: SilenceWatchOptions): SilenceWatch {
  const { clock, isHolding, isTalking, askPhone, question, say, end, onDoubt } = options
  const pace = paceOf(options.seats)
  let isSilent = false
  let isInDoubt = false
  let wasAsked = false
  /** Questions to the telephone, in a row, to which nothing came. */
  let unheard = 0
  let cancel: Cancel = () => undefined
  /** What was begun in an earlier silence is nothing to this one. */
  let round = {}

  const look = (there?: boolean) => {
    cancel()
    const course = courseOf({ isHolding: isHolding(), isTalking: isTalking(), wasAsked, isThere: there })
    if (course === 'wait') cancel = clock.after(unheard > 0 ? pace.lookAgainMs : lookAgainMs, look)
    else if (course === 'probe') void probe()
    else if (course === 'ask') void ask()
    else {
      stop()
      end()
    }
  }
  const doubt = (now: boolean) => {
    if (isInDoubt !== now) onDoubt?.(now)
    isInDoubt = now
  }
  const probe = async () => {
    const mine = round
    const stopDoubting = clock.after(doubtAfterMs, () => mine === round && doubt(true))
    const late = () => new Error('no answer')
    const sign = askPhone
      ? await withDeadline(clock, pace.probeWithinMs, askPhone(), late).catch(() => 'unheard' as const)
      : 'there'
    stopDoubting()
    if (mine !== round) return
    if (sign !== 'gone') doubt(sign === 'unheard')
    unheard = sign === 'unheard' ? unheard + 1 : 0
    look(sign !== 'gone' && unheard < pace.mostUnheard)
  }
  const ask = async () => {
    const mine = round
    wasAsked = true
    const sounds = await question()
    if (mine !== round) return
    say(sounds)
    const lengthMs = sounds.reduce((sum, { durationMs }) => sum + durationMs, 0)
    cancel = clock.after(lengthMs + answerWithinMs, look)
  }
  const stop = () => {
    cancel()
    if (wasAsked) say([])
    round = {}
    wasAsked = false
    unheard = 0
    isSilent = false
  }
  const revive = () => {
    stop()
    doubt(false)
  }
  const sign = () => {
    if (!isSilent) return
    revive()
    // It is there, and still nothing comes: in time it is asked again.
    isSilent = true
    cancel = clock.after(lookAgainMs, look)
  }
  return {
    fallSilent() {
      isSilent = true
      look()
    },
    revive,
    sign,
    takes({ key }) {
      const isAnswer = wasAsked && key !== '0'
      sign()
      return isAnswer
    },
    stop,
  }
}
