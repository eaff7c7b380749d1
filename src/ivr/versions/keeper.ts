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
  /** FLOWS_DIR. */
  readonly directory: string
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  readonly prove: Prove
  /** What those who use the flows have to find in them. */
  readonly needs?: FlowNeeds
  /** Has the prompts of a set spoken that is about to be used, and says how long they take. */
  readonly prepare: (set: FlowSet) => Promise<Lengths>
}

/** Sets kept in memory, the newest: as far as anybody rolls back in a hurry. */
const mostKept = 16
/** Flows wait so long for the voice to have spoken their first prompts. */
const prepareMs = 30_000

/** Files that were not taken into use, and why: of the folder, or of a version that this build cannot use. */
export type FlowsRefusal = {
  readonly atMs: number
  readonly version?: number
  readonly faults: readonly Fault[]
}

/** A set that may answer calls, with what its proof found. */
export type Accepted = { readonly set: FlowSet; readonly verdict: readonly ProvedFlow[] }

export type Keeper = Awaited<ReturnType<typeof openKeeper>>

/**
 * Keeps three in step: the folder, the database, and what answers. The rule: the database says what answers; a text in
 * the folder that no version ever had, or that is saved while we run, is a change, and becomes the next version. While
 * the database is away, the folder says what answers.
 * @throws FaultList when neither has flows that may answer; Fault `flows-missing`
 */
export async function openKeeper({ directory, database, clock, log, prove, needs, prepare }: FlowsOptions) {
  /** By digest: each build of the product proves a version again, but once, so that a rollback does not wait. */
  const accepted = new Map<string, Accepted>()
  let folder: { readonly files: readonly FlowSource[]; readonly isSaved: boolean }
  let refusal: FlowsRefusal | undefined
  /** What was refused before anything answered: it is thrown where nothing will, and the log does not say it once more. */
  let unsaid: Fault[] = []
  let followed: FlowUse | undefined
  let library: FlowLibrary | undefined
  /** Whether all that was seen of the folder has been held against the database. */
  let isSettled = false

  async function accept(files: readonly FlowSource[]): Promise<Accepted> {
    const known = accepted.get(digestOf(files))
    if (known) return known
    const set = readFlows(files)
    // Rules that count seconds are held against the voice that callers will hear.
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
      // Written for another build of the product; asking again will not mend it.
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

  /** The folder's flows; undefined when they are broken. */
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

  /** @throws what the database throws, with everything as it was */
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

  /** The newest version that this build can use: an older one is better than none. */
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

  /** Settles, or lets the folder alone decide until the database is back. */
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
    /** The folder was saved. */
    async saved() {
      const files = await readFolder(directory)
      if (digestOf(files) === digestOf(folder.files)) return
      folder = { files, isSaved: true }
      refusal = undefined
      isSettled = false
      await settleOrGoOn()
    },
    /** What another node, or a rollback here, took into use; and what the database has not had yet. */
    async catchUp() {
      if (isSettled) await followLatest()
      else await settle()
    },
  }
}

/** Said after what is wrong in them: the city changed nothing, and wants to know why it is wrong now. */
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
