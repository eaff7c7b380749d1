import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Cancel, type Clock, type Log, reasonOf } from '../foundation/index.ts'
import { mendTalkFile } from '../media/index.ts'
import type { Database } from '../storage/index.ts'
import { type KeptRecording, selectRunning } from './store.ts'

type Parts = {
  readonly database: Database
  readonly folder: string
  /** Whether this process is recording it. */
  isRunning(id: string): boolean
  keep(recording: KeptRecording): void
  readonly clock: Clock
  readonly log: Log
}

/** Rows whose process died are looked for so often. */
const everyMs = 60_000
/** One that nobody wrote to for so long is nobody's. */
const silentMs = 15_000
/** One whose file lies on another node is that node's, for a day. */
const foreignMs = 24 * 3600_000

/** From now on what a process left that died is looked for: its file is mended, and its row says so. @returns stops it */
export function beginMending({ database, folder, isRunning, keep, clock, log }: Parts): () => void {
  let stop: Cancel = () => undefined

  async function mend(one: KeptRecording): Promise<void> {
    const path = join(folder, one.file)
    const stats = await stat(path).catch(() => undefined)
    const ageMs = clock.now() - (stats?.mtimeMs ?? one.beganAtMs)
    if (isRunning(one.id) || ageMs < (stats ? silentMs : foreignMs)) return
    const found = stats && (await mendTalkFile(path).catch(() => undefined))
    if (!found || found.durationMs === 0) await rm(path, { force: true })
    keep({
      ...one,
      endedAtMs: stats?.mtimeMs ?? one.beganAtMs,
      durationMs: found?.durationMs ?? 0,
      cutBy: found?.isWhole ? undefined : 'process-died',
    })
  }
  const look = () => {
    stop = clock.after(everyMs, look)
    const all = async () => {
      for (const one of await selectRunning(database)) await mend(one)
    }
    all().catch((error: unknown) => log.debug({ reason: reasonOf(error) }, 'recordings not looked through'))
  }
  stop = clock.after(silentMs, look)
  return () => stop()
}
