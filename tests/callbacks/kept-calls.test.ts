import { expect, it } from 'vitest'
import { keepCallbacks } from '../../src/callbacks/index.ts'
import { Fault, silentLog } from '../../src/foundation/index.ts'

type Dependencies = Parameters<typeof keepCallbacks>[0]

it('rings for an agent who presses twice as for one who presses once', async () => {
  const acts: string[] = []
  let rung = 0
  let end: object = { kind: 'talked' }
  let over: () => void = () => undefined
  const keep = keepCallbacks({
    callerId: '12345',
    callbacks: {
      async act(_: string, { do: what }: { readonly do: string }) {
        acts.push(what)
        return { number: '+8613800138000', ringing: { by: 'anyone', because: 'rang-us' } }
      },
    },
    desk: {
      // As the desk does while it rings that number.
      callOut() {
        if (rung++ > 0)
          throw new Fault({ code: 'number-being-rung', place: 'outgoing', found: '', expected: '' })
        return new Promise(resolve => {
          over = () => resolve(end)
        })
      },
    },
    onTheLine: () => [],
    log: silentLog,
  } as unknown as Dependencies)
  const first = keep('s1', 'back_1')
  await keep('s1', 'back_1')
  over()
  await first
  expect([acts, rung]).toEqual([['take'], 1])
  // Over, it may be rung anew; an own phone that was not answered is not taken for the citizen's.
  rung = 0
  end = { kind: 'failed', reason: 'no-answer' }
  const again = keep('s1', 'back_1')
  const refused = expect(again).rejects.toMatchObject({ code: 'seat-phone-failed' })
  await Promise.resolve()
  over()
  await refused
  expect([rung, acts]).toEqual([1, ['take', 'take', 'let-go']])
})

it('gives a callback that must not be rung back, at no wrap-up and with why, before a telephone rings or once it has', async () => {
  const acts: string[] = []
  let by = 'nobody'
  let rung = 0
  const keep = keepCallbacks({
    callerId: '12345',
    callbacks: {
      async act(_: string, { do: what }: { readonly do: string }) {
        acts.push(what)
        return { number: '+8613800138000', ringing: { by, because: 'no-contact' } }
      },
    },
    desk: {
      async callOut(_: string, { isRefusal }: { isRefusal: (reason: string) => boolean }) {
        rung++
        expect([isRefusal('callback-not-to-be-rung'), isRefusal('no-answer')]).toEqual([true, false])
        return { kind: 'nobody', reason: 'callback-not-to-be-rung' }
      },
    },
    onTheLine: () => [],
    log: silentLog,
  } as unknown as Dependencies)
  const refused = { code: 'callback-not-to-be-rung' }
  await expect(keep('s1', 'back_1')).rejects.toMatchObject({ ...refused, found: 'no-contact' })
  expect([rung, acts]).toEqual([0, ['take', 'give-back']])
  by = 'anyone'
  await expect(keep('s1', 'back_1')).rejects.toMatchObject(refused)
  expect([rung, acts.slice(2)]).toEqual([1, ['take', 'give-back']])
})
