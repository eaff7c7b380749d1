import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readCatalogue } from '../../src/catalogue/index.ts'
import { proveSays } from '../../src/triage/index.ts'

it('the catalogue finds for each of its sentences the object that it is of, with that sentence left out', async () => {
  expect(
    (await proveSays(await readCatalogue(join(import.meta.dirname, '..', '..', 'catalogue')))).map(
      ({ message }) => message,
    ),
  ).toEqual([])
})
