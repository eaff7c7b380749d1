import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { Fault, FaultList, reasonOf } from '../../foundation/index.ts'
import type { OrderStatus } from '../order-status.ts'
import { readYaml } from '../yaml-file.ts'

const statuses = z.record(
  z.string().regex(/^\d+$/, { error: 'the number of an order, in digits and quotes' }),
  z.string({ error: 'the name of a status, such as handling' }),
  { error: 'statuses by the numbers of orders, as { "2600000000012": handling }' },
)

/**
 * The twin: a YAML or JSON file, written by hand or by a nightly export, and read again for each caller who asks.
 * @throws FaultList, also later when asked, with the place of what is wrong; Fault `file-unreadable`
 */
export async function openStatusFile(path: string): Promise<OrderStatus> {
  const read = async () => {
    const text = await readFile(path, 'utf8').catch((cause: unknown) => {
      const found = reasonOf(cause)
      throw new Fault({
        code: 'file-unreadable',
        place: path,
        found,
        expected: 'a file that can be read',
        cause,
      })
    })
    const { content, faults } = readYaml(path, text, statuses)
    if (!content) throw new FaultList(faults)
    return content
  }
  await read()
  return {
    async of(order) {
      const known = await read()
      return Object.hasOwn(known, order) ? known[order] : undefined
    },
  }
}
