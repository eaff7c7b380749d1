import { Fault, type Log, reasonOf } from '../../foundation/index.ts'
import { type Database, type Queries, sql } from '../../storage/index.ts'
import { isHeldOut, learnAside, type NightAnswer } from '../../triage/index.ts'
import { draftFault } from '../faults.ts'
import { bounded } from '../kinds.ts'
import { digestOf, packed } from './files.ts'
import { type KindKeeper, usesChannel } from './keeper.ts'
import {
  dropErased,
  dropOld,
  insertModel,
  insertUse,
  type StoredUse,
  selectConfirmed,
  selectModels,
  selectUses,
} from './store.ts'

/** The latest, which say what citizens call it now. A night of so many took 12 s of processor; one of 10,000 was not over after 90. */
export const mostConfirmed = 2_000
/** So many are kept to go back to. */
const mostKept = 10
/** Any number that no one else locks; held while it changes what suggests. */
const lockKey = 12345_015
/** Packing and keeping a few megabytes takes longer than a statement may. */
const keepMs = 30_000

/** Who learns at night. */
const nightly = 'night'

export type LearningRules = {
  /** So many held-out texts make a kind a big one, in which no model may be worse than the one before. */
  readonly bigKind: number
  /** So many held-out texts it takes to try anything. */
  readonly least: number
}

type Options = {
  readonly database: Database
  readonly keeper: KindKeeper
  readonly catalogue: Parameters<typeof learnAside>[0]['catalogue']
  readonly rules: LearningRules
  readonly now: () => number
  readonly log: Log
}

/** Why a night learnt nothing; or what it learnt. */
export type NightOutcome = 'nothing-new' | 'too-few' | 'refused' | 'taken'

/** Of two who change what suggests, the second looks at what the first did. */
export const change = <T>(
  database: Database,
  work: (queries: Queries, use: StoredUse | undefined) => Promise<T>,
) =>
  database.transaction(async tx => {
    await tx.execute(sql`select pg_advisory_xact_lock(${lockKey})`)
    const [use] = await selectUses(tx, 1)
    const done = await work(tx, use)
    await tx.notify(usesChannel, '')
    return done
  }, keepMs)

/** One night: what is erased goes, and what was confirmed is learnt, tried, and taken into use or refused. */
export function createNight({ database, keeper, catalogue, rules, now, log }: Options) {
  /** Models that have words of an erased order in them go, and where such a one suggests, the catalogue does from now on. */
  const forget = () =>
    change(database, async (tx, use) => {
      const gone = await dropErased(tx)
      if (use && gone.includes(use.version))
        await insertUse(tx, { version: 0, because: 'erased', by: nightly, atMs: now() })
      return gone.length
    })

  async function keep(seen: StoredUse | undefined, made: NightAnswer, facts: Facts): Promise<NightOutcome> {
    const state = made.worse.length === 0 ? 'kept' : 'refused'
    const text = state === 'kept' ? await packed(made.bytes) : undefined
    return change(database, async (tx, use) => {
      // What was compared with is no longer in use: the next try compares anew.
      if (use?.id !== seen?.id)
        throw draftFault(
          'model-changed',
          'model',
          'another in use than the one compared with',
          'nobody else to change it meanwhile',
        )
      const version = await insertModel(tx, {
        ...facts,
        state,
        madeAtMs: now(),
        learnt: made.learnt,
        figures: made.figures,
        worse: made.worse,
        catalogue: keeper.catalogueDigest(),
        digest: digestOf(made.bytes),
        orders: state === 'kept' ? facts.orders : [],
        packed: text,
      })
      if (state === 'refused') return 'refused'
      await insertUse(tx, { version, because: 'learned', by: nightly, atMs: now() })
      await dropOld(tx, mostKept, version)
      return 'taken'
    })
  }

  return {
    forget,
    /**
     * @param isForced also where nothing is new
     * @throws Fault `model-changed`, what the database throws, and what `signal` aborts with
     */
    async learn(isForced: boolean, signal?: AbortSignal): Promise<NightOutcome> {
      const [[use], [newest], confirmed] = await Promise.all([
        selectUses(database, 1),
        selectModels(database, 1),
        selectConfirmed(database, mostConfirmed),
      ])
      const untilMs = confirmed.at(-1)?.atMs ?? 0
      const isKnown = newest?.untilMs === untilMs && newest.catalogue === keeper.catalogueDigest()
      if (confirmed.length === 0 || (isKnown && !isForced)) return 'nothing-new'
      const held = confirmed.filter(({ atMs }) => isHeldOut(atMs)).length
      if (held < rules.least) return 'too-few'
      const made = await learnAside(
        {
          catalogue,
          confirmed: confirmed.map(({ atMs, text, label }) => ({ atMs, text: bounded(text), label })),
          inUse: await usable(use?.version ?? 0),
          bigKind: rules.bigKind,
        },
        signal,
      )
      const orders = confirmed.flatMap(({ atMs, order }) => (isHeldOut(atMs) ? [] : [order]))
      const outcome = await keep(use, made, { untilMs, orders })
      log.info({ outcome, learnt: made.learnt, tried: made.figures.texts }, 'a night of learning is over')
      await keeper.catchUp()
      return outcome
    },
  }

  /** The bytes of what is in use; undefined for the catalogue, which suggests in place of what cannot be read, too. */
  async function usable(version: number): Promise<Uint8Array | undefined> {
    if (version === 0) return undefined
    try {
      await keeper.profilesIn(version)
      return await keeper.bytesOf(version)
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'model-invalid') throw error
      log.warn(
        { version, reason: reasonOf(error) },
        'a night learns beside the catalogue: what is in use cannot be read',
      )
      return undefined
    }
  }
}

type Facts = { readonly untilMs: number; readonly orders: readonly string[] }
