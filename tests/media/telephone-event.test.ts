import { expect, it } from 'vitest'
import { type EventFields, readEventPayload, writeEventPayload } from '../../src/media/telephone-event.ts'

it('writes event, end, volume and duration, and reads them', () => {
  const payload = new Uint8Array(4)
  writeEventPayload(payload, 0, 11, true, 800)
  expect([...payload]).toEqual([
    0x0b, // event 11: #
    0x8a, // end, volume -10 dBm0
    0x03,
    0x20, // 800 samples: 100 ms
  ])
  const fields: EventFields = { event: 0, isEnd: false, duration: 0 }
  readEventPayload(payload, 0, fields)
  expect(fields).toEqual({ event: 11, isEnd: true, duration: 800 })
})
