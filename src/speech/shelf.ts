import { readFile, utimes } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { LRUCache } from 'lru-cache'
import { type Clock, type Log, reasonOf, writeWhole } from '../foundation/index.ts'
import { type Sound, sampleRate, soundOf } from '../media/index.ts'
import { prune } from './prune.ts'
import { parsePcm16, writeWav } from './wav.ts'

/** The cache of rendered prompts: those in use in memory, and all of them as WAV files on disk. */
export type Shelf = {
  /** @param key hex digits that identify the sound */
  find(key: string, text: string): Promise<Sound | undefined>
  /** Caches in memory at once and on disk soon. If the disk refuses, that costs a warning and a rendering after the next start. */
  keep(key: string, sound: Sound): void
  memoryBytes(): number
  /** Waits for writes in progress. */
  close(): Promise<void>
}

type Options = {
  readonly cacheDir: string
  readonly mostMemoryBytes: number
  /** Limit for the WAV files; beyond it the least recently used ones are removed. */
  readonly mostDiskBytes: number
  readonly clock: Clock
  readonly log: Log
}

export function createShelf({ cacheDir, mostMemoryBytes, mostDiskBytes, clock, log }: Options): Shelf {
  const hot = new LRUCache<string, Sound>({
    maxSize: mostMemoryBytes,
    sizeCalculation: ({ samples }) => Math.max(1, samples.byteLength),
  })
  const writing = new Set<Promise<void>>()
  /** How many bytes may be written before pruning again; unknown at the start, hence 0. */
  let roomBytes = 0

  const pathOf = (key: string) => join(cacheDir, key.slice(0, 2), `${key}.wav`)

  const write = (key: string, sound: Sound) =>
    writeWhole(pathOf(key), writeWav(sound.samples, sampleRate)).catch(error =>
      log.warn({ reason: reasonOf(error) }, 'a prompt could not be kept on disk'),
    )

  /** Makes room on disk. Sounds in memory are in use and stay. */
  async function makeRoom(bytes: number) {
    roomBytes -= bytes
    if (roomBytes >= 0) return
    // Until the pruning is done, so that concurrent writes do not start another one.
    roomBytes = mostDiskBytes
    roomBytes = await prune(cacheDir, mostDiskBytes, path => hot.has(basename(path, '.wav')), log)
  }

  async function readAgain(key: string, text: string): Promise<Sound | undefined> {
    const sound = await readKept(pathOf(key), text, log)
    const now = clock.now() / 1000
    if (sound) await utimes(pathOf(key), now, now).catch(() => undefined)
    return sound
  }

  return {
    async find(key, text) {
      const known = hot.get(key)
      if (known) return known
      const sound = await readAgain(key, text)
      if (sound) hot.set(key, sound)
      return sound
    },
    keep(key, sound) {
      hot.set(key, sound)
      const written = write(key, sound)
        .then(() => makeRoom(sound.samples.byteLength))
        .finally(() => writing.delete(written))
      writing.add(written)
    },
    memoryBytes: () => hot.calculatedSize,
    async close() {
      await Promise.all(writing)
    },
  }
}

/** Reads a cached sound; undefined if it is missing or damaged, so that it is rendered again. */
async function readKept(path: string, text: string, log: Log): Promise<Sound | undefined> {
  try {
    return soundOf(parsePcm16(await readFile(path), path), text)
  } catch (error) {
    if (reasonOf(error) !== 'ENOENT') log.warn({ reason: reasonOf(error) }, 'a kept prompt is unreadable')
    return undefined
  }
}
