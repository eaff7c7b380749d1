import { type Clock, type Fault, FaultList, type Log } from '../../foundation/index.ts'
import { type Database, type Queries, sql } from '../../storage/index.ts'
import { codeNow } from '../catalogue.ts'
import { fault } from '../faults.ts'
import type { LiveCatalogue } from '../live.ts'
import { type CatalogueFile, readCatalogueFiles, type WrittenCatalogue } from '../read.ts'
import type {
  CatalogueDiff,
  CatalogueDraftShown,
  CatalogueEdit,
  CataloguePublish,
  CatalogueVersions,
  CatalogueWritten,
} from './api.ts'
import { changesBetween } from './diff.ts'
import { differing, edited, filesOf, goneWithout, standOfKind } from './edits.ts'
import { followCatalogue, usesChannel } from './following.ts'
import {
  deleteDraft,
  insertUse,
  insertVersion,
  putDraft,
  selectDecided,
  selectDraft,
  selectFiles,
  selectHolding,
  selectVersion,
  selectVersions,
} from './store.ts'
import type { CatalogueDraft, CatalogueUse } from './version.ts'

/** The catalogue in its versions. What fails changes nothing: what holds goes on holding. */
export type CatalogueEditions = {
  versions(): Promise<CatalogueVersions>
  /** @param from the one before it when absent. @throws Fault `catalogue-version-unknown` */
  diff(from: number | undefined, to: number): Promise<CatalogueDiff>
  draft(): Promise<CatalogueDraftShown>
  /** @throws Fault `catalogue-draft-changed`; FaultList where a file cannot be edited */
  edit(change: CatalogueEdit, author: string): Promise<CatalogueDraftShown>
  /** @throws Fault `catalogue-draft-missing` */
  discard(): Promise<void>
  /** @throws FaultList with all that is wrong; Fault `catalogue-draft-missing`, `-draft-changed`, `-moved`, `-same`, `-from-past` */
  publish(change: CataloguePublish, author: string): Promise<CatalogueVersions>
  /** A version that was published holds again. @throws Fault `catalogue-version-unknown`, `-from-past`; FaultList */
  use(version: number, fromMs: number | undefined, author: string): Promise<CatalogueVersions>
  /** As it is written what a kind is of, in the draft where there is one. @throws Fault `catalogue-kind-unknown` */
  written(code: string): Promise<CatalogueWritten>
  close(): Promise<void>
}

export type CatalogueEditionsOptions = {
  readonly live: LiveCatalogue
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  /** What keeps a catalogue from being published that can be read. */
  readonly prove: (catalogue: WrittenCatalogue) => Promise<readonly Fault[]>
}

/** Any number that no one else locks; held while what holds, or the draft, changes. */
const lockKey = 12345_021
const mostListed = 200

export async function openCatalogueEditions(options: CatalogueEditionsOptions): Promise<CatalogueEditions> {
  const { live, database, clock, log, prove } = options
  /** As it was when this node began. */
  const folder = live.current()
  const following = await followCatalogue(options)
  await warnOfFolder()
  const proofs = new Map<string, Promise<readonly Fault[]>>()

  const now = () => new Date(clock.now())
  const change = <T>(work: (queries: Queries) => Promise<T>): Promise<T> =>
    database.transaction(async queries => {
      await queries.execute(sql`select pg_advisory_xact_lock(${lockKey})`)
      return work(queries)
    })

  /** Once something was published, the folder is a way in and no more: what is new in it has to be taken in. */
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

  /** Files that whoever writes begins with: of what was decided last. */
  const filesFrom = (queries: Queries, base: number | undefined): Promise<readonly CatalogueFile[]> =>
    base === undefined ? Promise.resolve(folder.files) : selectFiles(queries, base)

  /** All that is wrong with files, and what they say; a proof is made once. */
  async function readOf(files: readonly CatalogueFile[], before: WrittenCatalogue) {
    try {
      const catalogue = await readCatalogueFiles(files)
      const proof = proofs.get(catalogue.digest) ?? prove(catalogue)
      proofs.set(catalogue.digest, proof)
      for (const old of [...proofs.keys()].slice(0, -8)) proofs.delete(old)
      const faults = await proof.catch((error: unknown) => {
        proofs.delete(catalogue.digest)
        throw error
      })
      return { catalogue, faults: [...goneWithout(before, catalogue), ...faults] }
    } catch (error) {
      if (error instanceof FaultList) return { faults: error.faults }
      throw error
    }
  }

  async function shownOf(draft: CatalogueDraft): Promise<CatalogueDraftShown> {
    const base = await filesFrom(database, draft.base)
    const before = await readCatalogueFiles(base)
    const { catalogue, faults } = await readOf(filesOf(base, draft.files), before)
    return {
      revision: draft.revision,
      base: draft.base,
      author: draft.author,
      changedAtMs: draft.changedAt.getTime(),
      files: Object.keys(draft.files),
      changes: catalogue ? changesBetween(before, catalogue) : [],
      faults: faults.map(({ place, found, expected }) => ({ place, found, expected })),
    }
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

  /** When something holds from; at once where nobody says otherwise. */
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
    async draft() {
      const draft = await selectDraft(database)
      return draft ? shownOf(draft) : { revision: 0, files: [], changes: [], faults: [] }
    },
    async edit({ revision, edits, files }, author) {
      const draft = await change(async queries => {
        const seen = await selectDraft(queries)
        sameRevision(seen, revision)
        const base = seen ? seen.base : (await selectDecided(queries))?.version
        const before = await filesFrom(queries, base)
        const after = edited(filesOf(before, seen?.files ?? {}), { edits, files })
        const next: CatalogueDraft = {
          base,
          revision: revision + 1,
          files: differing(before, after),
          author,
          changedAt: now(),
        }
        await putDraft(queries, next)
        return next
      })
      return shownOf(draft)
    },
    async discard() {
      if ((await change(deleteDraft)) === 0) throw noDraft()
    },
    async publish({ revision, note, fromMs }, author) {
      const seen = await selectDraft(database)
      if (!seen) throw noDraft()
      sameRevision(seen, revision)
      const from = beginOf(fromMs)
      const base = await filesFrom(database, seen.base)
      const before = await readCatalogueFiles(base)
      const { catalogue, faults } = await readOf(filesOf(base, seen.files), before)
      if (!catalogue || faults.length > 0) throw new FaultList(faults)
      if (catalogue.digest === before.digest)
        throw fault('catalogue-same', 'draft', 'nothing that is another', 'a change')
      await change(async queries => {
        sameRevision(await selectDraft(queries), revision)
        const decided = await selectDecided(queries)
        if (decided?.version !== seen.base) throw moved(decided)
        const at = now()
        const parent = seen.base ?? (await keepFolder(queries, folder, at))
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
      // It was proved when it was published; this build has to be able to read it, too.
      await readCatalogueFiles(await selectFiles(database, number))
      await change(async queries => {
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
    async written(asked) {
      const draft = await selectDraft(database)
      const base = draft && (await filesFrom(database, draft.base))
      const inDraft =
        draft &&
        base &&
        (await readCatalogueFiles(filesOf(base, draft.files)).catch((error: unknown) => {
          // What cannot be read is mended in the draft's files; what holds shows the object as it was.
          if (error instanceof FaultList) return undefined
          throw error
        }))
      const catalogue = inDraft ?? live.current()
      const code = codeNow(catalogue, asked)
      const found = standOfKind(catalogue, code)
      const text = catalogue.files.find(({ name }) => name === found?.stand.file)?.text
      if (!found?.object || text === undefined)
        throw fault('catalogue-kind-unknown', 'params.code', asked, 'the code of a kind in the catalogue')
      const { object, stand } = found
      const group = valueAt(JSON.parse(text), stand.at.slice(0, 2))
      return {
        file: stand.file,
        group: object.group,
        object: object.name,
        written: valueAt(group, stand.at.slice(2)),
        units: object.units,
        urgency: String(valueAt(group, ['urgency'])),
        revision: draft?.revision ?? 0,
      }
    },
    close: following.close,
  }
}

/** The folder's becomes the first version, so that there is a way back to it. */
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

/** Of two who write at once the second is told, since they saw what is no longer so. */
function sameRevision(draft: CatalogueDraft | undefined, revision: number): void {
  const now = draft?.revision ?? 0
  if (now === revision) return
  throw fault(
    'catalogue-draft-changed',
    'body.revision',
    `${revision}, and the draft is at ${now}`,
    'the draft as it is now: look, and do it again',
  )
}

const noDraft = () => fault('catalogue-draft-missing', 'draft', 'no draft', 'one that was begun')
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

const valueAt = (value: unknown, at: readonly string[]): unknown =>
  at.reduce<unknown>(
    (there, key) => (typeof there === 'object' && there !== null ? Reflect.get(there, key) : undefined),
    value,
  )
