import type { WrittenCatalogue } from './read.ts'

/** The catalogue in force: each access reads what was published last. */
export type LiveCatalogue = WrittenCatalogue & {
  /** Puts another catalogue in force. */
  use(next: WrittenCatalogue): void
  current(): WrittenCatalogue
}

export function createLiveCatalogue(first: WrittenCatalogue): LiveCatalogue {
  let now = first
  return {
    get objects() {
      return now.objects
    },
    get kinds() {
      return now.kinds
    },
    get units() {
      return now.units
    },
    get instead() {
      return now.instead
    },
    get former() {
      return now.former
    },
    get files() {
      return now.files
    },
    get digest() {
      return now.digest
    },
    standOf: object => now.standOf(object),
    placeOf: (object, kind) => now.placeOf(object, kind),
    current: () => now,
    use(next) {
      now = next
    },
  }
}
