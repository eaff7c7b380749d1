import type { KnowledgeEventKind, KnowledgeStanding, KnowledgeState } from './api.ts'

/**
 * Where a version of an entry is.
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
 * - `draft`: somebody writes it; of an entry one version at most is a draft or in review.
 * - `in-review`: whoever wrote none of it reads it, and publishes it or sends it back. Whoever changes it wrote it, too, and
 *   it is a draft again.
 * - `published`: it answers from its first day to its last; the one before it is replaced from then on.
 * - An example that ships answers in the example city alone, and says so: nobody reviewed it.
 * - `withdrawn`: it answers nothing any more; what is right comes as a new version.
 *
 * That it has expired, or is to come, is a matter of time and no state.
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
  /** A later version that is published ends it where that one begins. */
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
