import { describe, expect, it } from 'vitest'
import { createTurns } from '../../src/foundation/index.ts'

describe('turns', () => {
  it('are taken in the order they were asked for, one at a time, also after one that failed', async () => {
    const turns = createTurns()
    const seen: string[] = []
    const work = (name: string) => async () => {
      seen.push(`${name} begins`)
      await Promise.resolve()
      seen.push(`${name} ends`)
      return name
    }
    const first = turns.take(work('a'))
    const failed = turns.take(async () => {
      await work('b')()
      throw new Error('no')
    })
    const third = turns.take(work('c'))
    await expect(failed).rejects.toThrow('no')
    expect([await first, await third]).toEqual(['a', 'c'])
    await turns.ended()
    expect(seen).toEqual(['a', 'b', 'c'].flatMap(name => [`${name} begins`, `${name} ends`]))
  })
})
