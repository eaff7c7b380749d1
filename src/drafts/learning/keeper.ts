import type { Catalogue } from '../../catalogue/index.ts'
import { type Clock, Fault, type Log, reasonOf } from '../../foundation/index.ts'
import { type Database, follow } from '../../storage/index.ts'
import {
  catalogueDigest,
  type Profiles,
  profilesAside,
  profilesOf,
  readProfiles,
} from '../../triage/index.ts'
import { digestOf, modelFolder, unpacked } from './files.ts'
import { selectModel, selectModels, selectPacked, selectUses } from './store.ts'

/** Told to every node once another model suggests. */
export const usesChannel = 'kind_models'
/** How often it is looked whether another suggests: what was told while the database was away was not heard. */
const askMs = 60_000
/** So many are listed, and looked at for files that may go. */
export const mostListed = 100

export type KindKeeperOptions = {
  readonly database: Database
  readonly catalogue: Pick<Catalogue, 'objects'>
  /** DATA_DIR/models. */
  readonly folder: string
  readonly clock: Clock
  readonly log: Log
}

export type KindKeeper = ReturnType<typeof createKeeper>

/**
 * What suggests on this node: the model that the database names, or the catalogue's own profiles. These are built in a
 * thread while the house opens; a model that cannot be used is said, and the catalogue goes on.
 */
export function createKeeper({ database, catalogue, folder, clock, log }: KindKeeperOptions) {
  const files = modelFolder(folder)
  let digest: string | undefined
  let plain: Profiles | undefined
  let learnt: { readonly version: number; readonly profiles: Profiles } | undefined
  let followed: number | undefined
  let trouble: string | undefined

  let objects = catalogue.objects
  async function build(): Promise<void> {
    const of = { objects: catalogue.objects }
    const profiles = await profilesAside(of).catch((error: unknown) => {
      log.warn({ reason: reasonOf(error) }, 'kinds are built beside calls: no thread could be had')
      return profilesOf(of)
    })
    if (of.objects === objects) plain = profiles
  }
  const built = build()

  /** Once another catalogue was published what was learnt of the one before goes no further. */
  function renew(): void {
    if (catalogue.objects === objects) return
    objects = catalogue.objects
    digest = undefined
    learnt = undefined
    followed = undefined
    void build().then(() => following.behind(look))
  }

  const ownDigest = () => {
    digest ??= catalogueDigest(catalogue)
    return digest
  }

  /** Its bytes, from the folder or else from the database, and then laid down here. @throws Fault `model-invalid` */
  async function bytesOf(version: number): Promise<Uint8Array> {
    const model = await selectModel(database, version)
    const laid = await files.read(version)
    if (laid && digestOf(laid) === model?.digest) return laid
    if (laid) log.warn({ version }, 'the file of a model of kinds is broken; it is laid down anew')
    const packed = await selectPacked(database, version)
    const bytes = packed === undefined ? undefined : await unpacked(packed).catch(() => undefined)
    if (!bytes || digestOf(bytes) !== model?.digest)
      throw new Fault({
        code: 'model-invalid',
        place: files.placeOf(version),
        found: 'no such file, and none in the database that is whole',
        expected: 'the file as a night of learning wrote it',
      })
    await files
      .lay(version, bytes)
      .catch((error: unknown) => log.warn({ reason: reasonOf(error) }, 'a model of kinds is not laid down'))
    return bytes
  }

  /** @throws Fault `model-invalid` */
  const profilesIn = async (version: number): Promise<Profiles> =>
    readProfiles(files.placeOf(version), await bytesOf(version), ownDigest())

  /** Files of models that are gone go, too. */
  async function tidy(): Promise<void> {
    const models = await selectModels(database, mostListed)
    await files
      .keepOnly(models.flatMap(model => (model.state === 'kept' ? [model.version] : [])))
      .catch((error: unknown) => log.warn({ reason: reasonOf(error) }, 'old models of kinds are not removed'))
  }

  async function followUse(): Promise<void> {
    const [use] = await selectUses(database, 1)
    const version = use?.version ?? 0
    if (followed === use?.id && trouble === undefined) return
    try {
      learnt =
        version === 0
          ? undefined
          : learnt?.version === version
            ? learnt
            : { version, profiles: await profilesIn(version) }
      trouble = undefined
      if (followed !== use?.id)
        log.info({ version, because: use?.because }, 'kinds are suggested by another model')
    } catch (error) {
      // The database may be away: what suggested so far goes on.
      if (!(error instanceof Fault) || error.code !== 'model-invalid') throw error
      learnt = undefined
      if (trouble !== error.message)
        log.error({ version }, `a model of kinds cannot be used, and the catalogue goes on: ${error.message}`)
      trouble = error.message
    }
    followed = use?.id
  }

  /** Somebody changed what suggests, or which models there are. */
  async function look(): Promise<void> {
    await followUse()
    await tidy()
  }
  const following = follow({
    database,
    channel: usesChannel,
    everyMs: askMs,
    clock,
    look,
    missed: error => log.debug({ reason: reasonOf(error) }, 'which model suggests kinds is not known yet'),
  })
  void following.behind(look)

  return {
    /** What suggests now; undefined until it is built. */
    profiles: (): Profiles | undefined => {
      renew()
      return learnt?.profiles ?? plain
    },
    /** Resolves when there is something to suggest by. */
    ready: (): Promise<void> => built,
    version: () => learnt?.version ?? 0,
    trouble: () => trouble,
    catalogueDigest: ownDigest,
    bytesOf,
    profilesIn,
    /** @throws what the database throws */
    catchUp: () => following.inTurn(look),
    close: following.close,
  }
}
