import { basename } from 'node:path'
import { type Clock, Fault, FaultList, type Log, reasonOf, withDeadline } from '../../foundation/index.ts'
import type { Database } from '../../storage/index.ts'
import type { FlowSet } from '../flow.ts'
import { createFlowLibrary, type FlowLibrary, type InUse } from '../library.ts'
import type { FlowNeeds } from '../needs.ts'
import { digestOf, type FlowSource, readFlows } from '../read.ts'
import type { Lengths } from '../verify/lengths.ts'
import { addVersion, type NewVersion } from './actions.ts'
import { diffOf } from './diff.ts'
import { readFolder } from './folder.ts'
import type { Prove } from './proof.ts'
import { hasDigest, selectFiles, selectUse, selectVersions } from './store.ts'
import type { FlowUse, ProvedFlow } from './version.ts'

export type FlowsOptions = {
  /** The folder named by FLOWS_DIR. */
  readonly directory: string
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  readonly prove: Prove
  /** What the rooms that use the flows must find in them. */
  readonly needs?: FlowNeeds
  /** Renders the prompts of a set that is about to be used, and returns their durations. */
  readonly prepare: (set: FlowSet) => Promise<Lengths>
}

/** The newest sets are kept in memory, as far back as anybody rolls back in a hurry. */
const mostKept = 16
/** How long new flows wait for their first prompts to be rendered. */
const prepareMs = 30_000

/** Why files were not put into use: those of the folder, or of a version that this build cannot use. */
export type FlowsRefusal = {
  readonly atMs: number
  readonly version?: number
  readonly faults: readonly Fault[]
}

/** A set that may answer calls, with the results of its proof. */
export type Accepted = { readonly set: FlowSet; readonly verdict: readonly ProvedFlow[] }

export type Keeper = Awaited<ReturnType<typeof openKeeper>>

/**
 * Keeps the folder, the database and the flows in use in step. The database decides which flows are in use. Texts in the
 * folder that no version ever had, or that are saved while the product runs, are a change and become the next version.
 * While the database is away, the folder decides.
 * @throws FaultList if neither has flows that may be used; Fault `flows-missing`
 */
export async function openKeeper({ directory, database, clock, log, prove, needs, prepare }: FlowsOptions) {
  /** Accepted sets by digest. A new build proves each version again, but only once, so that a rollback does not wait. */
  const accepted = new Map<string, Accepted>()
  let folder: { readonly files: readonly FlowSource[]; readonly isSaved: boolean }
  let refusal: FlowsRefusal | undefined
  /** Faults found before any flows were in use. They are thrown if none ever are, and then need not be logged as well. */
  let unsaid: Fault[] = []
  let followed: FlowUse | undefined
  let library: FlowLibrary | undefined
  /** Whether the folder's present state has been compared with the database. */
  let isSettled = false

  async function accept(files: readonly FlowSource[]): Promise<Accepted> {
    const known = accepted.get(digestOf(files))
    if (known) return known
    const set = readFlows(files)
    // Rules about seconds are checked with the voice that callers will hear.
    const lengths = await withDeadline(clock, prepareMs, prepare(set), late).catch(error => {
      log.warn({ reason: reasonOf(error) }, 'flows are proved without all of their prompts')
      return {}
    })
    const verdict = await prove(files, lengths, needs)
    for (const { message } of set.hints) log.warn({}, `a word of an earlier build in flows: ${message}`)
    const fresh = { set, verdict }
    accepted.set(set.version, fresh)
    for (const digest of [...accepted.keys()].slice(0, -mostKept)) accepted.delete(digest)
    return fresh
  }

  function use(inUse: InUse): void {
    if (library) library.use(inUse)
    else library = createFlowLibrary(inUse)
  }

  async function setOf({ number, digest }: { readonly number: number; readonly digest: string }) {
    const { set } = accepted.get(digest) ?? (await accept(await selectFiles(database, number)))
    return { ...set, number }
  }

  async function follow(now: FlowUse): Promise<void> {
    if (followed?.id === now.id) return
    const fields = { version: now.standing.number, trial: now.trial?.number, because: now.because }
    try {
      const standing = await setOf(now.standing)
      const trial = now.trial && { set: await setOf(now.trial), share: now.trial.share }
      use({ standing, trial })
      log.info(fields, 'flows in use')
    } catch (error) {
      if (!(error instanceof FaultList)) throw error
      // It was written for another build, so trying again would not help.
      if (!library) await answerFromFolder()
      if (!library) await answerFromHistory()
      refuse(error, now.standing.number)
      const { number } = now.standing
      log.error(
        { ...fields, answers: library?.current().number },
        `flows of version ${number} cannot be used by this build; others answer until they are mended: jieting flow diff ${number}, then jieting flow load`,
      )
    }
    followed = now
  }

  function refuse({ faults }: FaultList, version?: number) {
    refusal = { atMs: clock.now(), version, faults }
    if (library) complainOf(faults)
    else unsaid = [...unsaid, ...faults]
  }

  function complainOf(faults: readonly Fault[]) {
    for (const { message } of faults) log.error({}, `flows refused: ${message}`)
  }

  /** The folder's flows; undefined if they are faulty. */
  async function fromFolder(): Promise<Accepted | undefined> {
    try {
      const taken = await accept(folder.files)
      refusal = undefined
      return taken
    } catch (error) {
      if (!(error instanceof FaultList)) throw error
      refuse(error)
      return undefined
    }
  }

  /** Compares the folder with the database. @throws what the database throws; nothing has changed then */
  async function settle(): Promise<void> {
    const now = await selectUse(database)
    const digest = digestOf(folder.files)
    const answers = [now?.standing.digest, now?.trial?.digest].includes(digest)
    const isChange = !answers && (folder.isSaved || !(await hasDigest(database, digest)))
    const change = isChange ? await fromFolder() : undefined
    if (!isChange) refusal = undefined
    if (change) await keep(now, { ...change, files: folder.files })
    else if (now) await follow(now)
    folder = { ...folder, isSaved: false }
    isSettled = true
  }

  async function keep(
    seen: FlowUse | undefined,
    { set, verdict, files }: Accepted & Pick<NewVersion, 'files'>,
  ) {
    const named = files.map(({ path, text }) => ({ path: basename(path), text }))
    const before = seen ? await selectFiles(database, seen.standing.number) : []
    const note = diffOf(before, named)
      .map(({ name }) => name)
      .join(', ')
    const at = new Date(clock.now())
    const version = { digest: set.version, files: named, verdict, note, share: 1, at }
    await addVersion(database, seen, { ...version, way: 'folder', author: 'FLOWS_DIR' })
    await followLatest()
  }

  async function followLatest() {
    const now = await selectUse(database)
    if (now) await follow(now)
  }

  /** Puts the newest version that this build can use into use: an older version is better than none. */
  async function answerFromHistory() {
    for (const { number, digest } of await selectVersions(database, mostKept)) {
      const set = await setOf({ number, digest }).catch(error => {
        if (!(error instanceof FaultList)) throw error
        log.warn({ version: number }, 'flows of an earlier version cannot be used either')
      })
      if (set) return use({ standing: set })
    }
  }

  async function answerFromFolder() {
    const taken = await fromFolder()
    if (taken) use({ standing: taken.set })
  }

  /** Compares with the database, or lets the folder decide until the database is back. */
  async function settleOrGoOn() {
    try {
      await settle()
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      log.warn({ reason: reasonOf(error) }, 'flows wait for the database; what is in FLOWS_DIR answers')
      await answerFromFolder()
    }
  }

  folder = { files: await readFolder(directory), isSaved: false }
  await settleOrGoOn()
  if (!library) {
    const { faults = [], version } = refusal ?? {}
    complainOf(unsaid.filter(fault => !faults.includes(fault)))
    throw new FaultList(version === undefined ? faults : [...faults, ofEarlierBuild(version)])
  }
  const opened: FlowLibrary = library
  complainOf(unsaid)

  return {
    library: opened,
    accept,
    followLatest,
    settle,
    refusal: () => refusal,
    proofOf: ({ version }: FlowSet) => accepted.get(version)?.verdict ?? [],
    isSettled: () => isSettled,
    /** Called when a file in the folder was saved. */
    async saved() {
      const files = await readFolder(directory)
      if (digestOf(files) === digestOf(folder.files)) return
      folder = { files, isSaved: true }
      refusal = undefined
      isSettled = false
      await settleOrGoOn()
    },
    /** Adopts what another node or a rollback put into use, and stores what the database does not have yet. */
    async catchUp() {
      if (isSettled) await followLatest()
      else await settle()
    },
  }
}

/** Added after the faults of a version of an earlier build: the city changed nothing, and wants to know why it is refused now. */
const ofEarlierBuild = (version: number) =>
  new Fault({
    code: 'flows-of-earlier-build',
    place: 'FLOWS_DIR',
    found: `version ${version}, which an earlier build took and this one does not`,
    expected: 'flows that `npx jieting flow verify` proves: mend what it names, and start again',
  })

const late = () =>
  new Fault({
    code: 'prompts-late',
    place: 'flows',
    found: `prompts missing after ${prepareMs} ms`,
    expected: 'all first prompts spoken',
  })
