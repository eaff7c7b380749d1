import { changeJson, Fault, FaultList } from '../../foundation/index.ts'
import type { Catalogue } from '../catalogue.ts'
import { catalogueFault } from '../faults.ts'
import type { CatalogueFile, WrittenCatalogue } from '../read.ts'
import type { CatalogueEdit } from './api.ts'
import type { CatalogueDraft } from './version.ts'

/**
 * Applies edits to files and leaves the rest as written.
 * @throws FaultList for an edit to a file that does not exist, or is not JSON
 */
export function edited(
  files: readonly CatalogueFile[],
  { edits, files: whole }: Pick<CatalogueEdit, 'edits' | 'files'>,
): readonly CatalogueFile[] {
  const texts = new Map(files.map(({ name, text }) => [name, text]))
  for (const { name, text } of whole) {
    if (text === null) texts.delete(name)
    else texts.set(name, text.replace(/^\uFEFF/, ''))
  }
  for (const { file, at, value } of edits) {
    const text = texts.get(file)
    if (text === undefined)
      throw new FaultList([catalogueFault(file, 'no such file in the catalogue', 'one of its files')])
    texts.set(file, changedIn(file, text, at, value))
  }
  return [...texts].map(([name, text]) => ({ name, text }))
}

function changedIn(file: string, text: string, at: readonly string[], value: unknown): string {
  try {
    JSON.parse(text)
    return changeJson(text, at, value)
  } catch (cause) {
    const found = `what is no JSON, or has no place for ${at.join(' > ')}`
    const expected = 'a file that can be edited'
    throw new FaultList([new Fault({ code: 'catalogue-invalid', place: file, found, expected, cause })])
  }
}

/** The difference of a draft from its base: changed files, with null for deleted ones. */
export function differing(
  base: readonly CatalogueFile[],
  files: readonly CatalogueFile[],
): CatalogueDraft['files'] {
  const [was, is] = [base, files].map(all => new Map(all.map(({ name, text }) => [name, text])))
  const names = [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])]
  return Object.fromEntries(
    names.flatMap(name => (was?.get(name) === is?.get(name) ? [] : [[name, is?.get(name) ?? null]])),
  )
}

/** The files of a base with a draft's changes. */
export const filesOf = (
  base: readonly CatalogueFile[],
  changed: CatalogueDraft['files'],
): readonly CatalogueFile[] =>
  edited(base, {
    edits: [],
    files: Object.entries(changed).map(([name, text]) => ({ name, text })),
  })

/** A removed kind must have a successor in former.json: orders hold its code and would otherwise lose their meaning. */
export const goneWithout = (before: Catalogue, after: Catalogue) =>
  [...before.kinds.values()].flatMap(({ code, object, name }) =>
    after.kinds.has(code) || after.former.has(code)
      ? []
      : [
          catalogueFault(
            `former.json ${object}·${name}`,
            `code ${code}, which is gone`,
            'the code that it is now',
          ),
        ],
  )

/** The position of the object of a kind, by the kind's code. */
export function standOfKind(catalogue: WrittenCatalogue, code: string) {
  const object = catalogue.objects.get(catalogue.kinds.get(code)?.object ?? '')
  const stand = object && catalogue.standOf(object.name)
  return stand && { object, stand }
}
