import { Fault, reasonOf } from '../../foundation/index.ts'
import { follow } from '../../storage/index.ts'
import type { CallId } from '../../telephony/index.ts'
import type { FlowSet } from '../flow.ts'
import type { FlowSource } from '../read.ts'
import { addVersion, promote, rollBack, rollbackTarget, usesChannel, versionNamed } from './actions.ts'
import { diffOf, type FileDiff } from './diff.ts'
import { watchFolder } from './folder.ts'
import { type FlowsOptions, type FlowsRefusal, openKeeper } from './keeper.ts'
import { proveAside } from './proof.ts'
import { rememberProofs } from './remembered-proofs.ts'
import { selectFiles, selectUse, selectVersions } from './store.ts'
import type { FlowUse, FlowVersion, ProvedFlow } from './version.ts'

/** Files to put into use over the current ones; paths are names in the folder. */
export type FlowChange = {
  readonly files: readonly FlowSource[]
  /** Names of files to remove. */
  readonly without?: readonly string[]
  readonly author: string
  readonly note: string
  /** The share of new calls for a trial; absent or 1 means all. */
  readonly share?: number
}

/** The flows in use and their history. A change that fails leaves the current flows in use. */
export type Flows = {
  /** The set for a call that begins now; without a call, the set that is not on trial. */
  current(call?: CallId): FlowSet
  /** @throws FaultList with the faults in the files; Fault `flows-changed`, or one from the database */
  load(change: FlowChange): Promise<FlowUse>
  /** @throws Fault `no-trial`, `flows-changed`, or from the database */
  promote(author: string): Promise<FlowUse>
  /** Ends a trial, or else returns to the previous version or the one named. @throws Fault `version-unknown`, `nothing-before` */
  rollback(author: string, to?: number): Promise<FlowUse>
  /** Newest first. */
  list(atMost: number): Promise<readonly FlowVersion[]>
  /** @throws Fault `version-unknown` */
  files(version: number): Promise<readonly FlowSource[]>
  /** @throws Fault `version-unknown` */
  version(number: number): Promise<FlowVersion>
  /** @param from compares with no files when undefined. @throws Fault `version-unknown` */
  diff(from: number | undefined, to: number): Promise<readonly FileDiff[]>
  /** The version in use; undefined until the database has stored one. */
  use(): Promise<FlowUse | undefined>
  /** The proof of the set in use; that of one on trial is in its `version`. */
  proof(): readonly ProvedFlow[]
  /** Why the files last saved in the folder are not in use. */
  refusal(): FlowsRefusal | undefined
  /** Hints for the authors of the set in use and of one on trial. */
  hints(): readonly Fault[]
  close(): Promise<void>
}

/** How often to ask the database, in case a notification was lost or it was away. */
const askMs = 5_000

/**
 * @param proofs the folder in which proofs are cached for the next start; not cached when absent
 * @throws FaultList if no flows may be used; Fault `flows-missing`
 */
export async function openFlows({
  proofs,
  ...given
}: Omit<FlowsOptions, 'prove'> &
  Partial<Pick<FlowsOptions, 'prove'>> & { readonly proofs?: string }): Promise<Flows> {
  const prove = proofs === undefined ? proveAside : rememberProofs(proveAside, proofs, given.log)
  const options: FlowsOptions = { prove, ...given }
  const { directory, database, clock, log } = options
  const keeper = await openKeeper(options)
  const following = follow({
    database,
    channel: usesChannel,
    everyMs: askMs,
    clock,
    look: keeper.catchUp,
    missed: error => log.warn({ reason: reasonOf(error) }, 'flows are not up to date'),
  })
  const unwatch = watchFolder(directory, () => void following.behind(keeper.saved), { clock, log })
  await following.listening

  /** Makes a change based on the present use, and returns the resulting use. */
  const change = (decide: (now: FlowUse | undefined) => Promise<void>) =>
    following.inTurn(async () => {
      await keeper.catchUp()
      await decide(await selectUse(database))
      await keeper.followLatest()
      const after = await selectUse(database)
      if (!after) throw unused()
      return after
    })
  const now = () => new Date(clock.now())
  const files = async (version: number) => {
    await versionNamed(database, version)
    return selectFiles(database, version)
  }

  return {
    current: call => keeper.library.current(call),
    load: ({ files, without = [], author, note, share = 1 }) =>
      change(async seen => {
        const standing = seen ? await selectFiles(database, seen.standing.number) : []
        const replaced = [...files.map(({ path }) => path), ...without]
        const kept = standing.filter(({ path }) => !replaced.includes(path))
        const all = [...kept, ...files].sort((one, other) => (one.path < other.path ? -1 : 1))
        const { set, verdict } = await keeper.accept(all)
        if (set.version === seen?.standing.digest && !seen.trial) return
        const version = { digest: set.version, files: all, verdict, author, note, share, at: now() }
        await addVersion(database, seen, { ...version, way: 'api' })
      }),
    promote: author => change(seen => promote(database, seen, author, now())),
    rollback: (author, to) =>
      change(async seen => {
        const target = await rollbackTarget(database, seen, to)
        // It was proved by an earlier build, so check that this build can use it as well.
        await keeper.accept(await selectFiles(database, target))
        await rollBack(database, seen, target, author, now())
      }),
    list: atMost => selectVersions(database, atMost),
    files,
    version: number => versionNamed(database, number),
    diff: async (from, to) => diffOf(from === undefined ? [] : await files(from), await files(to)),
    use: () => selectUse(database),
    proof: () => keeper.proofOf(keeper.library.current()),
    refusal: keeper.refusal,
    hints() {
      const { standing, trial } = keeper.library.inUse()
      return [...standing.hints, ...(trial?.set.hints ?? [])]
    },
    async close() {
      unwatch()
      await following.close()
    },
  }
}

const unused = () =>
  new Fault({ code: 'flows-unused', place: 'flows', found: 'no use', expected: 'flows that answer' })
