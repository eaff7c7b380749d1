import type { Clock } from '../foundation/index.ts'
import type { GivenFile, OfferedFile } from '../foundation/schema.ts'
import type { Database } from '../storage/index.ts'
import type { DraftView } from './api.ts'
import { type Draft, viewOf } from './draft.ts'
import { draftFault } from './faults.ts'
import { lockDraft, updateDraft } from './store.ts'

/** Where the bytes lie, by draft and content, taken by the rules that an order has for them. */
export type DraftShelf = {
  mostPieces(): number
  /** Each once it is kept, without what it tells of who took it. @throws what the rules refuse, at its end */
  keep(draft: string, files: AsyncIterable<OfferedFile>): AsyncIterable<GivenFile>
  drop(draft: string, hash: string): Promise<void>
  /** Everything of this draft. */
  erase(draft: string): Promise<void>
}

export type DraftFiles = {
  /**
   * What the citizen gave lies with the draft from then on, all of it or nothing; of one content there is one.
   * @throws Fault `draft-unknown`, `draft-over`, `draft-of-another`, `draft-files-full`, and what the shelf refuses
   */
  add(id: string, files: AsyncIterable<OfferedFile>, agent: string): Promise<DraftView>
  /** @throws Fault `draft-unknown`, `draft-over`, `draft-of-another` */
  drop(id: string, hash: string, agent: string): Promise<DraftView>
}

type Dependencies = {
  readonly database: Database
  readonly clock: Clock
  readonly shelf: DraftShelf
  openOf(id: string, draft: Draft | undefined, agent: string): Draft
}

export function createDraftFiles({ database, clock, shelf, openOf }: Dependencies): DraftFiles {
  const change = (id: string, agent: string, to: (before: readonly GivenFile[]) => readonly GivenFile[]) =>
    database.transaction(async tx => {
      const before = openOf(id, await lockDraft(tx, id), agent)
      const after = { ...before, files: to(before.files), seq: before.seq + 1, changedAtMs: clock.now() }
      await updateDraft(tx, after)
      return viewOf(after)
    })
  /** Nothing is read of whoever may not write here. */
  const look = (id: string, agent: string) =>
    database.transaction(async tx => openOf(id, await lockDraft(tx, id), agent))

  return {
    async add(id, files, agent) {
      const { files: there } = await look(id, agent)
      const fresh: GivenFile[] = []
      try {
        for await (const file of shelf.keep(id, files)) fresh.push(file)
        return await change(id, agent, before => {
          const all = [...new Map([...before, ...fresh].map(file => [file.hash, file])).values()]
          const most = shelf.mostPieces()
          if (all.length <= most) return all
          throw draftFault('draft-files-full', 'files', `${all.length} files`, `at most ${most}`)
        })
      } catch (error) {
        for (const { hash } of fresh) if (!there.some(file => file.hash === hash)) await shelf.drop(id, hash)
        throw error
      }
    },
    async drop(id, hash, agent) {
      const view = await change(id, agent, before => before.filter(file => file.hash !== hash))
      await shelf.drop(id, hash)
      return view
    },
  }
}
