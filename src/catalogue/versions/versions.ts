import type { Clock, Log } from '../../foundation/index.ts'
import type { Database, Queries } from '../../storage/index.ts'
import { fault } from '../faults.ts'
import type { LiveCatalogue } from '../live.ts'
import { readCatalogueFiles, type WrittenCatalogue } from '../read.ts'
import type { CatalogueDiff, CataloguePublish, CatalogueVersions } from './api.ts'
import { changesBetween } from './diff.ts'
import { type CatalogueDrafting, createDraft, sameRevision } from './draft.ts'
import { followCatalogue, usesChannel } from './following.ts'
import { type ProveCatalogue, readAndProve } from './reading.ts'
import {
  deleteDraft,
  insertUse,
  insertVersion,
  selectDecided,
  selectDraft,
  selectFiles,
  selectHolding,
  selectVersion,
  selectVersions,
} from './store.ts'
import type { CatalogueUse } from './version.ts'

/** The versions of the catalogue. A failed change leaves the version in force as it is. */
export type CatalogueEditions = Pick<CatalogueDrafting, 'edit' | 'discard' | 'written'> & {
  versions(): Promise<CatalogueVersions>
  /** @param from the previous version when absent. @throws Fault `catalogue-version-unknown` */
  diff(from: number | undefined, to: number): Promise<CatalogueDiff>
  draft: CatalogueDrafting['show']
  /**
   * @throws FaultList with every fault; Fault `catalogue-draft-missing`, `-draft-changed`, `-moved`, `-same`,
   * `-from-past`
   */
  publish(change: CataloguePublish, author: string): Promise<CatalogueVersions>
  /** Puts a published version in force again. @throws Fault `catalogue-version-unknown`, `-from-past`; FaultList */
  use(version: number, fromMs: number | undefined, author: string): Promise<CatalogueVersions>
  close(): Promise<void>
}

export type CatalogueEditionsOptions = {
  readonly live: LiveCatalogue
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  readonly prove: ProveCatalogue
}

const mostListed = 200

export async function openCatalogueEditions(options: CatalogueEditionsOptions): Promise<CatalogueEditions> {
  const { live, database, clock, log, prove } = options
  /** The folder's catalogue when this node started. */
  const folder = live.current()
  const following = await followCatalogue(options)
  await warnOfFolder()
  const now = () => new Date(clock.now())
  const draft = createDraft({ live, database, now, read: readAndProve(prove), folder })

  /** After a publication the folder has no effect; new content in it must be imported into the draft. */
  async function warnOfFolder() {
    const use = await selectDecided(database).catch(() => undefined)
    if (use === undefined || (await standing()) !== 'other') return
    log.warn(
      {},
      'CATALOGUE_DIR has what no version of the catalogue had: jieting catalogue draft takes it in',
    )
  }

  async function standing(): Promise<CatalogueVersions['folder']> {
    if (live.digest === folder.digest) return 'holds'
    const versions = await selectVersions(database, mostListed)
    return versions.some(({ digest }) => digest === folder.digest) ? 'known' : 'other'
  }

  async function versions(): Promise<CatalogueVersions> {
    const [holds, decided, all] = await Promise.all([
      selectHolding(database, now()),
      selectDecided(database),
      selectVersions(database, mostListed),
    ])
    return {
      holds: holds && useShown(holds),
      next: decided && decided.id !== holds?.id ? useShown(decided) : undefined,
      folder: await standing(),
      versions: all.map(({ digest: _, madeAt, ...version }) => ({ ...version, madeAtMs: madeAt.getTime() })),
    }
  }

  const versionNamed = async (queries: Queries, number: number) => {
    const version = await selectVersion(queries, number)
    if (version) return version
    const expected = 'the number of a version, as `jieting catalogue versions` lists them'
    throw fault('catalogue-version-unknown', 'version', String(number), expected)
  }

  /** When a version takes effect; at once by default. */
  function beginOf(fromMs: number | undefined): Date {
    if (fromMs === undefined) return now()
    if (fromMs > clock.now()) return new Date(fromMs)
    throw fault('catalogue-from-past', 'body.fromMs', 'a time that is over', 'one that is to come, or none')
  }

  return {
    versions,
    async diff(from, to) {
      const { parent } = await versionNamed(database, to)
      const base = from ?? parent
      if (base === undefined) return { to, changes: [] }
      await versionNamed(database, base)
      const [before, after] = await Promise.all(
        [base, to].map(async one => readCatalogueFiles(await selectFiles(database, one))),
      )
      return { from: base, to, changes: before && after ? changesBetween(before, after) : [] }
    },

    draft: draft.show,
    edit: draft.edit,
    discard: draft.discard,
    written: draft.written,
    async publish({ revision, note, fromMs }, author) {
      const from = beginOf(fromMs)
      const { base, catalogue } = await draft.proved(revision)
      await draft.change(async queries => {
        sameRevision(await selectDraft(queries), revision)
        const decided = await selectDecided(queries)
        if (decided?.version !== base) throw moved(decided)
        const at = now()
        const parent = base ?? (await keepFolder(queries, folder, at))
        const { digest, files } = catalogue
        const version = { digest, way: 'draft', author, note, madeAt: at, parent } as const
        const number = await insertVersion(queries, version, files)
        await insertUse(queries, {
          version: number,
          fromAt: from,
          because: 'published',
          author,
          decidedAt: at,
        })
        await deleteDraft(queries)
        await queries.notify(usesChannel, '')
      })
      await following.look()
      return versions()
    },
    async use(number, fromMs, author) {
      const from = beginOf(fromMs)
      await versionNamed(database, number)
      // It was checked when it was published; this build must be able to read it, too.
      await readCatalogueFiles(await selectFiles(database, number))
      await draft.change(async queries => {
        await insertUse(queries, {
          version: number,
          fromAt: from,
          because: 'used',
          author,
          decidedAt: now(),
        })
        await queries.notify(usesChannel, '')
      })
      await following.look()
      return versions()
    },

    close: following.close,
  }
}

/** Keeps the folder's catalogue as the first version, so that it can be restored. */
async function keepFolder(queries: Queries, { digest, files }: WrittenCatalogue, at: Date): Promise<number> {
  const author = 'CATALOGUE_DIR'
  const number = await insertVersion(
    queries,
    { digest, way: 'folder', author, note: '', madeAt: at, parent: undefined },
    files,
  )
  await insertUse(queries, { version: number, fromAt: at, because: 'loaded', author, decidedAt: at })
  return number
}

const moved = (decided: CatalogueUse | undefined) =>
  fault(
    'catalogue-moved',
    'draft',
    `version ${decided?.version ?? 0}, decided since`,
    'the version that the draft began with: give it up and begin another',
  )

const useShown = ({ version, fromAt, because, author, decidedAt }: CatalogueUse) => ({
  version,
  fromMs: fromAt.getTime(),
  because,
  author,
  decidedAtMs: decidedAt.getTime(),
})
