import { type Clock, type Log, reasonOf } from '../foundation/index.ts'
import type { Sound } from '../media/index.ts'
import type { Errand } from './errand.ts'
import { failedFault } from './faults.ts'
import { orAborted } from './or-aborted.ts'
import type { Synthesizer, Utterance } from './synthesizer.ts'

/** A synthesizer shared by many callers. It takes errands in turn, urgent ones first. */
export type Voice = {
  readonly mouth: Synthesizer
  /** Whether it failed several times in a row, so that others are asked first. */
  rests(): boolean
  /**
   * Speaks an utterance. The deadline starts when the voice begins; waiting for its turn has a limit of its own.
   * @param keepLate receives sound that was finished after its caller had gone on
   * @throws Fault `speech-failed` if it is late or its turn does not come; or what the synthesizer throws
   */
  speak(utterance: Utterance, errand: Errand, keepLate?: (sound: Sound) => void): Promise<Sound>
}

type Options = {
  readonly clock: Clock
  readonly log: Log
  /** How long a caller waits once the voice is at their prompt. */
  readonly deadlineMs: number
  /** How long a caller waits for the voice to come to their prompt. */
  readonly mostWaitMs: number
}

/** A voice that fails this often in a row is asked last for a while, so that callers do not wait for it. */
const failuresBeforeRest = 3
const restMs = 10_000
/** Prompts that no caller waits for may take longer, on a busy machine at the start or with a slow cloud. */
const preparingDeadlineMs = 60_000

export function createVoice(mouth: Synthesizer, { clock, log, deadlineMs, mostWaitMs }: Options): Voice {
  const atOnce = mouth.atOnce ?? 1
  const waiting: { readonly errand: Errand; begin(): void }[] = []
  const speaking = new Set<Errand>()
  let failures = 0
  let restsUntilMs = 0

  function startNext() {
    while (waiting.length > 0 && speaking.size < atOnce) {
      const urgent = waiting.findIndex(({ errand }) => errand.isUrgent())
      const [next] = waiting.splice(Math.max(0, urgent), 1)
      if (!next) return
      speaking.add(next.errand)
      next.begin()
    }
  }

  const turn = (errand: Errand) =>
    new Promise<void>((resolve, reject) => {
      const cancelBound = errand.afterUrgent(mostWaitMs, () => {
        waiting.splice(waiting.indexOf(place), 1)
        log.warn({ voice: mouth.name, waiting: waiting.length }, 'a prompt waited too long for its voice')
        reject(failedFault(mouth.name, `no turn within ${mostWaitMs} ms`))
      })
      const place = {
        errand,
        begin() {
          cancelBound()
          resolve()
        },
      }
      waiting.push(place)
      startNext()
    })

  /** @param working receives the synthesizer's work, with which its turn ends */
  async function render(
    utterance: Utterance,
    errand: Errand,
    working: (work: Promise<Sound>) => void,
  ): Promise<Sound> {
    const late = new AbortController()
    const giveUp = (withinMs: number) => () =>
      late.abort(failedFault(mouth.name, `nothing within ${withinMs} ms`))
    const cancels = [
      errand.afterUrgent(deadlineMs, giveUp(deadlineMs)),
      clock.after(Math.max(deadlineMs, preparingDeadlineMs), giveUp(preparingDeadlineMs)),
    ]
    try {
      const work = mouth.speak(utterance, mouth.finishesLate ? undefined : late.signal)
      working(work)
      const sound = await orAborted(work, late.signal)
      failures = 0
      return sound
    } catch (error) {
      if (late.signal.aborted) log.warn({ voice: mouth.name }, 'a prompt was late')
      else blame(error)
      throw error
    } finally {
      for (const cancel of cancels) cancel()
    }
  }

  /** Counts a failure against the voice, unless it can never say this, or a single file is damaged. */
  function blame(error: unknown) {
    const reason = reasonOf(error)
    if (reason === 'speech-unknown') return
    log.warn({ voice: mouth.name, reason }, 'a voice failed')
    if (reason !== 'wav-unreadable') failures += 1
    if (failures >= failuresBeforeRest) restsUntilMs = clock.monotonicMs() + restMs
  }

  return {
    mouth,
    rests: () => restsUntilMs > clock.monotonicMs(),
    async speak(utterance, errand, keepLate = () => undefined) {
      // Once a caller waits for it, the caller's deadline applies as well.
      const cancelHaste = errand.whenUrgent(() => {
        if (speaking.size >= atOnce) for (const other of speaking) other.urge()
      })
      await turn(errand).finally(cancelHaste)
      const leave = () => {
        speaking.delete(errand)
        startNext()
      }
      let work: Promise<Sound> | undefined
      const rendering = render(utterance, errand, begun => {
        work = begun
      })
      return rendering.then(
        sound => {
          leave()
          return sound
        },
        error => {
          if (work && mouth.finishesLate) work.then(keepLate, () => undefined).finally(leave)
          else leave()
          throw error
        },
      )
    },
  }
}
