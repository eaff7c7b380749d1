import { join } from 'node:path'
import { readCatalogue } from '../../src/catalogue/index.ts'

let read: ReturnType<typeof readCatalogue> | undefined

/** The catalogue that ships, read once for all houses of a file: it takes half a second. */
export function shippedCatalogue() {
  read ??= readCatalogue(join(import.meta.dirname, '..', '..', 'catalogue'))
  return read
}
