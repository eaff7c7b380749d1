import { describe, expect, it } from 'vitest'
import { sleep } from '../../src/foundation/index.ts'
import { type FlowEvent, ordinaryWorld, rehearseOn, utterancesOf } from '../../src/ivr/index.ts'
import { holdMusic } from '../../src/speech/index.ts'
import { putOnTheLine } from './on-the-line.ts'
import { callsByKeys, shipped } from './shipped.ts'

const hotline = { flow: 'hotline', world: ordinaryWorld }

describe('written calls go on a line as they go in the simulator:', () => {
  it.each(callsByKeys.map(call => [`${call.flow}: ${call.call}`, call] as const))('%s', async (_, call) => {
    const stage = await putOnTheLine(shipped, call)
    expect((await rehearseOn(stage, call))?.message).toBeUndefined()
  })
})

it('writes down the way through the flow, what was said and what was pressed', async () => {
  const stage = await putOnTheLine(shipped, hotline)
  await stage.act({ kind: 'press', key: '0' })
  await stage.act({ kind: 'hangup' })
  expect(
    stage.facts.map(fact => [fact.kind, 'state' in fact ? fact.state : 'key' in fact ? fact.key : '']),
  ).toEqual([
    ['flow', 'who'],
    ['flow', 'greeting'],
    ['prompt', ''],
    ['key', '0'],
    ['flow', 'queue'],
    ['prompt', ''],
  ])
  expect(stage.outcome()).toBe('ended')
})

it('writes no digit down of a number that is keyed in, nor what is read back of it, and all choices', async () => {
  const stage = await putOnTheLine(shipped, { flow: 'hotline', world: { ...ordinaryWorld, caller: '' } })
  await stage.act({ kind: 'press', key: '0' })
  await stage.act({ kind: 'press', key: '2' })
  for (const key of '13800138000') await stage.act({ kind: 'press', key: key as '1' })
  await stage.act({ kind: 'press', key: '1' })
  const keys = stage.facts.flatMap(fact => (fact.kind === 'key' ? [fact.key] : []))
  expect(keys.join('')).toBe('02•••••••••••1')
  const said = stage.facts.flatMap(fact => (fact.kind === 'prompt' ? [fact.text] : []))
  expect(said).toContain('您的号码是 ••••。不对请按星号键重新输入。')
  // But the one that says where they want to be called.
  const given = stage.facts.filter(fact => fact.kind === 'gave-number')
  expect(given[0]).toMatchObject({ kind: 'gave-number', number: '13800138000' })
  const others = stage.facts.filter(fact => fact.kind !== 'gave-number')
  expect(JSON.stringify(others)).not.toMatch(/1[ -]?3[ -]?8|幺三八|一三八/)
})

it('writes down what was keyed of a number with digits missing, and nothing of a slip of the finger', async () => {
  const stage = await putOnTheLine(shipped, { flow: 'hotline', world: { ...ordinaryWorld, caller: '' } })
  await stage.act({ kind: 'press', key: '0' })
  await stage.act({ kind: 'press', key: '2' })
  const given = () => stage.facts.flatMap(fact => (fact.kind === 'gave-number' ? [fact.number] : []))
  for (const key of '139#') await stage.act({ kind: 'press', key: key as '1' })
  expect(given()).toEqual([])
  for (const key of '139123456#') await stage.act({ kind: 'press', key: key as '1' })
  expect(given()).toEqual(['139123456'])
  const said = stage.facts.flatMap(fact => (fact.kind === 'prompt' ? [fact.text] : []))
  expect(said.join('')).toContain('您输入了9位，手机号码是11位。')
})

it.each([
  ['139123456', ['139123456']],
  ['13912345678', ['13912345678']],
  ['139', []],
])('writes down %s where they hang up within the number, or with its last digit', async (keyed, written) => {
  const stage = await putOnTheLine(shipped, { flow: 'hotline', world: { ...ordinaryWorld, caller: '' } })
  await stage.act({ kind: 'press', key: '0' })
  await stage.act({ kind: 'press', key: '2' })
  for (const key of keyed) await stage.act({ kind: 'press', key: key as '1' })
  await stage.act({ kind: 'hangup' })
  const given = stage.facts.flatMap(fact => (fact.kind === 'gave-number' ? [fact.number] : []))
  expect(given).toEqual(written)
})

it('tells callers that they are turned into text where they are, and nobody elsewhere', async () => {
  const heard = async (transcribes: boolean) => {
    const stage = await putOnTheLine(shipped, hotline, doors => {
      doors.transcribes = transcribes
    })
    return stage.facts.flatMap(fact => (fact.kind === 'prompt' ? [fact.text] : [])).join('')
  }
  expect(await heard(true)).toBe('您好，12345热线，正在转接人工。通话会转成文字。')
  expect(await heard(false)).toBe('您好，12345热线，正在转接人工。')
})

describe('a promise with a time', () => {
  /** Whoever asks in the queue to be called, where a voice takes so long over words with a time. */
  async function promised(lateMs: number) {
    const world = { ...ordinaryWorld, dueMs: 30 * 60_000 }
    const stage = await putOnTheLine(shipped, { flow: 'hotline', world }, doors => {
      const { prompts, clock } = doors
      doors.prompts = {
        async sound(utterance, signal) {
          if (utterance.text.includes('最迟')) await sleep(clock, lateMs, signal)
          return prompts.sound(utterance, signal)
        },
      }
    })
    await stage.act({ kind: 'press', key: '0' })
    await stage.act({ kind: 'press', key: '4' })
    for (let second = 0; second < 30; second++) await stage.act({ kind: 'wait', ms: 1000 })
    return {
      said: stage.facts.flatMap(fact => (fact.kind === 'prompt' ? [fact.text] : [])),
      told: stage.facts.filter(fact => fact.kind === 'told-time'),
    }
  }

  it('is heard with the time, and nothing is put right', async () => {
    const { said, told } = await promised(1_000)
    expect(said.filter(text => text.includes('最迟在今天'))).toHaveLength(1)
    expect(told).toEqual([])
  })

  it('is heard without the time where no voice is ready for it, in words made before, and that is written', async () => {
    const { said, told } = await promised(20_000)
    const words = '好的，轮到您时，我们会拨打 您的号码。您可以挂机了。'
    expect(said).toContain(words)
    expect(utterancesOf(shipped).map(({ text }) => text)).toContain(words)
    expect(told).toEqual([{ kind: 'told-time', dueAtMs: undefined }])
  })
})

it('is in the queue at once when 0 is pressed: before the next turn of the event loop', async () => {
  const asked: string[] = []
  const stage = await putOnTheLine(shipped, hotline, doors => {
    const { queue } = doors
    doors.queue = (...given) => {
      asked.push('queue')
      return queue(...given)
    }
  })
  const pressing = stage.act({ kind: 'press', key: '0' })
  await Promise.resolve()
  await Promise.resolve()
  expect(asked).toEqual(['queue'])
  await pressing
})

it('has the greeting ready before it answers', async () => {
  const order: string[] = []
  await putOnTheLine(shipped, hotline, doors => {
    const { prompts, journal } = doors
    doors.prompts = {
      sound(utterance) {
        order.push('prepared')
        return prompts.sound(utterance)
      },
    }
    doors.journal = {
      write(call, fact) {
        if (fact.kind === 'prompt') order.push('playing')
        journal.write(call, fact)
      },
    }
  })
  expect(order).toEqual(['prepared', 'playing'])
})

it('leaves the call to the person once they talk, and hears no more keys', async () => {
  const world = { ...ordinaryWorld, answersAfterMs: 1000 }
  const stage = await putOnTheLine(shipped, { flow: 'hotline', world })
  await stage.act({ kind: 'press', key: '0' })
  await stage.act({ kind: 'wait', ms: 1500 })
  expect(stage.outcome()).toBe('connected')
  const said = stage.happenings.length
  await stage.act({ kind: 'press', key: '0' })
  await stage.act({ kind: 'wait', ms: 60_000 })
  expect(stage.happenings.length).toBe(said)
  expect(stage.pending()).toBe(0)
})

it('plays music to who waits, and stops it for the person', async () => {
  const world = { ...ordinaryWorld, answersAfterMs: 10_000 }
  const music = { ...holdMusic(), text: '(music)' }
  const stage = await putOnTheLine(shipped, { flow: 'hotline', world }, doors => {
    doors.music = music
  })
  await stage.act({ kind: 'press', key: '0' })
  await stage.act({ kind: 'wait', ms: 60_000 })
  const heard = stage.happenings.filter(one => one.kind === 'heard').map(one => one.text)
  expect(heard.filter(text => text === '(music)')).toHaveLength(1)
  expect(stage.pending()).toBe(0)
})

it('leaves nothing running when the caller hangs up', async () => {
  for (const keys of ['', '0', '1', '2', '12603110000014']) {
    const stage = await putOnTheLine(shipped, hotline)
    for (const key of keys) await stage.act({ kind: 'press', key: key as '0' })
    await stage.act({ kind: 'hangup' })
    expect([keys, stage.outcome()]).toEqual([keys, 'ended'])
    expect([keys, stage.pending() <= 1]).toEqual([keys, true])
  }
})

it('gives up with the call still there when a flow does not exist or something throws', async () => {
  const missing = await putOnTheLine(shipped, { flow: 'nowhere', world: ordinaryWorld })
  expect(missing.outcome()).toBeInstanceOf(Error)
  const broken = await putOnTheLine(shipped, hotline, doors => {
    doors.waiting = () => {
      throw new Error('desk is gone')
    }
  })
  expect(broken.outcome()).toBeInstanceOf(Error)
  expect(broken.happenings.some(one => one.kind === 'ended')).toBe(false)
})

it('lets a prompt that never comes keep nobody from the queue', async () => {
  const stage = await putOnTheLine(shipped, hotline, doors => {
    const { prompts } = doors
    doors.prompts = {
      sound: utterance =>
        utterance.prompt === 'hotline-order' ? new Promise(() => undefined) : prompts.sound(utterance),
    }
  })
  await stage.act({ kind: 'press', key: '1' })
  await stage.act({ kind: 'wait', ms: 30_000 })
  await stage.act({ kind: 'press', key: '0' })
  expect(stage.happenings.map(one => one.kind)).toContain('queue')
})

it('ends neither a transfer nor a place in the queue by handing the call over', async () => {
  const ended: string[] = []
  const watched = async (flow: string, keys: string) => {
    const world = { ...ordinaryWorld, atMs: Date.UTC(2026, 2, 11, 14), answersAfterMs: 1000 }
    const stage = await putOnTheLine(shipped, { flow, world }, doors => {
      const { queue, transfer } = doors
      doors.queue = (call, options) => {
        options.signal.addEventListener('abort', () => ended.push('place in the queue'))
        return queue(call, options)
      }
      doors.transfer = (call, number, signal) => {
        signal.addEventListener('abort', () => ended.push('transfer'))
        return transfer(call, number, signal)
      }
    })
    for (const key of keys) await stage.act({ kind: 'press', key: key as '0' })
    await stage.act({ kind: 'wait', ms: 30_000 })
    return stage.outcome()
  }
  expect(await watched('hotline', '0')).toBe('connected')
  expect(await watched('after-hours', '91')).toBe('connected')
  expect(ended).toEqual([])
})

it('tells of what happens in one stream, in order, with one end for each place in the queue and for the whole', async () => {
  const events: FlowEvent[] = []
  const stage = await putOnTheLine(shipped, hotline, doors => {
    doors.tell = (_call, event) => void events.push(event)
  })
  await stage.act({ kind: 'press', key: '0' })
  await stage.act({ kind: 'press', key: '2' })
  await stage.act({ kind: 'wait', ms: 30_000 })
  await stage.act({ kind: 'press', key: '#' })
  await stage.act({ kind: 'press', key: '0' })
  await stage.act({ kind: 'hangup' })
  await stage.act({ kind: 'wait', ms: 30_000 })
  expect(events.filter(({ kind }) => kind !== 'playing')).toEqual([
    { kind: 'key', key: '0' },
    { kind: 'queued', reason: 'hotline' },
    { kind: 'place', place: 1 },
    { kind: 'key', key: '2' },
    { kind: 'unqueued', end: 'left' },
    { kind: 'recording', name: 'demand' },
    { kind: 'key', key: '#' },
    { kind: 'recorded', name: 'demand', isKept: true },
    { kind: 'key', key: '0' },
    { kind: 'queued', reason: 'hotline' },
    { kind: 'place', place: 1 },
    { kind: 'unqueued', end: 'left' },
    { kind: 'ended', how: 'ended' },
  ])
})

it('goes on when a listener fails', async () => {
  const stage = await putOnTheLine(shipped, hotline, doors => {
    doors.tell = () => {
      throw new Error('a listener is broken')
    }
  })
  await stage.act({ kind: 'press', key: '0' })
  expect(stage.happenings.map(({ kind }) => kind)).toContain('queue')
})
