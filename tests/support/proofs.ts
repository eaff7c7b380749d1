import { existsSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * What a hotline of an earlier test proved, which a new data folder lacks: the product itself knows the same flows again,
 * by the build that proved them, and a proof is most of what a start takes.
 */
const proofs = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'jieting-proofs')

export async function layProofs(dataDir: string): Promise<void> {
  // What the product makes itself is for it to make, with the rights that it gives it.
  if (existsSync(dataDir))
    await cp(proofs, join(dataDir, 'proofs'), { recursive: true, force: false }).catch(() => undefined)
}

export const keepProofs = (dataDir: string): Promise<void> =>
  cp(join(dataDir, 'proofs'), proofs, { recursive: true, force: false }).catch(() => undefined)
