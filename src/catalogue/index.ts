/**
 * What citizens ask for: over two thousand kinds in four levels, what citizens call each, which units answer for it
 * in which district, and the category of its orders. Read from files that people edit, and checked.
 */

export { type CatalogueBook, createCatalogueBook } from './book.ts'
export { catalogueBrings } from './brings.ts'
export {
  type Catalogue,
  type CatalogueKind,
  type CatalogueObject,
  type CatalogueUrgency,
  codeNow,
  kindName,
  objectsOf,
  unitFor,
} from './catalogue.ts'
export {
  copiesOf,
  type DispatchAnswer,
  type DispatchGround,
  dispatchAnswer,
  type PlacedUnit,
  successorOf,
  type Territory,
  territoryOf,
} from './dispatch/answer.ts'
export { type DispatchProofGround, type DispatchWrong, proveDispatch } from './dispatch/proof.ts'
export { overlapping, readDispatch, readDispatchFile, writeDispatch } from './dispatch/read.ts'
export {
  beginningsOf,
  type DispatchAsked,
  type DispatchRow,
  type DispatchRules,
  noDispatchRules,
  rowFor,
  rowName,
} from './dispatch/row.ts'
export { catalogueFault } from './faults.ts'
export { createLiveCatalogue, type LiveCatalogue } from './live.ts'
export { type CatalogueGround, proveCatalogue } from './proof.ts'
export { type CatalogueFile, readCatalogue, readCatalogueFiles, type WrittenCatalogue } from './read.ts'
export { type CatalogueEditions, openCatalogueEditions } from './versions/versions.ts'
