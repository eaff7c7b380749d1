import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs'
import { join } from 'node:path'
import { type Log, reasonOf } from '../foundation/index.ts'

/**
 * Items that the database does not take at present, kept in a file: appended in order and read back from the beginning.
 * After a crash the reader may be given the same items again.
 */
export type Spill<Item> = {
  /** @returns whether they were written; false if the disk is full or the file has reached its limit */
  append(items: readonly Item[]): boolean
  /** Takes the oldest items. Until all are taken and `settle` is called, they come back after a crash. */
  take(most: number): readonly Item[]
  /** Says that all taken items are saved elsewhere. The file is removed once all of its items were taken. */
  settle(): void
  size(): number
  /** Keeps an item that the database refused, with the reason, for a person to look at. */
  setAside(item: Item, reason: string): void
}

type Options<Item> = {
  /** Created at the first write; only the hotline's own user may read it. */
  readonly folder: string
  readonly name: string
  /** Throws for a line that is not an item, such as one cut off by a crash. */
  readonly parse: (found: unknown) => Item
  readonly log: Log
  readonly mostBytes?: number
}

const chunkBytes = 64 * 1024

/** Uses synchronous calls, which keep the order. They write a few kilobytes, and only while the database is away. */
export function openSpill<Item>({
  folder,
  name,
  parse,
  log,
  mostBytes = 256 * 1024 * 1024,
}: Options<Item>): Spill<Item> {
  const written = join(folder, `${name}.jsonl`)
  /** The file being read back, apart from the one that new items are appended to. */
  const reading = join(folder, `${name}.reading.jsonl`)
  /** Bytes taken of each file. On a disk that has become read-only, a settled file cannot be removed and stays for a while. */
  const taken = new Map([
    [reading, 0],
    [written, 0],
  ])
  let size = 0
  let failing: string | undefined
  try {
    size = linesIn(reading) + linesIn(written)
  } catch (error) {
    log.error({ queue: name, reason: reasonOf(error) }, 'what waits cannot be read back')
  }

  const takenOf = (path: string) => taken.get(path) ?? 0
  const isOver = (path: string) => !existsSync(path) || statSync(path).size <= takenOf(path)

  /** The file to read next. On a read-only disk that is the file itself, since nothing can be appended to it. */
  function source(): string {
    if (!isOver(reading)) return reading
    if (existsSync(reading) || !existsSync(written)) return written
    try {
      renameSync(written, reading)
      taken.set(reading, takenOf(written)).set(written, 0)
      return reading
    } catch (error) {
      log.warn({ queue: name, reason: reasonOf(error) }, 'what waits is read back where it lies')
      return written
    }
  }

  function lines(most: number): readonly string[] {
    const path = source()
    if (isOver(path)) return []
    const found = linesFrom(path, takenOf(path), most)
    taken.set(
      path,
      found.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, takenOf(path)),
    )
    return found
  }

  function settle() {
    for (const path of [reading, written])
      if (existsSync(path) && isOver(path))
        try {
          rmSync(path)
          taken.set(path, 0)
        } catch (error) {
          log.warn({ queue: name, reason: reasonOf(error) }, 'what was read back cannot be removed yet')
        }
  }

  function read(line: string): readonly Item[] {
    if (line === '') return []
    try {
      return [parse(JSON.parse(line))]
    } catch (error) {
      log.error({ queue: name, reason: reasonOf(error) }, 'a line that was spilled cannot be read')
      return []
    }
  }

  return {
    append(items) {
      let before: number | undefined
      try {
        if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 })
        before = existsSync(written) ? statSync(written).size : 0
        if (before > mostBytes) return false
        const text = `${endsWhole(written, before) ? '' : '\n'}${textOf(items)}`
        appendFileSync(written, text, { mode: 0o600, flush: true })
        size += items.length
        failing = undefined
        return true
      } catch (error) {
        if (before !== undefined) cut(written, before)
        const reason = reasonOf(error)
        // This is tried every second: log it once per reason.
        if (reason !== failing) log.error({ queue: name, reason }, 'what waits cannot be kept on disk')
        failing = reason
        return false
      }
    },
    take(most) {
      try {
        // Remove what could not be removed when it was settled.
        settle()
        const found = lines(most)
        size = found.length === 0 ? 0 : size - found.length
        return found.flatMap(read)
      } catch (error) {
        // A failing disk must not end calls; the next start tries again.
        log.error({ queue: name, waiting: size, reason: reasonOf(error) }, 'what waits cannot be read back')
        size = 0
        return []
      }
    },
    settle,
    size: () => Math.max(0, size),
    setAside(item, reason) {
      try {
        if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 })
        appendFileSync(join(folder, `${name}.refused.jsonl`), textOf([{ reason, item }]), { mode: 0o600 })
      } catch (error) {
        log.error({ queue: name, reason: reasonOf(error) }, 'what was refused cannot be kept on disk')
      }
    },
  }
}

/** Removes a partly written line, which would spoil the next one. */
function cut(path: string, bytes: number): void {
  try {
    truncateSync(path, bytes)
  } catch {
    // The file does not exist, or the disk is read-only: nothing was added.
  }
}

/** Whether the last line is complete. A crash may have cut it off, and the next item then needs a new line. */
function endsWhole(path: string, bytes: number): boolean {
  if (bytes === 0) return true
  const file = openSync(path, 'r')
  try {
    const last = Buffer.alloc(1)
    readSync(file, last, 0, 1, bytes - 1)
    return last.toString() === '\n'
  } finally {
    closeSync(file)
  }
}

const textOf = (items: readonly unknown[]) => items.map(item => `${JSON.stringify(item)}\n`).join('')

/** Up to `most` whole lines from an offset on. A line that a crash cut off ends at the end of the file. */
function linesFrom(path: string, offset: number, most: number): readonly string[] {
  const file = openSync(path, 'r')
  try {
    let bytes = Buffer.alloc(0)
    for (let at = offset; ; ) {
      const chunk = Buffer.alloc(chunkBytes)
      const count = readSync(file, chunk, 0, chunkBytes, at)
      at += count
      bytes = Buffer.concat([bytes, chunk.subarray(0, count)])
      const parts = bytes.toString('utf8').split('\n')
      const isOver = count === 0
      const whole = isOver && parts.at(-1) === '' ? parts.slice(0, -1) : isOver ? parts : parts.slice(0, -1)
      if (isOver || whole.length >= most) return whole.slice(0, most)
    }
  } finally {
    closeSync(file)
  }
}

function linesIn(path: string): number {
  if (!existsSync(path)) return 0
  let count = 0
  for (let at = 0, found = linesFrom(path, 0, 1000); found.length > 0; found = linesFrom(path, at, 1000)) {
    count += found.length
    at += found.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0)
  }
  return count
}
