import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import { type Cancel, type Clock, Fault, type Log, reasonOf } from '../../foundation/index.ts'
import { type Sound, soundOf } from '../../media/index.ts'
import { failedFault, unknownFault } from '../faults.ts'
import type { Synthesizer } from '../synthesizer.ts'
import { voiceFor, wordsPerMinute } from './espeak-voices.ts'
import type { EspeakAnswer, EspeakRequest } from './espeak-worker.ts'

const engine = '@echogarden/espeak-ng-emscripten'
/** Worker threads run built JavaScript, even if a test runs this file from src. */
const workerFile = new URL('espeak-worker.js', import.meta.url.replace(/\/src\/(speech\/[^?]*)/, '/dist/$1'))
/**
 * On an idle machine a sentence takes about 50 ms, and the first one 400 ms more. A worker that takes this long is stuck.
 * The limit is high because starting is the costly part: on a busy machine, workers replaced too early would never speak.
 */
const deadlineMs = 30_000
const mostWaiting = 200
/** A worker holds 80 MB and ends after this long without work. The next one then needs half a second more for its first prompt. */
const idleMs = 20_000

type Job = {
  readonly order: EspeakRequest
  readonly finish: (answer: EspeakAnswer) => void
  readonly fail: (error: unknown) => void
}

/**
 * Speech without a cloud: espeak-ng in a worker thread, one utterance at a time. If the worker dies or is stuck, its
 * utterance fails and the next one gets a new worker.
 * @throws Fault `voice-missing` if the package (GPL-3.0, hence optional) is not installed
 */
export function createEspeak({ clock, log }: { readonly clock: Clock; readonly log: Log }): Synthesizer {
  const version = installedVersion()
  const waiting: Job[] = []
  let closed = false
  let worker: Worker | undefined
  let running: { readonly job: Job; readonly cancelDeadline: Cancel } | undefined
  let cancelEnd: Cancel = () => undefined

  function startNext() {
    if (running) return
    cancelEnd()
    const job = waiting.shift()
    if (!job) {
      cancelEnd = worker ? clock.after(idleMs, end) : () => undefined
      return
    }
    worker ??= startWorker()
    running = {
      job,
      cancelDeadline: clock.after(deadlineMs, () => replace(`nothing within ${deadlineMs} ms`)),
    }
    worker.postMessage(job.order)
  }

  function settle(how: (job: Job) => void) {
    running?.cancelDeadline()
    const job = running?.job
    running = undefined
    if (job) how(job)
    startNext()
  }

  function startWorker(): Worker {
    const started = new Worker(workerFile)
    started.on('message', (answer: EspeakAnswer) => settle(job => job.finish(answer)))
    started.on('error', error => log.warn({ reason: reasonOf(error) }, 'the espeak worker broke'))
    started.on('exit', () => {
      if (worker === started) replace('a worker thread that ended')
    })
    return started
  }

  /** Ends an idle worker; the next utterance starts a new one. */
  function end() {
    const ended = worker
    worker = undefined
    void ended?.terminate()
  }

  /** Discards a broken worker; the next utterance starts a new one. */
  async function replace(found: string) {
    log.warn({ atWork: running !== undefined }, 'the espeak worker is replaced')
    await stop(found)
  }

  async function stop(found: string) {
    const stopped = worker
    worker = undefined
    settle(job => job.fail(failedFault('espeak', found)))
    await stopped?.terminate()
  }

  const render = (order: EspeakRequest, signal?: AbortSignal) =>
    new Promise<EspeakAnswer>((resolve, reject) => {
      const giveUp = () => {
        const place = waiting.indexOf(job)
        if (place >= 0) waiting.splice(place, 1)
        reject(signal?.reason)
      }
      const withoutSignal =
        <V>(act: (value: V) => void) =>
        (value: V) => {
          signal?.removeEventListener('abort', giveUp)
          act(value)
        }
      const job: Job = { order, finish: withoutSignal(resolve), fail: withoutSignal(reject) }
      signal?.addEventListener('abort', giveUp, { once: true })
      waiting.push(job)
      startNext()
    })

  return {
    name: 'espeak',
    finishesLate: true,
    edition: language => `espeak-ng ${version} ${voiceFor(language).name}`,
    async speak({ text, language, syllablesPerMinute }, signal): Promise<Sound> {
      signal?.throwIfAborted()
      if (closed) throw failedFault('espeak', 'a voice that was closed')
      const voice = voiceFor(language)
      if (waiting.length >= mostWaiting)
        throw failedFault('espeak', `${waiting.length} utterances waiting`, `fewer than ${mostWaiting}`)
      const order = { text, voice: voice.name, wordsPerMinute: wordsPerMinute(voice, syllablesPerMinute) }
      const { samples } = await render(order, signal)
      if (!samples) throw unknownFault('espeak', `the language ${language}`, 'one that espeak-ng speaks')
      if (samples.length === 0) throw unknownFault('espeak', 'nothing to say', 'a text with words')
      return soundOf(samples, text)
    },
    async close() {
      closed = true
      for (const job of waiting.splice(0)) job.fail(failedFault('espeak', 'a voice that was closed'))
      await stop('a voice that was closed')
    },
  }
}

function installedVersion(): string {
  try {
    return createRequire(import.meta.url)(`${engine}/package.json`).version
  } catch (cause) {
    throw new Fault({
      code: 'voice-missing',
      place: engine,
      found: 'no such package',
      expected: `the optional dependency that speaks without a cloud (npm install ${engine})`,
      cause,
    })
  }
}
