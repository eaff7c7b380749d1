import { expect, it } from 'vitest'
import { createEvents } from '../../src/foundation/index.ts'

it('lets no listener hurt the speaker or the other listeners', () => {
  const thrown: unknown[] = []
  const events = createEvents<{ rang: number }>((error, name) =>
    thrown.push([name, (error as Error).message]),
  )
  const heard: number[] = []
  events.on('rang', () => {
    throw new Error('deaf')
  })
  const off = events.on('rang', notice => heard.push(notice))
  events.emit('rang', 1)
  off()
  events.emit('rang', 2)
  expect(heard).toEqual([1])
  expect(thrown).toEqual([
    ['rang', 'deaf'],
    ['rang', 'deaf'],
  ])
})
