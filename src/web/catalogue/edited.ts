import type { CatalogueEditRequest, CatalogueWritten } from '../../catalogue/versions/api.ts'

export type EditedKind = { readonly code: string; readonly name: string; readonly urgency: string }

/** An object as the form has it: lists as lines or words of a text. */
export type EditedObject = {
  readonly name: string
  readonly units: string
  readonly words: string
  readonly says: string
  readonly not: string
  readonly form: string
  readonly elder: boolean
  readonly kinds: readonly EditedKind[]
}

/** As a file has an object; the house has read it before. */
type InFile = {
  readonly words?: string
  readonly says?: readonly string[]
  readonly not?: readonly { readonly is: string; readonly ask: string }[]
  readonly form?: string
  readonly elder?: boolean
  readonly kinds?: Readonly<Record<string, string | { readonly name: string; readonly urgency: string }>>
}
const inFile = ({ written }: CatalogueWritten): InFile => written as InFile

export function objectIn(seen: CatalogueWritten): EditedObject {
  const { words = '', says = [], not = [], form = '', elder = false, kinds = {} } = inFile(seen)
  return {
    name: seen.object,
    units: seen.units.join(' '),
    words,
    says: says.join('\n'),
    not: not.map(({ is, ask }) => `${is}：${ask}`).join('\n'),
    form,
    elder,
    kinds: Object.entries(kinds).map(([code, kind]) =>
      typeof kind === 'string'
        ? { code, name: kind, urgency: '' }
        : { code, name: kind.name, urgency: kind.urgency },
    ),
  }
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
const wordsOf = (text: string) => text.split(/\s+/).filter(Boolean)

/** What is to stand elsewhere in the file; nothing where nothing is other. */
export function editsOf(
  seen: CatalogueWritten,
  given: EditedObject,
): NonNullable<CatalogueEditRequest['edits']> {
  const before = objectIn(seen)
  const group = ['groups', seen.group]
  const name = given.name.trim()
  const { file } = seen
  const hasOther = JSON.stringify({ ...before, units: '' }) !== JSON.stringify({ ...given, units: '' })
  return [
    ...(hasOther ? [{ file, at: [...group, 'objects', name], value: writtenIn(seen, given) }] : []),
    ...(hasOther && name !== seen.object ? [{ file, at: [...group, 'objects', seen.object] }] : []),
    ...(given.units === before.units ? [] : [{ file, at: [...group, 'units'], value: wordsOf(given.units) }]),
  ]
}

/** As the file is to have it; what the form knows nothing of stays. */
function writtenIn(seen: CatalogueWritten, given: EditedObject) {
  const kinds = given.kinds.filter(({ code, name }) => code !== '' || name !== '')
  return {
    ...inFile(seen),
    words: wordsOf(given.words).join(' '),
    says: linesOf(given.says),
    not: linesOf(given.not).map(line => {
      const [is = '', ...ask] = line.split(/[：:]/)
      return { is: is.trim(), ask: ask.join('：').trim() }
    }),
    form: wordsOf(given.form).join(' '),
    elder: given.elder || undefined,
    kinds: Object.fromEntries(
      kinds.map(({ code, name, urgency }) => [code.trim(), urgency === '' ? name : { name, urgency }]),
    ),
  }
}
