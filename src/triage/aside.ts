import { readFile } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import type { Catalogue, CatalogueObject } from '../catalogue/index.ts'
import { Fault, type FaultDetail, writeWhole } from '../foundation/index.ts'
import type { NightAnswer, NightTask } from './overnight.ts'
import { knowProfiles, type Profiles } from './profiles.ts'
import { catalogueDigest, readProfiles } from './profiles-file.ts'

/** What of a catalogue goes to a thread. */
type Told = { readonly objects: ReadonlyMap<string, CatalogueObject> }
export type AsideTask =
  | { readonly kind: 'profiles'; readonly catalogue: Told }
  | { readonly kind: 'night'; readonly night: NightTask }
/** What a thread says at its end: an error would lose its fields on the way. */
export type AsideAnswer =
  | { readonly kind: 'profiles'; readonly bytes: Uint8Array }
  | { readonly kind: 'night'; readonly answer: NightAnswer }
  | { readonly kind: 'refused'; readonly fault: Omit<FaultDetail, 'cause'> }

/** Threads run what is built, also where the house itself runs as TypeScript. */
const entry = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/triage/thread.js' : './thread.js',
  import.meta.url,
)

/** A night that needs more fails by itself, and takes no memory from calls. */
const threadMb = 1_500

const told = ({ objects }: Told): Told => ({ objects })

/** In a thread of its own: building takes half a second and learning minutes, in which no caller's key may wait. */
function aside(task: AsideTask, signal?: AbortSignal): Promise<AsideAnswer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(entry, {
      workerData: task,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: threadMb },
    })
    const stop = () => void worker.terminate()
    signal?.addEventListener('abort', stop, { once: true })
    worker.once('message', (answer: AsideAnswer) => {
      if (answer.kind === 'refused') reject(new Fault(answer.fault))
      else resolve(answer)
    })
    worker.once('error', reject)
    worker.once('exit', () => {
      signal?.removeEventListener('abort', stop)
      reject(signal?.reason ?? new Error('the thread ended without an answer'))
    })
  })
}

const building = new WeakMap<object, Promise<Profiles>>()

/**
 * The profiles of a catalogue without corrections, once for each catalogue; from then on `profilesOf` has them, too.
 * @param path where an earlier start of the same build laid them down, so that this one need not build them
 */
export function profilesAside(catalogue: Pick<Catalogue, 'objects'>, path?: string): Promise<Profiles> {
  // What is published meanwhile has other objects.
  const { objects } = catalogue
  const begun = building.get(objects)
  if (begun) return begun
  const work = profilesLaid({ objects }, path).then(profiles => {
    knowProfiles({ objects }, profiles)
    return profiles
  })
  building.set(objects, work)
  return work
}

async function profilesLaid(
  catalogue: Pick<Catalogue, 'objects'>,
  path: string | undefined,
): Promise<Profiles> {
  const digest = catalogueDigest(catalogue)
  const laid = path === undefined ? undefined : await readFile(path).catch(() => undefined)
  try {
    if (laid && path !== undefined) return readProfiles(path, laid, digest)
  } catch (error) {
    // Of another catalogue, or broken: it is built anew, and written over.
    if (!(error instanceof Fault)) throw error
  }
  const answer = await aside({ kind: 'profiles', catalogue: told(catalogue) })
  if (answer.kind !== 'profiles') throw new Error('the thread answered something else')
  // Where it cannot be laid down, the next start builds it again.
  if (path !== undefined) await writeWhole(path, answer.bytes).catch(() => undefined)
  return readProfiles('catalogue', answer.bytes, digest)
}

/** @throws Fault `model-invalid` where what is in use cannot be read; whatever `signal` aborts with */
export async function learnAside(night: NightTask, signal?: AbortSignal): Promise<NightAnswer> {
  const answer = await aside({ kind: 'night', night: { ...night, catalogue: told(night.catalogue) } }, signal)
  if (answer.kind !== 'night') throw new Error('the thread answered something else')
  return answer.answer
}
