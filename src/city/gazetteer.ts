import { z } from 'zod'
import { readJsonFile } from '../foundation/index.ts'

/** Default path of the city's gazetteer. */
export const gazetteerFile = './gazetteer.json'

const name = z.string().min(2).max(32)
const gazetteerSchema = z.strictObject({
  /** Communities and villages by district and street, separated by blanks. */
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

/** The names of the city's places: districts, their streets, and the communities of each street. */
export type Gazetteer = z.output<typeof gazetteerSchema>

/**
 * @param path of a JSON file. If there is no file at the default path, the gazetteer is empty.
 * @throws FaultList with every fault, located by its path in the file
 */
export const readGazetteer = (path: string): Promise<Gazetteer> =>
  readJsonFile(path, gazetteerSchema, {
    code: 'city-invalid',
    whenAbsent: path === gazetteerFile ? {} : undefined,
  })
