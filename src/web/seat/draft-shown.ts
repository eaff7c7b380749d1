import { type DraftField, type DraftFields, type DraftView, draftFieldNames } from '../../http/contract.ts'

/** What stands in the form, what the house has of it, and where the two are not one. */
export type DraftShown = {
  readonly id: string | undefined
  /** Of the draft as the house has it. */
  readonly seq: number
  readonly fields: DraftFields
  /** Written here and not saved yet. */
  readonly unsaved: ReadonlySet<DraftField>
  /** Written by somebody else while it was written here: what they wrote, and who. */
  readonly theirs: Readonly<Partial<Record<DraftField, { readonly text: string; readonly by: string }>>>
}

export const blankDraft: DraftShown = { id: undefined, seq: 0, fields: {}, unsaved: new Set(), theirs: {} }

/** After a letter. */
export const typed = (before: DraftShown, name: DraftField, text: string): DraftShown => ({
  ...before,
  fields: { ...before.fields, [name]: text },
  unsaved: new Set([...before.unsaved, name]),
})

/** What is to be saved now; what somebody else wrote waits until it is decided. */
export function toSave({ fields, unsaved, theirs }: DraftShown): DraftFields {
  const names = [...unsaved].filter(name => theirs[name] === undefined)
  return Object.fromEntries(names.map(name => [name, fields[name] ?? '']))
}

/**
 * After the house has answered. What was typed meanwhile stays and is saved next; what was refused stays, too, beside
 * what the other wrote.
 * @param sent what was asked to be saved
 */
export function savedAs(
  before: DraftShown,
  sent: DraftFields,
  { draft, refused }: { readonly draft: DraftView; readonly refused: readonly DraftField[] },
): DraftShown {
  const unsaved = new Set(
    [...before.unsaved].filter(
      name =>
        sent[name] === undefined || refused.includes(name) || sent[name] !== (before.fields[name] ?? ''),
    ),
  )
  const fields: Partial<Record<DraftField, string>> = {}
  const theirs: Partial<Record<DraftField, { text: string; by: string }>> = {}
  for (const name of draftFieldNames) {
    const there = draft.fields[name]
    const here = before.fields[name]
    fields[name] = unsaved.has(name) ? here : there
    const by = draft.changedBy[name] ?? ''
    if (refused.includes(name) && there !== undefined && there !== here) theirs[name] = { text: there, by }
  }
  return { id: draft.id, seq: draft.seq, fields: present(fields), unsaved, theirs }
}

/** One of two wordings is taken; the other is gone from this page alone once it is saved. */
export function decided(before: DraftShown, name: DraftField, whose: 'mine' | 'theirs'): DraftShown {
  const { [name]: other, ...theirs } = before.theirs
  if (!other) return before
  if (whose === 'mine') return { ...before, theirs }
  const unsaved = new Set([...before.unsaved].filter(one => one !== name))
  return { ...before, theirs, unsaved, fields: { ...before.fields, [name]: other.text } }
}

const present = (fields: Partial<Record<DraftField, string | undefined>>): DraftFields =>
  Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== undefined))
