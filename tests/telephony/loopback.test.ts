import { describe, expect, it } from 'vitest'
import { createManualClock, silentLog } from '../../src/foundation/index.ts'
import { soundOf } from '../../src/media/index.ts'
import { type Call, openLoopbackLine } from '../../src/telephony/index.ts'
import { callerOn, rings, seatPhone } from '../support/caller.ts'

const words = (text: string, seconds: number) => soundOf(new Int16Array(8000 * seconds), text)

function house(onCall: (call: Call) => Promise<void>) {
  const clock = createManualClock()
  const failures: unknown[] = []
  const onFailure = async (call: Call, error: unknown) => {
    failures.push(error)
    await call.play([words('请稍后再拨', 2)])
    await call.hangup()
  }
  return { clock, failures, line: openLoopbackLine({ clock, log: silentLog, onCall, onFailure }) }
}

const stays = async (call: Call) => {
  await call.answer()
  await call.ended
}

describe('the loopback line', () => {
  it('plays by the clock, one sound after the other, and tells when each began', async () => {
    const ends: string[] = []
    const { clock, line } = house(async call => {
      ends.push(await call.play([words('您好', 2), words('请讲', 1)]))
    })
    const caller = rings(line)
    await caller.hears('您好')
    await clock.advance(1_999)
    expect(caller.phone.heard).toHaveLength(1)
    await clock.advance(1)
    expect(caller.phone.heard.map(({ text, atMs }) => [text, atMs])).toEqual([
      ['您好', 0],
      ['请讲', 2000],
    ])
    expect(ends).toEqual([])
    await clock.advance(1_000)
    expect(ends).toEqual(['finished'])
    caller.hangsUp()
    expect(clock.pending()).toBe(0)
  })

  it('repeats a looped sound until it is stopped, and never spins on an empty one', async () => {
    const stop = new AbortController()
    const ends: string[] = []
    const { clock, line } = house(async call => {
      ends.push(await call.play([words('', 0)], { loop: true }))
      ends.push(await call.play([words('乐', 1)], { loop: true, signal: stop.signal }))
    })
    const caller = rings(line)
    await caller.hears('乐')
    await clock.advance(3_500)
    expect(caller.phone.heard.filter(({ text }) => text === '乐')).toHaveLength(4)
    stop.abort()
    await clock.advance(0)
    expect(ends).toEqual(['finished', 'stopped'])
    caller.hangsUp()
  })

  it('keeps keys pressed ahead', async () => {
    const { line } = house(stays)
    const caller = rings(line)
    await caller.phone.answered
    caller.presses('1', '2', '0')
    caller.hangsUp()
    expect(await caller.isLeft()).toEqual({ by: 'them', reason: 'hung-up' })
  })

  it('lets a caller and a seat dialled near hear each other until one hangs up', async () => {
    const { line } = house(async call => {
      await call.answer()
      const seat = await line.dial(
        { kind: 'seat', name: 's1', contact: 'sip:s1@desk' },
        { near: call, ringMs: 15_000, from: { number: call.caller } },
      )
      await call.bridge(seat)
      await Promise.race([call.ended, seat.ended])
      await Promise.all([call.hangup(), seat.hangup()])
    })
    const desk = seatPhone(line, 'sip:s1@desk')
    const caller = rings(line, { from: '13900139000' })
    const agent = await desk.answers()
    expect(agent.phone.shows.number).toBe('13900139000')
    await new Promise(setImmediate)
    caller.says('家里停水了')
    expect(await agent.hears('停水')).toMatchObject({ from: 'other' })
    agent.says('请问地址')
    await caller.hears('地址')
    caller.hangsUp()
    expect(await agent.isLeft()).toEqual({ by: 'us', reason: 'hung-up' })
    expect(line.size()).toBe(0)
  })

  it('refuses to bridge what was not dialled near, as a worker cannot reach into another', async () => {
    const { line } = house(stays)
    seatPhone(line, 'sip:s1@desk').answers()
    const calls = await Promise.all(
      [1, 2].map(() => {
        line.plugIn('1', phone => phone.accept())
        return line.dial({ kind: 'number', number: '1' }, { ringMs: 1 })
      }),
    )
    await expect(calls[0]?.bridge(calls[1] as Call)).rejects.toMatchObject({ code: 'bridge-failed' })
    await line.close()
    expect(line.size()).toBe(0)
  })

  it('says why a phone was not reached: busy, declined, never answered, not there, given up', async () => {
    const { clock, line } = house(stays)
    const to = { kind: 'seat', name: 's1', contact: 'x' } as const
    const dial = (signal?: AbortSignal) => line.dial(to, { ringMs: 15_000, ...(signal && { signal }) })
    await expect(dial()).rejects.toMatchObject({ code: 'unreachable' })

    const desk = seatPhone(line, 'x')
    const busy = dial()
    ;(await desk.rings()).reject('busy')
    await expect(busy).rejects.toMatchObject({ code: 'busy' })
    const declined = dial()
    ;(await desk.rings()).reject('declined')
    await expect(declined).rejects.toMatchObject({ code: 'rejected' })

    const unanswered = dial()
    const never = await desk.rings()
    const late = expect(unanswered).rejects.toMatchObject({ code: 'no-answer' })
    await clock.advance(15_000)
    await late
    expect(await never.ended).toEqual({ by: 'us', reason: 'no-answer' })

    const giveUp = new AbortController()
    const given = dial(giveUp.signal)
    await desk.rings()
    giveUp.abort(new Error('the caller is gone'))
    await expect(given).rejects.toThrow('the caller is gone')
    expect([line.size(), clock.pending()]).toEqual([0, 0])
  })

  it('never leaves a caller in silence when the handler throws', async () => {
    const { clock, failures, line } = house(async call => {
      await call.answer()
      throw new Error('the flow is broken')
    })
    const caller = rings(line)
    await caller.hears('请稍后再拨')
    await clock.advance(2_000)
    expect(await caller.isLeft()).toEqual({ by: 'us', reason: 'hung-up' })
    expect(failures).toHaveLength(1)
  })

  it('answers everything that is asked of an ended call', async () => {
    const { line } = house(stays)
    const caller = rings(line)
    line.plugIn('1', phone => phone.accept())
    const call = await line.dial({ kind: 'number', number: '1' }, { ringMs: 1 })
    await call.hangup()
    expect(await call.play([words('您好', 1)])).toBe('lost')
    expect(await call.keys.take()).toBeUndefined()
    expect(await call.record('nowhere.wav')).toEqual({ path: 'nowhere.wav', durationMs: 0 })
    await call.answer()
    await call.bridge(call)
    await call.hangup()
    expect(call.signal.aborted).toBe(true)
    caller.hangsUp()
    callerOn(caller.phone).presses('0')
    await caller.isLeft()
    expect(line.size()).toBe(0)
  })

  it('gives a tap the words of both directions', async () => {
    const said: string[] = []
    const { line } = house(async call => {
      call.tap(({ direction, payload }) => said.push(`${direction} ${new TextDecoder().decode(payload)}`))
      await call.play([words('请讲', 1)])
    })
    const caller = rings(line)
    await caller.hears('请讲')
    caller.says('我要投诉')
    caller.hangsUp()
    expect(said).toEqual(['said 请讲', 'heard 我要投诉'])
  })
})
