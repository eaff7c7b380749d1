import { createHash } from 'node:crypto'
import pLimit from 'p-limit'
import type { Clock, Log } from '../foundation/index.ts'
import type { Sound } from '../media/index.ts'
import { createErrand, type Errand } from './errand.ts'
import { failedFault } from './faults.ts'
import { forLanguage } from './language.ts'
import { orAborted } from './or-aborted.ts'
import { createShelf } from './shelf.ts'
import { loadShipped, type SpokenNotice } from './shipped.ts'
import type { Synthesizer, Utterance, VoiceLanguage } from './synthesizer.ts'
import { createVoice, type Voice } from './voice.ts'

/** All prompts of the product, each rendered once. */
export type PromptBook = {
  /**
   * The sound of an utterance, from the first voice that knows it and answers in time. It is cached for the next caller.
   * If one caller's signal aborts, others who wait for the same prompt still get it.
   * @throws Fault `speech-failed` if no voice spoke, after at most one wait and one deadline per voice; or the signal's reason
   */
  sound(utterance: Utterance, signal?: AbortSignal): Promise<Sound>
  /** Renders what is not cached yet, so that no caller waits for it. */
  prepare(
    utterances: readonly Utterance[],
    onProgress?: (done: number, total: number) => void,
  ): Promise<Preparation>
  /** What the caller hears when all else fails. It is in memory since the start, so it cannot fail. */
  emergencySound(language: VoiceLanguage): Sound
  /** A notice of the product itself, spoken by one of its voices, or as it ships if that fails. */
  notice(name: SpokenNotice, language: VoiceLanguage): Promise<Sound>
  figures(): PromptFigures
  close(): Promise<void>
}

/** Numbers of utterances: rendered now, already there (recordings included), and failed. */
export type Preparation = { readonly rendered: number; readonly kept: number; readonly failed: number }

/** Totals since the start, and the bytes in memory now. */
export type PromptFigures = Preparation & { readonly memoryBytes: number }

type Options = {
  /** In order of preference. */
  readonly synthesizers: readonly Synthesizer[]
  readonly cacheDir: string
  readonly clock: Clock
  readonly log: Log
  /** How long one voice may take over a prompt that a caller waits for, before the next is asked. */
  readonly deadlineMs?: number
  /** How long a caller's prompt may wait for a busy voice: two deadlines, since the prompt before it may be late. */
  readonly mostWaitMs?: number
  /** The most sound in memory; 64 MB are more than an hour. */
  readonly mostMemoryBytes?: number
  /** The most sound on disk; 512 MB are nine hours. */
  readonly mostDiskBytes?: number
}

type Outcome = keyof Preparation
type Answer = readonly [Sound, Outcome]
type UnderWay<T> = { readonly errand: Errand; readonly outcome: Promise<T> }

/** Concurrent renderings while preparing: enough for a cloud voice, and few enough to let a caller's prompt through. */
const preparingAtOnce = 4

export function createPromptBook(options: Options): PromptBook {
  const { synthesizers, cacheDir, clock, log, deadlineMs = 3000 } = options
  const { mostWaitMs = 2 * deadlineMs } = options
  const { mostMemoryBytes = 64 * 2 ** 20, mostDiskBytes = 512 * 2 ** 20 } = options
  const emergencySound = loadShipped('emergency')
  const shippedNotices = {
    'still-there': loadShipped('still-there'),
    stopping: loadShipped('stopping'),
    stopped: loadShipped('stopped'),
    'press-seven': loadShipped('press-seven'),
    recorded: loadShipped('recorded'),
    'bad-line': loadShipped('bad-line'),
  } as const satisfies Record<SpokenNotice, unknown>
  const shelf = createShelf({ cacheDir, mostMemoryBytes, mostDiskBytes, clock, log })
  const voices: readonly Voice[] = synthesizers.map(mouth =>
    createVoice(mouth, { clock, log, deadlineMs, mostWaitMs }),
  )
  const underWay = new Map<string, UnderWay<Answer>>()
  const renderings = new Map<string, UnderWay<Sound>>()
  const counts = { rendered: 0, kept: 0, failed: 0 }
  let closed = false

  /** Resting voices come last: one that failed recently is better than none. */
  const inOrder = () => [...voices.filter(voice => !voice.rests()), ...voices.filter(voice => voice.rests())]

  /** Shares one rendering among all who ask for the same prompt; it is urgent as soon as one of them is. */
  function share<T>(all: Map<string, UnderWay<T>>, key: string, errand: Errand, begin: () => Promise<T>) {
    const known = all.get(key)
    if (known) {
      errand.whenUrgent(known.errand.urge)
      return known.outcome
    }
    const outcome = begin().finally(() => all.delete(key))
    all.set(key, { errand, outcome })
    return outcome
  }

  async function ask(voice: Voice, utterance: Utterance, errand: Errand): Promise<Answer> {
    const edition = voice.mouth.edition(utterance.language)
    if (edition === undefined) return [await voice.speak(utterance, errand), 'kept']
    const key = digestOf([edition, utterance.text, utterance.language, utterance.syllablesPerMinute])
    const found = utterance.once ? undefined : await shelf.find(key, utterance.text)
    if (found) return [found, 'kept']
    const keep = (sound: Sound) => {
      if (!utterance.once) shelf.keep(key, sound)
    }
    const keepLate = (sound: Sound) => {
      counts.rendered += 1
      keep(sound)
    }
    const sound = await share(renderings, key, errand, () => voice.speak(utterance, errand, keepLate))
    keep(sound)
    return [sound, 'rendered']
  }

  async function askAll(utterance: Utterance, errand: Errand): Promise<Answer> {
    let cause: unknown
    for (const voice of inOrder()) {
      try {
        const answer = await ask(voice, utterance, errand)
        counts[answer[1]] += 1
        return answer
      } catch (error) {
        cause = error
      }
    }
    counts.failed += 1
    throw failedFault('prompt', 'no voice that could speak', 'one of the voices', cause)
  }

  function find(utterance: Utterance, isUrgent: boolean): Promise<Answer> {
    const { text, language, syllablesPerMinute, prompt, once } = utterance
    const key = digestOf([text, language, syllablesPerMinute, prompt, once])
    const errand = createErrand(clock, isUrgent)
    return share(underWay, key, errand, () => askAll(utterance, errand))
  }

  return {
    emergencySound,
    async notice(name, language) {
      const shipped = shippedNotices[name](language)
      const text = shipped.text ?? ''
      const spoken = forLanguage({ 'zh-CN': 'zh-CN', en: 'en' }, language) ?? 'zh-CN'
      const utterance = { text, language: spoken, syllablesPerMinute: 160, prompt: name }
      return find(utterance, true).then(
        ([sound]) => sound,
        () => shipped,
      )
    },
    async sound(utterance, signal) {
      const [sound] = await orAborted(find(utterance, true), signal)
      return sound
    },
    async prepare(utterances, onProgress) {
      let done = 0
      const outcomes = await pLimit(preparingAtOnce).map(utterances, async utterance => {
        if (closed) return
        const outcome = await find(utterance, false).then(
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
      await Promise.allSettled([...underWay.values()].map(({ outcome }) => outcome))
      await shelf.close()
    },
  }
}

const digestOf = (content: readonly unknown[]) =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex')
