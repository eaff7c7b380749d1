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

/** Files to take into use over those that answer now; paths are names in the folder. */
export type FlowChange = {
  readonly files: readonly FlowSource[]
  /** Names of files that go. */
  readonly without?: readonly string[]
  readonly author: string
  readonly note: string
  /** Of new calls, for a trial; 1, or none, is all. */
  readonly share?: number
}

/** The flows that answer calls, with their history. What fails changes nothing: the old ones go on. */
export type Flows = {
  /** The set for a call that begins now; without a call, the one that is not on trial. */
  current(call?: CallId): FlowSet
  /** @throws FaultList with what is wrong in the files; Fault `flows-changed`, or from the database */
  load(change: FlowChange): Promise<FlowUse>
  /** @throws Fault `no-trial`, `flows-changed`, or from the database */
  promote(author: string): Promise<FlowUse>
  /** Ends a trial, else goes back one, or to the version named. @throws Fault `version-unknown`, `nothing-before` */
  rollback(author: string, to?: number): Promise<FlowUse>
  /** Newest first. */
  list(atMost: number): Promise<readonly FlowVersion[]>
  /** @throws Fault `version-unknown` */
  files(version: number): Promise<readonly FlowSource[]>
  /** @throws Fault `version-unknown` */
  version(number: number): Promise<FlowVersion>
  /** @param from nothing, when undefined. @throws Fault `version-unknown` */
  diff(from: number | undefined, to: number): Promise<readonly FileDiff[]>
  /** What answers; undefined while the database has not been told yet. */
  use(): Promise<FlowUse | undefined>
  /** What was proved of the set that answers; of one on trial, in `version`. */
  proof(): readonly ProvedFlow[]
  /** Why what was saved last in the folder is not in use. */
  refusal(): FlowsRefusal | undefined
  /** What authors of the set that answers, and of one on trial, may want to change. */
  hints(): readonly Fault[]
  close(): Promise<void>
}

/** A database that notifies nobody is asked this often; one that was away, too. */
const askMs = 5_000

/**
 * @param proofs the folder in which proofs are kept, so that the next start need not make them again; absent, they are not
 * @throws FaultList when no flows may answer; Fault `flows-missing`
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

  /** Decides on what is, and gives what came of it. */
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
        // It was proved by the build that took it; this one must be able to use it, too.
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
