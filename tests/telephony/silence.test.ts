import { describe, expect, it } from 'vitest'
import { createManualClock } from '../../src/foundation/index.ts'
import { type Sound, soundOf } from '../../src/media/index.ts'
import type { KeyPress } from '../../src/telephony/index.ts'
import { courseOf, type Quiet, type Sign, type SilenceCourse } from '../../src/telephony/silence.ts'
import { watchSilence } from '../../src/telephony/silence-watch.ts'

const quiet = (facts: Partial<Quiet>): Quiet => ({
  isHolding: false,
  isTalking: false,
  wasAsked: false,
  isThere: undefined,
  ...facts,
})

describe('one who fell silent', () => {
  it.each<[string, Partial<Quiet>, SilenceCourse]>([
    ['alone is asked', {}, 'ask'],
    ['alone and asked, without an answer, is let go', { wasAsked: true }, 'end'],
    ['who talks is not disturbed: the telephone is asked', { isTalking: true }, 'probe'],
    ['who talks, by a telephone that is there, stays', { isTalking: true, isThere: true }, 'wait'],
    ['who talks, by a telephone that is gone, is let go', { isTalking: true, isThere: false }, 'end'],
    ['who was asked and talks by now is not cut off', { isTalking: true, wasAsked: true }, 'probe'],
    ['who was asked and talks by now stays', { isTalking: true, wasAsked: true, isThere: true }, 'wait'],
    ['who holds us is not asked: the telephone is', { isHolding: true }, 'probe'],
    ['who holds us, by a telephone that is there, stays', { isHolding: true, isThere: true }, 'wait'],
    ['who holds us, by a telephone that is gone, is let go', { isHolding: true, isThere: false }, 'end'],
    ['who was asked and holds us by now is not cut off', { isHolding: true, wasAsked: true }, 'probe'],
    ['whose telephone is there and whom nobody talks to is asked', { isThere: true }, 'ask'],
  ])('%s', (_, facts, course) => {
    expect(courseOf(quiet(facts))).toBe(course)
  })
})

const question = soundOf(new Int16Array(8_000), 'are you there?')
const press = (key: KeyPress['key']): KeyPress => ({ key, source: 'rtp-event', atMs: 0 })

function watched(world: { isTalking?: boolean; isHolding?: boolean; sign?: Sign; isSeat?: boolean } = {}) {
  const clock = createManualClock()
  const said: (readonly Sound[])[] = []
  const doubts: boolean[] = []
  const { isTalking: talking = false, isHolding: holding = false, sign = 'there' } = world
  const is = { talking, holding, sign, ended: false, probes: 0 }
  const watch = watchSilence({
    clock,
    isHolding: () => is.holding,
    isTalking: () => is.talking,
    async askPhone() {
      is.probes++
      // To a telephone whose network is gone nothing comes at all.
      if (world.isSeat && is.sign === 'unheard') await new Promise(() => undefined)
      return is.sign
    },
    seats: world.isSeat ? { missedAfterMs: 2_000, lostAfterMs: 14_000 } : undefined,
    onDoubt: isInDoubt => doubts.push(isInDoubt),
    question: async () => [question],
    say: sounds => said.push(sounds),
    end: () => {
      is.ended = true
    },
  })
  return { clock, watch, is, doubts, said: () => said.map(sounds => sounds.length) }
}

describe('a watch over a silent call', () => {
  it('asks, waits for the question and 10 s more, and ends it', async () => {
    const { clock, watch, is, said } = watched()
    watch.fallSilent()
    await clock.advance(10_900)
    expect([said(), is.ended]).toEqual([[1], false])
    await clock.advance(200)
    expect(is.ended).toBe(true)
  })

  it('goes on when something comes, and stops asking', async () => {
    const { clock, watch, is, said } = watched()
    watch.fallSilent()
    await clock.advance(500)
    watch.revive()
    await clock.advance(600_000)
    expect([said(), is.ended]).toEqual([[1, 0], false])
  })

  it('takes any key for an answer, which answers nothing else, and 0 for the wish that it is', async () => {
    for (const key of ['1', '#', '9', '0'] as const) {
      const { clock, watch, is } = watched()
      expect(watch.takes(press(key))).toBe(false)
      watch.fallSilent()
      await clock.advance(3_000)
      expect(watch.takes(press(key))).toBe(key !== '0')
      expect(watch.takes(press(key))).toBe(false)
      await clock.advance(29_000)
      expect(is.ended).toBe(false)
    }
  })

  it('asks again in time one who answered and is still silent', async () => {
    const { clock, watch, is, said } = watched()
    watch.fallSilent()
    await clock.advance(2_000)
    watch.takes(press('1'))
    await clock.advance(31_000)
    expect(said()).toEqual([1, 0, 1])
    await clock.advance(12_000)
    expect(is.ended).toBe(true)
  })

  it('takes what is typed for a sign, too', async () => {
    const { clock, watch, is, said } = watched()
    watch.fallSilent()
    await clock.advance(2_000)
    watch.sign()
    await clock.advance(20_000)
    expect([said(), is.ended]).toEqual([[1, 0], false])
  })

  it('never cuts off one who talks, and is muted, while their telephone answers', async () => {
    const { clock, watch, is, said } = watched({ isTalking: true })
    watch.fallSilent()
    await clock.advance(3_600_000)
    expect([said(), is.ended]).toEqual([[], false])
    expect(is.probes).toBeGreaterThan(100)
    is.sign = 'gone'
    await clock.advance(31_000)
    expect(is.ended).toBe(true)
  })

  it('never cuts off one who holds us while their telephone answers, and asks them nothing', async () => {
    const { clock, watch, is, said } = watched({ isHolding: true })
    watch.fallSilent()
    await clock.advance(7_200_000)
    expect([said(), is.ended]).toEqual([[], false])
  })

  it.each(['isHolding', 'isTalking'])(
    'lets go (%s) of a telephone that is unheard three times in a row',
    async how => {
      const { clock, watch, is } = watched({ [how]: true, sign: 'unheard' })
      watch.fallSilent()
      await clock.advance(31_000)
      expect([is.ended, is.probes]).toEqual([false, 2])
      is.sign = 'there'
      await clock.advance(30_000)
      is.sign = 'unheard'
      await clock.advance(60_000)
      expect([is.ended, is.probes]).toEqual([false, 5])
      await clock.advance(30_000)
      expect([is.ended, is.probes]).toEqual([true, 6])
    },
  )

  it('lets go of a seat’s telephone in its own time, and keeps one that says that it is there', async () => {
    const { clock, watch, is } = watched({ isTalking: true, sign: 'unheard', isSeat: true })
    watch.fallSilent()
    await clock.advance(7_900)
    expect([is.ended, is.probes]).toEqual([false, 1])
    await clock.advance(200)
    expect([is.ended, is.probes]).toEqual([false, 2])
    await clock.advance(4_000)
    expect([is.ended, is.probes]).toEqual([true, 2])
    const other = watched({ isTalking: true, isSeat: true })
    other.watch.fallSilent()
    await other.clock.advance(70_000)
    expect([other.is.ended, other.is.probes, other.doubts]).toEqual([false, 3, []])
  })

  it('tells within a second that a telephone does not answer, and when it does again', async () => {
    const { clock, watch, doubts } = watched({ isTalking: true, sign: 'unheard', isSeat: true })
    watch.fallSilent()
    await clock.advance(900)
    expect(doubts).toEqual([])
    await clock.advance(200)
    expect(doubts).toEqual([true])
    watch.revive()
    expect(doubts).toEqual([true, false])
    watch.fallSilent()
    await clock.advance(2_000)
    expect(doubts).toEqual([true, false, true])
  })

  it('asks who holds us no more once they take us back, but whether they are there', async () => {
    const { clock, watch, is, said } = watched({ isHolding: true })
    watch.fallSilent()
    await clock.advance(100_000)
    is.holding = false
    await clock.advance(30_000)
    expect([said(), is.ended]).toEqual([[1], false])
  })

  it('does not cut off one who was asked and is talked to before they answered', async () => {
    const { clock, watch, is } = watched()
    watch.fallSilent()
    await clock.advance(2_000)
    is.talking = true
    await clock.advance(600_000)
    expect(is.ended).toBe(false)
  })

  it('says nothing more of a call that is over', async () => {
    const { clock, watch, is } = watched()
    watch.fallSilent()
    await clock.advance(100)
    watch.stop()
    await clock.advance(600_000)
    expect(is.ended).toBe(false)
  })
})
