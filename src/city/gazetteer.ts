import { z } from 'zod'
import { readJsonFile } from '../foundation/index.ts'

/** Where the city's gazetteer lies unless a setting says otherwise. */
export const gazetteerFile = './gazetteer.json'

const name = z.string().min(2).max(32)
const gazetteerSchema = z.strictObject({
  /** By district and street: its communities and villages, with blanks between them. */
  districts: z
    .record(
      name,
      z.record(
        name,
        z
          .string({ error: 'names with blanks between them' })
          .transform(line => line.split(/\s+/).filter(one => one !== '')),
      ),
    )
    .default({}),
})

/** What the places of the city are called: districts, their streets, and the communities of each. */
export type Gazetteer = z.output<typeof gazetteerSchema>

/**
 * @param path of a JSON file. Where none lies at the usual place, no place is known.
 * @throws FaultList with every fault, by its path in the file
 */
export const readGazetteer = (path: string): Promise<Gazetteer> =>
  readJsonFile(path, gazetteerSchema, {
    code: 'city-invalid',
    whenAbsent: path === gazetteerFile ? {} : undefined,
  })
