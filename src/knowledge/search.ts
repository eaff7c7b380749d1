import type { Queries } from '../storage/index.ts'
import { selectChanged, selectChangedEntries, selectHits, selectIndexed } from './index-store.ts'
import type { ShelfHit } from './shelf.ts'
import { createShelf, type Likeness } from './shelf.ts'
import type { Lexicon } from './terms.ts'

/** Below this no entry is an answer, and the page says that there is none. */
export const leastSure = 0.25
/** Below this an answer is shown as one that may be beside the point. */
export const enoughSure = 0.5

type Kept = Awaited<ReturnType<typeof selectHits>>['found'][number]
export type Hit = ShelfHit & Kept

export type Searched = {
  readonly hits: readonly Hit[]
  readonly isUnsure: boolean
  readonly looked: number
  readonly cut: boolean
}

type Asked = { readonly atMs: number; readonly district?: string; readonly limit: number }

/** Entries put on the shelf before other work gets its turn: about 5 ms. */
const slice = 10
const page = 500
const breath = () => new Promise<void>(resolve => setImmediate(resolve))

/**
 * Searches this node's shelf and keeps it true to the database: a search knows everything that was published, ended
 * or withdrawn on any node and committed before it began.
 * @param ready resolves when likeness costs no more than a look-up
 */
export function createSearcher(lexicon: Lexicon, likeness: Likeness, ready: () => Promise<unknown>) {
  let shelf = createShelf(lexicon, likeness)
  let known = 0
  let following: Promise<void> | undefined

  async function follow(queries: Queries): Promise<void> {
    await ready()
    const changed = await selectChanged(queries)
    for (let after = ''; ; ) {
      const entries = await selectChangedEntries(queries, { since: known, after, limit: page })
      const indexed = await selectIndexed(queries, entries)
      for (const entry of entries) shelf.remove(entry)
      for (const [at, one] of indexed.entries()) {
        shelf.put(one)
        if (at % slice === slice - 1) await breath()
      }
      if (entries.length < page) break
      after = entries.at(-1) ?? ''
    }
    known = changed
    if (!shelf.isMostlyGone()) return
    shelf = createShelf(lexicon, likeness)
    known = 0
    await follow(queries)
  }
  /** One update runs at a time; all who need it wait for the same one. */
  const followed = (queries: Queries) => {
    following ??= follow(queries).finally(() => {
      following = undefined
    })
    return following
  }

  return {
    /** Loads what is published, so that the first search need not wait for it. */
    warm: followed,
    async search(queries: Queries, text: string, { atMs, district, limit }: Asked): Promise<Searched> {
      await ready()
      const { looked, cut } = lexicon.sought(text)
      for (;;) {
        const { hits, sure } = shelf.search(text, { atMs, district, limit })
        const isAnswered = sure >= leastSure
        const { changed, found } = await selectHits(queries, isAnswered ? hits : [], new Date(atMs))
        if (changed !== known) {
          await followed(queries)
          continue
        }
        const told = (isAnswered ? hits : []).flatMap(hit => {
          const kept = found.find(({ entry }) => entry === hit.entry)
          return kept ? [{ ...hit, ...kept }] : []
        })
        return { hits: told, isUnsure: sure < enoughSure, looked, cut }
      }
    },
  }
}
