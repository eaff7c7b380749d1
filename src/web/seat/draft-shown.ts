import { type DraftField, type DraftFields, type DraftView, draftFieldNames } from '../../http/contract.ts'

type Other = { readonly text: string; readonly by: string }

/** What stands in the form, what the house has of it, and where the two are not one. */
export type DraftShown = {
  readonly id: string | undefined
  /** Of the draft as the house has it. */
  readonly seq: number
  readonly fields: DraftFields
  /** What the citizen gave, as the house has it. */
  readonly files: DraftView['files']
  /** Written here and not saved yet. */
  readonly unsaved: ReadonlySet<DraftField>
  /** Another wording of a field, by somebody else or on another page, written at the same time: both see both. */
  readonly theirs: Readonly<Partial<Record<DraftField, Other>>>
  /** Where it was decided that what stands is to stand, and the house does not know yet. */
  readonly settled: ReadonlySet<DraftField>
  /** What was last written elsewhere, and by whom. */
  readonly news: { readonly by: string; readonly fields: readonly DraftField[] } | undefined
}

export const blankDraft: DraftShown = {
  id: undefined,
  seq: 0,
  fields: {},
  files: [],
  unsaved: new Set(),
  theirs: {},
  settled: new Set(),
  news: undefined,
}

/** Ticks and the like, of which nobody reads two wordings: whoever was first has it. */
const first: ReadonlySet<DraftField> = new Set(['taken', 'elder', 'confidential', 'anyway', 'undecided'])

/** After a letter. */
export const typed = (before: DraftShown, name: DraftField, text: string): DraftShown => ({
  ...before,
  fields: { ...before.fields, [name]: text },
  unsaved: new Set([...before.unsaved, name]),
  news: undefined,
})

/** What is to be saved now; of what two wrote nothing is, until it is decided. */
export function toSave({ fields, unsaved, theirs }: DraftShown): DraftFields {
  const names = [...unsaved].filter(name => theirs[name] === undefined)
  return Object.fromEntries(names.map(name => [name, fields[name] ?? '']))
}

/**
 * After the house has answered. What was typed meanwhile stays and is saved next; what was refused stays, too, beside
 * what the other wrote, on both pages, until one of the two decides.
 * @param sent what was asked to be saved
 * @param page the name of this page
 */
export function savedAs(
  before: DraftShown,
  sent: DraftFields,
  { draft, refused }: { readonly draft: DraftView; readonly refused: readonly DraftField[] },
  page: string,
): DraftShown {
  const unsaved = new Set(
    [...before.unsaved].filter(
      name =>
        sent[name] === undefined ||
        (refused.includes(name) ? !first.has(name) : sent[name] !== (before.fields[name] ?? '')),
    ),
  )
  const fields: Partial<Record<DraftField, string>> = {}
  const theirs: Partial<Record<DraftField, Other>> = {}
  const news: DraftField[] = []
  for (const name of draftFieldNames) {
    const there = draft.fields[name]
    const here = before.fields[name]
    const isOpen = unsaved.has(name)
    fields[name] = isOpen ? here : there
    const isRefused = isOpen && (refused.includes(name) || before.theirs[name] !== undefined)
    if (isRefused && there !== undefined && there !== here)
      theirs[name] = { text: there, by: draft.changedBy[name] ?? '' }
    const contested = draft.contested[name]
    if (!isOpen && contested && contested.page !== page && !first.has(name))
      theirs[name] = { text: contested.text, by: contested.by }
    if (before.id !== undefined && !isOpen && sent[name] === undefined && (there ?? '') !== (here ?? ''))
      news.push(name)
  }
  const [one] = news
  const told = one === undefined ? before.news : { by: draft.changedBy[one] ?? '', fields: news }
  return {
    id: draft.id,
    seq: draft.seq,
    fields: present(fields),
    files: draft.files,
    unsaved,
    theirs,
    settled: new Set([...before.settled].filter(name => draft.contested[name] !== undefined)),
    news: told,
  }
}

/** One of two wordings is taken, and the house is told, so that the other page hears of it. */
export function decided(before: DraftShown, name: DraftField, whose: 'mine' | 'theirs'): DraftShown {
  const { [name]: other, ...theirs } = before.theirs
  if (!other) return before
  const isOpen = before.unsaved.has(name)
  const settled = new Set([...before.settled, name])
  // What stands in the house is mine on the page that was first, and theirs on the one that was refused.
  if (whose === 'mine') return isOpen ? { ...before, theirs } : { ...before, theirs, settled }
  const fields = { ...before.fields, [name]: other.text }
  if (!isOpen) return { ...before, theirs, fields, unsaved: new Set([...before.unsaved, name]) }
  const unsaved = new Set([...before.unsaved].filter(one => one !== name))
  return { ...before, theirs, fields, unsaved, settled }
}

/** Sent or given up elsewhere: what was written here and not saved is the beginning of another. */
export function goneFrom(before: DraftShown): DraftShown {
  const fields = Object.fromEntries([...before.unsaved].map(name => [name, before.fields[name]]))
  return { ...blankDraft, fields: present(fields), unsaved: before.unsaved }
}

const present = (fields: Partial<Record<DraftField, string | undefined>>): DraftFields =>
  Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== undefined))
