import { join } from 'node:path'
import type { Catalogue } from '../../catalogue/index.ts'
import { instantOf, placeTime } from '../../city/index.ts'
import { type Cancel, Fault, type Part, reasonOf, sidePart } from '../../foundation/index.ts'
import { type Handler, handle, type Jobs } from '../../jobs/index.ts'
import type { Profiles } from '../../triage/index.ts'
import { draftFault } from '../faults.ts'
import type { KindModel, KindModelList } from './api.ts'
import { learningQueue } from './jobs.ts'
import { createKeeper, type KindKeeperOptions, mostListed } from './keeper.ts'
import { change, createNight, type LearningRules, mostConfirmed, type NightOutcome } from './night.ts'
import {
  countConfirmed,
  insertUse,
  type KindModelRow,
  selectModel,
  selectModels,
  selectUses,
} from './store.ts'

export type Learning = {
  /** What suggests now; undefined in the first half second of a house. */
  profiles(): Profiles | undefined
  /** Resolves when there is something to suggest by. */
  ready(): Promise<void>
  list(): Promise<KindModelList>
  /** @throws Fault `model-unknown` */
  show(version: number): Promise<KindModel>
  /** It suggests from now on, on every node; 0 is the catalogue alone. @throws Fault `model-unknown`, `model-gone`, `model-invalid` */
  use(version: number, by: string): Promise<KindModelList>
  /** A night, now. */
  learn(signal?: AbortSignal): Promise<NightOutcome>
  readonly handlers: readonly Handler[]
  health(): readonly Part[]
  close(): Promise<void>
}

export type LearningOptions = Omit<KindKeeperOptions, 'folder'> & {
  readonly catalogue: Pick<Catalogue, 'objects'>
  readonly dataDir: string
  readonly jobs: Pick<Jobs, 'enqueue'>
  readonly city: { readonly timeZone: string }
  /** When it learns, in minutes since midnight by the city's clocks; never, when absent: then nights only let go of what was erased. */
  readonly atMinute: number | undefined
  readonly rules: LearningRules
}

const retryMs = 60_000
const shownUses = 20
/** Nights that learn nothing still let go of what was erased. */
const quietMinute = 210

/** When agents take another kind than what was suggested, the next night learns from it. */
export function openLearning({
  database,
  catalogue,
  dataDir,
  jobs,
  city,
  atMinute,
  rules,
  clock,
  log,
}: LearningOptions): Learning {
  const keeper = createKeeper({ database, catalogue, folder: join(dataDir, 'models'), clock, log })
  const night = createNight({ database, keeper, catalogue, rules, now: clock.now, log })
  let stop: Cancel = () => undefined
  let closed = false

  const nextMs = () => nextNight(clock.now(), city.timeZone, atMinute ?? quietMinute)
  const enqueue = () => jobs.enqueue(database, learningQueue, {}, { key: 'next', atMs: nextMs() })
  /** The first night; each makes the next. Without a database it is tried again until there is one. */
  function begin(): void {
    if (closed) return
    enqueue().catch((error: unknown) => {
      log.debug({ reason: reasonOf(error) }, 'no night of learning is planned yet')
      stop = clock.after(retryMs, begin)
    })
  }

  async function learn(signal?: AbortSignal): Promise<NightOutcome> {
    const gone = await night.forget()
    const outcome = atMinute === undefined ? 'nothing-new' : await night.learn(gone > 0, signal)
    await keeper.catchUp()
    return outcome
  }

  async function list(): Promise<KindModelList> {
    const [models, uses] = await Promise.all([
      selectModels(database, mostListed),
      selectUses(database, shownUses),
    ])
    const counts = await countConfirmed(database, models[0]?.untilMs ?? 0, mostConfirmed)
    return {
      inUse: uses[0],
      trouble: keeper.trouble(),
      models: models.map(model => ({ ...shown(model), figures: model.figures })),
      uses,
      next: {
        atMs: atMinute === undefined ? undefined : nextMs(),
        ...counts,
        ...rules,
      },
    }
  }

  begin()
  return {
    profiles: keeper.profiles,
    ready: keeper.ready,
    list,
    async show(version) {
      const model = await selectModel(database, version)
      if (!model) throw unknown(version)
      return { ...shown(model), figures: model.figures }
    },
    async use(version, by) {
      const model = version === 0 ? undefined : await selectModel(database, version)
      if (version !== 0 && !model) throw unknown(version)
      if (model && model.state !== 'kept')
        throw draftFault('model-gone', 'version', `${version}, which is ${model.state}`, 'one that is kept')
      // It was learnt by the build and beside the catalogue of its night; this one must be able to use it, too.
      if (version !== 0) await keeper.profilesIn(version)
      await change(database, async (tx, use) => {
        const now = use?.version ?? 0
        if (now === version) return
        const because = version < now ? 'rolled-back' : 'chosen'
        await insertUse(tx, { version, because, by, atMs: clock.now() })
      })
      await keeper.catchUp()
      return list()
    },
    learn,
    handlers: [
      handle(learningQueue, async ({ signal }) => {
        await learn(signal).catch((error: unknown) => {
          // The database was away, or somebody changed the model meanwhile: soon it is tried again.
          if (error instanceof Fault || signal.aborted) throw error
          log.error({ reason: reasonOf(error) }, 'a night of learning failed; what is in use goes on')
        })
        await enqueue()
      }),
    ],
    health: () => [sidePart('kinds', keeper.trouble())],
    async close() {
      closed = true
      stop()
      await keeper.close()
    },
  }
}

const shown = ({ version, madeAtMs, learnt, untilMs, state, worse }: Omit<KindModelRow, 'figures'>) => ({
  version,
  madeAtMs,
  learnt,
  untilMs,
  state,
  worse,
})

const unknown = (version: number) =>
  draftFault('model-unknown', 'version', String(version), 'a model, as `jieting triage models` lists them')

const dayMs = 24 * 3_600_000

/** The next moment after `nowMs` at which clocks in the city show so many minutes since midnight. */
export function nextNight(nowMs: number, timeZone: string, minute: number): number {
  const two = (part: number) => String(part).padStart(2, '0')
  const on = (ms: number) =>
    instantOf(`${placeTime(ms, timeZone).date} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`, timeZone)
  return [nowMs, nowMs + dayMs, nowMs + 2 * dayMs].map(on).find(ms => ms > nowMs) ?? nowMs + dayMs
}
