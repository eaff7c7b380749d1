import { type FSWatcher, watch } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { type Cancel, type Clock, Fault, type Log, reasonOf } from '../../foundation/index.ts'
import type { FlowSource } from '../read.ts'

/** Editors save by writing another file and renaming it, some in several steps. This long after the last step the save is complete. */
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

/** @returns stops watching. If the folder cannot be watched, that is logged, and its flows are still used. */
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
    // Watch the folder instead of its files: a file renamed over another is a new one, which would not be watched.
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

/** Excludes editors' files such as `.hotline.yaml.swp`, `.#hotline.yaml` and `hotline.yaml~`. */
const isFlow = (name: string) => /^[^.].*\.yaml$/.test(name)
