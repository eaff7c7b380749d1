import { catalogueFault, type WrittenCatalogue } from '../catalogue/index.ts'
import type { Fault } from '../foundation/index.ts'
import { buildProfiles, suggestWithout } from './profiles.ts'

/** Each sentence of the catalogue finds its own object among the first three, with itself left out. */
export async function proveSays(catalogue: WrittenCatalogue): Promise<readonly Fault[]> {
  const faults: Fault[] = []
  const profiles = buildProfiles(catalogue)
  for (const object of catalogue.objects.values())
    for (const sentence of object.says) {
      const { name } = object
      const found = suggestWithout(profiles, object, sentence).found.map(({ label }) => label)
      if (found.slice(0, 3).includes(name)) continue
      const place = `${await catalogue.placeOf(name)} ${name}`
      faults.push(
        catalogueFault(
          place,
          `"${sentence}", which finds ${found.slice(0, 3).join(', ')}`,
          'itself among the first three',
        ),
      )
    }
  return faults
}
