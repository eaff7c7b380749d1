import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { OrderAct } from '../../http/contract.ts'
import { ask, reasonOf } from '../house/house.ts'
import { refusalOf } from './words.ts'

/** So many at once: 500 take some seconds, and nobody else at the house waits for them. */
const atOnce = 4

/** One act on many orders, each of which is decided, written and refused by itself. */
export function useManyActs() {
  const client = useQueryClient()
  const [done, setDone] = useState(0)
  const [of, setOf] = useState<number>()
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map())

  async function run(numbers: readonly string[], act: OrderAct): Promise<readonly string[]> {
    const left = [...numbers]
    const whyNot = new Map<string, string>()
    setDone(0)
    setOf(numbers.length)
    setRefused(whyNot)
    const work = async () => {
      for (let number = left.shift(); number !== undefined; number = left.shift()) {
        try {
          await ask('POST /api/orders/{number}/acts', { path: { number }, body: act })
        } catch (error) {
          whyNot.set(number, refusalOf(reasonOf(error)))
        }
        setDone(now => now + 1)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    setRefused(new Map(whyNot))
    await client.invalidateQueries({ queryKey: ['orders'] })
    return [...whyNot.keys()]
  }
  return { done, of, refused, run }
}
