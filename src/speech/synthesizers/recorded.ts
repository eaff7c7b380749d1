import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Log, reasonOf } from '../../foundation/index.ts'
import { type Sound, soundOf } from '../../media/index.ts'
import { failedFault, unknownFault, wavFault } from '../faults.ts'
import { mastered } from '../master.ts'
import { orAborted } from '../or-aborted.ts'
import type { Synthesizer, Utterance, VoiceLanguage } from '../synthesizer.ts'
import { parseWav } from '../wav.ts'

/** A file `<language>/<name>.wav`, with its text from `<name>.txt` if that exists. */
type Recording = {
  readonly language: VoiceLanguage
  readonly name: string
  readonly path: string
  readonly text?: string
}

/**
 * A human voice from WAV files under `promptsDir`. A recording is found by the prompt's name, provided that it says the
 * prompt's text, or by the text itself. It keeps the rate at which it was spoken. The directory is read at once, and each
 * file when it is first played. Without the directory there are no recordings.
 */
export async function openRecorded(promptsDir: string, log: Log): Promise<Synthesizer> {
  let recordings = await list(promptsDir)
  const ready = new Map<string, Promise<Int16Array>>()
  const outdated = new Set<string>()

  function find({ text, language, prompt }: Utterance): Recording | undefined {
    const known = recordings.filter(recording => recording.language === language)
    const named = known.find(recording => recording.name === prompt)
    if (named && (named.text ?? text) === text) return named
    if (named && !outdated.has(named.path)) {
      outdated.add(named.path)
      log.warn(
        { prompt: named.name, language },
        'a recording does not say the text of its prompt, and is not played',
      )
    }
    return known.find(recording => recording.text === text)
  }

  function samplesOf({ path }: Recording): Promise<Int16Array> {
    const reading = ready.get(path) ?? read(path)
    ready.set(path, reading)
    // Forget a failed read, so that a repaired file is read again.
    reading.catch(() => ready.delete(path))
    return reading
  }

  return {
    name: 'recorded',
    atOnce: Number.POSITIVE_INFINITY,
    edition: () => undefined,
    async speak(utterance, signal): Promise<Sound> {
      signal?.throwIfAborted()
      const recording = find(utterance)
      if (!recording)
        throw unknownFault(promptsDir, 'no recording of the prompt', 'one with its name or text')
      return soundOf(await orAborted(samplesOf(recording), signal), utterance.text)
    },
    async close() {
      recordings = []
      ready.clear()
    },
  }
}

async function read(path: string): Promise<Int16Array> {
  const bytes = await readFile(path).catch(error => {
    throw failedFault(path, reasonOf(error), 'a file that can be read', error)
  })
  const { samples, samplesPerSecond } = parseWav(bytes, path)
  const prompt = await mastered(samples, samplesPerSecond)
  if (prompt.length === 0) throw wavFault(path, 'silence', 'a voice')
  return prompt
}

async function list(promptsDir: string): Promise<readonly Recording[]> {
  const entries = await orMissing(readdir(promptsDir, { withFileTypes: true }), [])
  const languages = entries.filter(entry => entry.isDirectory()).map(entry => entry.name)
  const found = languages.map(async language => {
    const dir = join(promptsDir, language)
    const waves = (await readdir(dir)).filter(file => file.endsWith('.wav'))
    return Promise.all(
      waves.map(async (file): Promise<Recording> => {
        const name = basename(file, '.wav')
        const text = await orMissing(readFile(join(dir, `${name}.txt`), 'utf8'), undefined)
        return { language, name, path: join(dir, file), text: text === undefined ? undefined : text.trim() }
      }),
    )
  })
  return (await Promise.all(found)).flat()
}

async function orMissing<T, Otherwise>(reading: Promise<T>, otherwise: Otherwise): Promise<T | Otherwise> {
  try {
    return await reading
  } catch (error) {
    if (reasonOf(error) === 'ENOENT') return otherwise
    throw error
  }
}
