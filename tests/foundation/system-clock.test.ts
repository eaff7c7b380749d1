import { once } from 'node:events'
import { expect, it } from 'vitest'
import { systemClock } from '../../src/foundation/index.ts'

it('takes a time that is over for now, and warns nobody of it', async () => {
  const warnings: string[] = []
  const hear = ({ name }: Error) => warnings.push(name)
  process.on('warning', hear)
  const acted = new EventTarget()
  const isOver = once(acted, 'done')
  systemClock.after(-20, () => acted.dispatchEvent(new Event('done')))
  await isOver
  await new Promise(resolve => setImmediate(resolve))
  process.off('warning', hear)
  expect(warnings).toEqual([])
})
