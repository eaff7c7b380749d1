import { catalogueFault, type WrittenCatalogue } from '../catalogue/index.ts'
import type { Fault } from '../foundation/index.ts'
import { buildProfiles, suggestLeftOut } from './profiles.ts'

/** Each sentence of the catalogue finds its own object among the first three, with itself left out. */
export async function proveSays(catalogue: WrittenCatalogue): Promise<readonly Fault[]> {
  const faults: Fault[] = []
  const profiles = buildProfiles(catalogue)
  for (const object of catalogue.objects.values()) {
    const { name, says } = object
    for (const [at, { found }] of suggestLeftOut(profiles, object).entries()) {
      const firstThree = found.slice(0, 3).map(({ label }) => label)
      if (firstThree.includes(name)) continue
      const place = `${await catalogue.placeOf(name)} ${name}`
      const said = `"${says[at]}", which finds ${firstThree.join(', ')}`
      faults.push(catalogueFault(place, said, 'itself among the first three'))
    }
  }
  return faults
}
