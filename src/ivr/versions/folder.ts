import { type FSWatcher, watch } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { type Cancel, type Clock, Fault, type Log, reasonOf } from '../../foundation/index.ts'
import type { FlowSource } from '../read.ts'

/** Editors save by writing elsewhere and renaming, some in several steps: this long after the last, a save is whole. */
const settleMs = 300

/** Every flow in a folder, with its path as a person would type it. @throws Fault `flows-missing` */
export async function readFolder(directory: string): Promise<readonly FlowSource[]> {
  const names = await readdir(directory).catch(cause => {
    throw new Fault({
      code: 'flows-missing',
      place: 'FLOWS_DIR',
      found: JSON.stringify(directory),
      expected: 'a folder of flows that can be read',
      cause,
    })
  })
  return Promise.all(
    names
      .filter(isFlow)
      .sort()
      .map(async name => {
        const path = join(directory, name)
        return { path: relative('.', path), text: await readFile(path, 'utf8') }
      }),
  )
}

/** @returns what ends the watching. A folder that cannot be watched is said in the log; its flows still answer. */
export function watchFolder(
  directory: string,
  onSaved: () => void,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): () => void {
  let cancel: Cancel = () => undefined
  const lost = (error: unknown) =>
    log.warn({ reason: reasonOf(error) }, 'saved flows are not seen: FLOWS_DIR cannot be watched')
  let watcher: FSWatcher | undefined
  try {
    // The folder and not its files: a file that is renamed over another is a new one, which nobody would watch.
    watcher = watch(directory, { persistent: false }, (_event, name) => {
      if (name !== null && !isFlow(name)) return
      cancel()
      cancel = clock.after(settleMs, onSaved)
    })
    watcher.on('error', lost)
  } catch (error) {
    lost(error)
  }
  return () => {
    cancel()
    watcher?.close()
  }
}

/** Not `.hotline.yaml.swp`, `.#hotline.yaml` or `hotline.yaml~`, which editors leave beside it. */
const isFlow = (name: string) => /^[^.].*\.yaml$/.test(name)
