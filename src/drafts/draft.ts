import type { GivenFile, Id } from '../foundation/schema.ts'
import {
  type DraftChange,
  type DraftField,
  type DraftFields,
  type DraftView,
  draftFieldNames,
} from './api.ts'

/** What somebody wrote, and on which of their pages. */
type Wording = { readonly text: string; readonly by: string; readonly page?: string | undefined }
/** A field as it was written last: with which change of the draft, and by whom. */
export type Written = Wording & {
  readonly seq: number
  /** What another wrote meanwhile and could not have saved: until one of the two decides. */
  readonly other?: Wording | undefined
}

/** An order that is being written down, for a call or for somebody without one. */
export type Draft = {
  readonly id: Id<'draft'>
  readonly call: string | undefined
  /** Who began it. */
  readonly agent: string
  /** One more with each change. */
  readonly seq: number
  readonly written: Readonly<Partial<Record<DraftField, Written>>>
  /** What the citizen gave, in the order in which it came. */
  readonly files: readonly GivenFile[]
  readonly madeAtMs: number
  readonly changedAtMs: number
  readonly endedAtMs: number | undefined
}

export type DraftMerge = { readonly draft: Draft; readonly refused: readonly DraftField[] }

/**
 * What somebody wrote, taken into the draft field by field. Of two agents in one draft the one who comes later loses
 * nothing and overwrites nothing: a field that another wrote since, and otherwise, is refused and kept beside what stands, so
 * that both see both; all others are taken. Two pages of one agent are two.
 */
export function mergeDraft(
  draft: Draft,
  { seq, fields, page, settled = [] }: DraftChange,
  by: string,
  atMs: number,
): DraftMerge {
  const refused: DraftField[] = []
  const written: Partial<Record<DraftField, Written>> = { ...draft.written }
  let isChanged = false
  for (const name of draftFieldNames) {
    const text = fields[name]
    const before = draft.written[name]
    if (text === undefined || text === (before?.text ?? '')) continue
    if (before && before.seq > seq && !isOf(before, { by, page })) {
      refused.push(name)
      const { other } = before
      if (other?.text === text && isOf(other, { by, page })) continue
      written[name] = { ...before, other: { text, by, page } }
    } else written[name] = { text, seq: draft.seq + 1, by, page }
    isChanged = true
  }
  for (const name of settled) {
    const before = written[name]
    if (!before?.other || refused.includes(name)) continue
    written[name] = { ...before, other: undefined }
    isChanged = true
  }
  if (!isChanged) return { draft, refused }
  return { draft: { ...draft, written, seq: draft.seq + 1, changedAtMs: atMs }, refused }
}

const isOf = (one: Omit<Wording, 'text'>, other: Omit<Wording, 'text'>) =>
  one.by === other.by && one.page === other.page

export function viewOf({ id, call, agent, seq, written, files, madeAtMs, changedAtMs }: Draft): DraftView {
  const all = Object.entries(written) as [DraftField, Written][]
  const fields: DraftFields = Object.fromEntries(all.map(([name, { text }]) => [name, text]))
  const changedBy = Object.fromEntries(all.map(([name, { by }]) => [name, by]))
  const contested = Object.fromEntries(all.flatMap(([name, { other }]) => (other ? [[name, other]] : [])))
  return { id, call, agent, seq, fields, changedBy, contested, files, madeAtMs, changedAtMs }
}
