import type { KnowledgeEventKind, KnowledgeStanding, KnowledgeState } from './api.ts'

/**
 * The states of a version of an entry.
 *
 *             changed            changed
 *              ┌──┐         ┌──────────────┐
 *              ▼  │         ▼              │
 *  drafted ──▶ draft ──submitted──▶ in-review ──published──▶ published ──withdrawn──▶ withdrawn
 *              ▲                       │
 *              └────── sent-back ──────┘
 *
 *  drafted by the product ──shipped──▶ published
 *
 * - `draft`: being written; at most one version of an entry is a draft or in review.
 * - `in-review`: somebody who wrote none of it publishes it or sends it back. A change makes it a draft again, and whoever
 *   made the change one of its authors.
 * - `published`: answers from its first day to its last, and replaces the version before it from then on.
 * - An example that ships with the product answers in the example city alone, and says so: nobody reviewed it.
 * - `withdrawn`: answers nothing any more; a correction comes as a new version.
 *
 * Whether it has expired or is still to come depends on the time, and is no state.
 */
export const knowledgeMoves: Readonly<
  Record<KnowledgeState, Partial<Readonly<Record<KnowledgeEventKind, KnowledgeState>>>>
> = {
  draft: { changed: 'draft', submitted: 'in-review', shipped: 'published' },
  'in-review': { changed: 'draft', 'sent-back': 'draft', published: 'published' },
  published: { withdrawn: 'withdrawn' },
  withdrawn: {},
}

type Standing = {
  readonly state: KnowledgeState
  readonly version: number
  readonly fromMs?: number
  /** The version's last day, or the moment from which a later published version replaces it. */
  readonly untilMs: number
}

/** @param published the latest version that was published and not withdrawn, if any */
export function standingOf(
  { state, version, fromMs = 0, untilMs }: Standing,
  published: number | undefined,
  nowMs: number,
): KnowledgeStanding {
  if (state !== 'published') return state
  if (nowMs >= untilMs) return version === published ? 'expired' : 'replaced'
  return nowMs < fromMs ? 'coming' : 'current'
}
