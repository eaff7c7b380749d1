import { createHash } from 'node:crypto'
import pLimit from 'p-limit'
import { type Clock, type Log, reasonOf, withDeadline } from '../foundation/index.ts'
import type { Sound } from '../media/index.ts'
import { failedFault } from './faults.ts'
import { forLanguage } from './language.ts'
import { orAborted } from './or-aborted.ts'
import { createShelf } from './shelf.ts'
import { loadShipped, type SpokenNotice } from './shipped.ts'
import type { Synthesizer, Utterance, VoiceLanguage } from './synthesizer.ts'

/** Every prompt of the house, rendered once. */
export type PromptBook = {
  /**
   * The first voice that knows the utterance and answers in time; kept for the next caller. When one caller's signal
   * aborts, others who wait for the same prompt still get it.
   * @throws Fault `speech-failed` when no voice spoke, at most one deadline a voice later; or the signal's reason.
   */
  sound(utterance: Utterance, signal?: AbortSignal): Promise<Sound>
  /** Renders what is not kept yet, so that no caller waits for it. */
  prepare(
    utterances: readonly Utterance[],
    onProgress?: (done: number, total: number) => void,
  ): Promise<Preparation>
  /** What the caller hears when all else fails. In memory since the start: it cannot fail. */
  emergencySound(language: VoiceLanguage): Sound
  /** What the house itself says to a caller: by a voice of the house, or, when that fails, as it ships. */
  notice(name: SpokenNotice, language: VoiceLanguage): Promise<Sound>
  figures(): PromptFigures
  close(): Promise<void>
}

/** Of how many utterances: made now; there already, recordings included; not to be had. */
export type Preparation = { readonly rendered: number; readonly kept: number; readonly failed: number }

/** Since the start, and bytes held now. */
export type PromptFigures = Preparation & { readonly memoryBytes: number }

type Options = {
  /** In order of preference. */
  readonly synthesizers: readonly Synthesizer[]
  readonly cacheDir: string
  readonly clock: Clock
  readonly log: Log
  /** How long one voice may take before the next is asked. */
  readonly deadlineMs?: number
  /** How much sound to hold in memory; 64 MB are more than an hour. */
  readonly mostMemoryBytes?: number
  /** How much to keep on disk; 512 MB are nine hours. */
  readonly mostDiskBytes?: number
}

type Outcome = keyof Preparation
type Voice = { readonly mouth: Synthesizer; failures: number; restsUntilMs: number }

/** DESIGN: a voice that fails this often in a row is not asked for a while, so that callers do not wait for it. */
const failuresBeforeRest = 3
const restMs = 10_000
/** While preparing nobody waits, and renderings wait for each other. */
const preparingDeadlineMs = 60_000
/** Renderings at a time while preparing: enough for a voice in the cloud, few enough to let a caller's through. */
const preparingAtOnce = 4

export function createPromptBook(options: Options): PromptBook {
  const { synthesizers, cacheDir, clock, log, deadlineMs = 3000 } = options
  const { mostMemoryBytes = 64 * 2 ** 20, mostDiskBytes = 512 * 2 ** 20 } = options
  const emergencySound = loadShipped('emergency')
  const shippedNotices = {
    'still-there': loadShipped('still-there'),
    stopping: loadShipped('stopping'),
    stopped: loadShipped('stopped'),
  } as const satisfies Record<SpokenNotice, unknown>
  const shelf = createShelf({ cacheDir, mostMemoryBytes, mostDiskBytes, clock, log })
  const voices: readonly Voice[] = synthesizers.map(mouth => ({ mouth, failures: 0, restsUntilMs: 0 }))
  const underWay = new Map<string, Promise<readonly [Sound, Outcome]>>()
  const counts = { rendered: 0, kept: 0, failed: 0 }
  let closed = false

  /** Those not resting; if all are, all, since a late prompt is better than none. */
  function awake(): readonly Voice[] {
    const rested = voices.filter(voice => voice.restsUntilMs <= clock.monotonicMs())
    return rested.length > 0 ? rested : voices
  }

  async function render(voice: Voice, utterance: Utterance, withinMs: number): Promise<Sound> {
    const giveUp = new AbortController()
    const late = () => {
      const fault = failedFault(voice.mouth.name, `nothing within ${withinMs} ms`)
      giveUp.abort(fault)
      return fault
    }
    try {
      const speaking = voice.mouth.speak(utterance, giveUp.signal)
      const sound = await withDeadline(clock, withinMs, speaking, late)
      voice.failures = 0
      return sound
    } catch (error) {
      if (reasonOf(error) === 'speech-unknown') throw error
      log.warn({ voice: voice.mouth.name, reason: reasonOf(error) }, 'a voice failed')
      // A broken file says nothing about the next one.
      if (reasonOf(error) !== 'wav-unreadable') voice.failures += 1
      if (voice.failures >= failuresBeforeRest) voice.restsUntilMs = clock.monotonicMs() + restMs
      throw error
    }
  }

  async function ask(
    voice: Voice,
    utterance: Utterance,
    withinMs: number,
  ): Promise<readonly [Sound, Outcome]> {
    const edition = voice.mouth.edition(utterance.language)
    if (edition === undefined) return [await render(voice, utterance, withinMs), 'kept']
    if (utterance.once) return [await render(voice, utterance, withinMs), 'rendered']
    const key = digestOf([edition, utterance.text, utterance.language, utterance.syllablesPerMinute])
    const found = await shelf.find(key, utterance.text)
    if (found) return [found, 'kept']
    const sound = await render(voice, utterance, withinMs)
    shelf.keep(key, sound)
    return [sound, 'rendered']
  }

  async function askAll(utterance: Utterance, withinMs: number): Promise<readonly [Sound, Outcome]> {
    let cause: unknown
    for (const voice of awake()) {
      try {
        const answer = await ask(voice, utterance, withinMs)
        counts[answer[1]] += 1
        return answer
      } catch (error) {
        cause = error
      }
    }
    counts.failed += 1
    throw failedFault('prompt', 'no voice that could speak', 'one of the voices', cause)
  }

  function find(utterance: Utterance, withinMs = deadlineMs): Promise<readonly [Sound, Outcome]> {
    const { text, language, syllablesPerMinute, prompt, once } = utterance
    const key = digestOf([text, language, syllablesPerMinute, prompt, once])
    const finding = underWay.get(key) ?? askAll(utterance, withinMs).finally(() => underWay.delete(key))
    underWay.set(key, finding)
    return finding
  }

  return {
    emergencySound,
    async notice(name, language) {
      const shipped = shippedNotices[name](language)
      const text = shipped.text ?? ''
      const spoken = forLanguage({ 'zh-CN': 'zh-CN', en: 'en' }, language) ?? 'zh-CN'
      const utterance = { text, language: spoken, syllablesPerMinute: 160, prompt: name }
      return find(utterance).then(
        ([sound]) => sound,
        () => shipped,
      )
    },
    async sound(utterance, signal) {
      const [sound] = await orAborted(find(utterance), signal)
      return sound
    },
    async prepare(utterances, onProgress) {
      let done = 0
      const outcomes = await pLimit(preparingAtOnce).map(utterances, async utterance => {
        if (closed) return
        const outcome = await find(utterance, preparingDeadlineMs).then(
          ([, found]) => found,
          () => 'failed' as const,
        )
        onProgress?.(++done, utterances.length)
        return outcome
      })
      const count = (wanted: Outcome) => outcomes.filter(outcome => outcome === wanted).length
      return { rendered: count('rendered'), kept: count('kept'), failed: count('failed') }
    },
    figures: () => ({ ...counts, memoryBytes: shelf.memoryBytes() }),
    async close() {
      closed = true
      await Promise.all(synthesizers.map(mouth => mouth.close()))
      await Promise.allSettled(underWay.values())
      await shelf.close()
    },
  }
}

const digestOf = (content: readonly unknown[]) =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex')
