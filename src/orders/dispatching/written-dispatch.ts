import { readFile } from 'node:fs/promises'
import { type DispatchProofGround, type DispatchWrong, proveDispatch } from '../../catalogue/index.ts'
import { Fault, FaultList, placeInText } from '../../foundation/index.ts'
import type { OrderRules } from '../rules.ts'

/**
 * The dispatch catalogue of a file against the units, kinds and places that it names, before anything is begun with it.
 * @param today as 2026-01-05
 * @throws FaultList with all that is wrong, by line and column
 */
export async function checkDispatchFile(
  path: string,
  { dispatch, units, territory }: Pick<OrderRules, 'dispatch' | 'units' | 'territory'>,
  { catalogue, places }: Pick<DispatchProofGround, 'catalogue' | 'places'>,
  today: string,
): Promise<void> {
  const wrong = proveDispatch(dispatch, { units, territory, catalogue, places }, today)
  if (wrong.length === 0) return
  const written = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '')
  throw new FaultList(
    wrong.map(one => {
      const { found, expected } = one
      return new Fault({
        code: 'rule-invalid',
        place: placeInText(path, written, stepsTo(one)),
        found,
        expected,
      })
    }),
  )
}

/** Of a gap, which stands nowhere, the place of all rows. */
function stepsTo({ at, column }: DispatchWrong): readonly (string | number)[] {
  if (column === 'automatic') return ['automatic', 'kinds']
  return at === undefined ? ['rows'] : ['rows', at, column]
}
