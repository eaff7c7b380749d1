import { type Fault, FaultList } from '../../foundation/index.ts'
import { type CatalogueFile, readCatalogueFiles, type WrittenCatalogue } from '../read.ts'
import { goneWithout } from './edits.ts'

/** Finds what keeps a readable catalogue from being published. */
export type ProveCatalogue = (catalogue: WrittenCatalogue) => Promise<readonly Fault[]>

/** Parses and checks files: the catalogue if readable, and all faults. */
export type ReadFiles = (
  files: readonly CatalogueFile[],
  before: WrittenCatalogue,
) => Promise<{ readonly catalogue?: WrittenCatalogue; readonly faults: readonly Fault[] }>

const mostRemembered = 8

/** Each check runs once, since a draft is shown again and again while it is written. */
export function readAndProve(prove: ProveCatalogue): ReadFiles {
  const proofs = new Map<string, Promise<readonly Fault[]>>()
  return async (files, before) => {
    try {
      const catalogue = await readCatalogueFiles(files)
      const proof = proofs.get(catalogue.digest) ?? prove(catalogue)
      proofs.set(catalogue.digest, proof)
      for (const old of [...proofs.keys()].slice(0, -mostRemembered)) proofs.delete(old)
      const faults = await proof.catch((error: unknown) => {
        proofs.delete(catalogue.digest)
        throw error
      })
      return { catalogue, faults: [...goneWithout(before, catalogue), ...faults] }
    } catch (error) {
      if (error instanceof FaultList) return { faults: error.faults }
      throw error
    }
  }
}
