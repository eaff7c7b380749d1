import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { askIn } from '../../src/desk/hand-over.ts'
import type { ThirdNews } from '../../src/desk/index.ts'
import { Fault } from '../../src/foundation/index.ts'
import type { Call, LoopbackPhone } from '../../src/telephony/index.ts'
import { soundOfMark } from '../support/marks.ts'
import { openDeskHouse } from './house.ts'

type House = Awaited<ReturnType<typeof openDeskHouse>>

describe('a seat that asks a third in', () => {
  let house: House
  let told: string[]
  let withCaller: string[]
  let machine: boolean
  beforeEach(async () => {
    told = []
    machine = false
    withCaller = []
    house = await openDeskHouse({
      onBegin: (_, seat) => void withCaller.push(seat),
      thirds: {
        async prove() {
          if (machine)
            throw new Fault({
              code: 'machine-answered',
              place: 'third',
              found: 'a machine',
              expected: 'a person',
            })
        },
        voice: async text => [{ ...soundOfMark('low', 500), text }],
        welcome: (call: Call, leg: Call) => void told.push(`welcome ${call.caller} ${leg.called}`),
        tell: (_call: Call, news: ThirdNews, name: string) => void told.push(`${news} ${name}`),
        sorry: async () => [{ ...soundOfMark('low', 500), text: '请稍等' }],
      },
    })
  })
  afterEach(async () => {
    await house.close()
    expect(house.line.size()).toBe(0)
    expect(house.clock.pending()).toBe(0)
  })
  const settle = () => house.clock.advance(0)
  const talk = (seat = 's1') => {
    const found = house.desk.at(seat)
    if (!found) throw new Error(`${seat} has nobody`)
    return found
  }
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      error => error.code as string,
    )
  let said = 0
  /** Who of these hears it when one says something: by their letters. */
  const hearers = (speaker: LoopbackPhone, others: Readonly<Record<string, LoopbackPhone>>) => {
    const words = `句 ${++said}`
    speaker.say(words)
    return Object.entries(others)
      .filter(([, phone]) => phone.heard.some(({ text }) => text === words))
      .map(([name]) => name)
      .join('')
  }
  /** A caller with s1, and a phone at 119. */
  async function talking(answers: (phone: LoopbackPhone) => void = phone => phone.accept()) {
    const one = house.seat('s1')
    house.desk.setReady('s1')
    const caller = await house.caller('wang')
    await settle()
    const fire: LoopbackPhone[] = []
    const legs: Call[] = []
    house.line.plugIn('119', phone => {
      fire.push(phone)
      answers(phone)
    })
    const people = () => ({ c: caller.phone, s: one.rings[0]!, ...(fire[0] ? { t: fire[0] } : {}) })
    const ask = (brief?: string) =>
      askIn(
        talk(),
        { number: '119', brief },
        {
          numbers: [{ number: '119', name: '消防' }],
          async ringOutside(number, near, signal) {
            const leg = await house.line.dial({ kind: 'number', number }, { near, signal, ringMs: 45_000 })
            legs.push(leg)
            return leg
          },
        },
      )
    /** What each one says is heard by: caller, seat, third. */
    const matrix = () =>
      Object.values(people())
        .map(phone => hearers(phone, people()))
        .join(' ')
    return { caller, one, fire, legs, ask, matrix, seat: () => one.rings[0]! }
  }
  const parties = (facts: readonly { readonly kind: string }[]) =>
    facts.flatMap(fact => {
      if (fact.kind !== 'party') return []
      const { who, name, is } = fact as unknown as Record<string, string>
      return [`${who} ${name} ${is}`]
    })

  it('talks to the third while the caller hears music, goes between the two, and brings all together', async () => {
    const { caller, ask, matrix, legs } = await talking()
    expect(matrix()).toBe('s c')
    await ask()
    expect(talk().phase).toBe('consulting')
    expect(caller.phone.heard.at(-1)?.text).toBe('♪')
    expect(matrix()).toBe(' t s')
    await talk().swap()
    expect(matrix()).toBe('s c ')
    // On hold they are of the call still, and asked by nobody whether they are there.
    expect([caller.call, legs[0]!].map(({ id }) => talk().hasThird(id))).toEqual([false, true])
    await talk().swap()
    await talk().join()
    expect([talk().phase, matrix()]).toEqual(['joined', 'st ct cs'])
    await talk().mute('third', true)
    expect(matrix()).toBe('st ct ')
    await talk().mute('third', false)
    await talk().holdThird()
    expect(matrix()).toBe('s c ')
    await talk().join()
    await talk().hold()
    expect(matrix()).toBe(' t s')
    await talk().drop()
    await settle()
    expect([talk().phase, talk().parties.third, matrix()]).toEqual(['talking', undefined, 's c '])
    // Once, as they come to the caller, and not as they are asked alone.
    expect(told).toEqual(['asked-in 消防', 'welcome wang 119', 'joined 消防', 'left 消防'])
    expect(parties(caller.facts)).toEqual([
      'third 119 rung',
      'third 119 here',
      'third 119 held',
      'third 119 joined',
      'third 119 held',
      'third 119 joined',
      'third 119 gone',
    ])
    expect(caller.facts.filter(({ kind }) => kind === 'muted')).toMatchObject([
      { who: 'third', muted: true },
      { who: 'third', muted: false },
    ])
    caller.phone.hangup()
    await settle()
  })

  it('leaves, and the caller and the third are told of each other, and go on until one hangs up', async () => {
    const { caller, one, fire, ask, seat } = await talking()
    await ask()
    await talk().leave()
    await settle()
    expect(told).toEqual(['asked-in 消防', 'welcome wang 119', 'joined 消防'])
    expect(await seat().ended).toMatchObject({ by: 'us' })
    expect(one.state()).toBe('wrap-up')
    expect(hearers(caller.phone, { t: fire[0]! })).toBe('t')
    expect(caller.facts.at(-1)).toEqual({ kind: 'transferred', to: '119' })
    fire[0]!.hangup()
    await settle()
    expect(caller.end()).toBe('served')
  })

  it.each(['consulting', 'joined'] as const)('hands the caller on by hanging up while %s', async phase => {
    const { caller, fire, ask, seat } = await talking()
    await ask()
    if (phase === 'joined') await talk().join()
    seat().hangup()
    await settle()
    expect(told).toEqual(['asked-in 消防', 'welcome wang 119', 'joined 消防'])
    expect(hearers(fire[0]!, { c: caller.phone })).toBe('c')
    caller.phone.hangup()
    await settle()
    expect(caller.end()).toBe('served')
  })

  it('stays with the caller when the third hangs up or is lost, whatever they were doing', async () => {
    for (const how of ['consulting', 'swapped', 'joined'] as const) {
      const name = `of ${how}`
      const { caller, ask, fire, matrix, one } = await talking()
      await ask()
      if (how !== 'consulting') await talk()[how === 'swapped' ? 'swap' : 'join']()
      if (how === 'joined') fire[0]!.vanish('media-timeout')
      else fire[0]!.hangup()
      await settle()
      expect([name, talk().phase, matrix()]).toEqual([name, 'talking', 's c '])
      caller.phone.hangup()
      await house.clock.advance(5_000)
      one.unplug()
      house.desk.removeSeat('s1')
    }
  })

  it('leaves caller and third together when the network of the seat is lost in a call of three', async () => {
    const { caller, one, fire, ask, seat } = await talking()
    await ask()
    await talk().join()
    seat().vanish('media-timeout')
    await settle()
    expect(one.state()).toBe('set-aside')
    expect([...house.desk.unattended().values()].map(({ seat: lost }) => lost)).toEqual(['s1'])
    expect(hearers(caller.phone, { t: fire[0]! })).toBe('t')
    caller.phone.hangup()
    await settle()
    expect([caller.end(), house.desk.unattended().size]).toEqual(['served', 0])
  })

  it.each([
    ['consulting', ['', '请稍等♪']],
    ['swapped', ['请稍等♪', '']],
    ['joined', ['请稍等', '请稍等']],
  ] as const)(
    'has whoever talks to a seat whose network is lost while %s told, and with music who has nobody else',
    async (phase, told) => {
      const { caller, fire, ask, matrix, seat } = await talking()
      await ask()
      if (phase !== 'consulting') await talk()[phase === 'swapped' ? 'swap' : 'join']()
      const drawn = matrix()
      const phones = [caller.phone, fire[0]!]
      const before = phones.map(({ heard }) => heard.length)
      seat().leave()
      await settle()
      const news = phones.map(({ heard }, at) => new Set(heard.slice(before[at]).map(({ text }) => text)))
      expect(news.map(texts => [...texts].join(''))).toEqual(told)
      expect([talk().phase, matrix()]).toEqual([phase, drawn])
      seat().comeBack()
      expect(matrix()).toBe(drawn)
      caller.phone.hangup()
      await settle()
    },
  )

  it('sees that the network of a third is lost, and talks on with the caller', async () => {
    const { caller, fire, ask, matrix } = await talking()
    await ask()
    await talk().join()
    fire[0]!.leave()
    await settle()
    expect([talk().parties.third?.isAway, matrix()]).toEqual([true, 'st ct cs'])
    fire[0]!.comeBack()
    expect(talk().parties.third?.isAway).toBe(false)
    caller.phone.hangup()
    await settle()
  })

  it('gives the caller back to the queue when the network of the seat is lost before they were joined', async () => {
    const { caller, fire, ask, seat } = await talking()
    await ask()
    seat().vanish('media-timeout')
    await settle()
    expect(await fire[0]!.ended).toMatchObject({ by: 'us' })
    expect(caller.end()).toBeUndefined()
    house.seat('s2')
    house.desk.setReady('s2')
    await settle()
    expect(talk('s2').phase).toBe('talking')
    caller.phone.hangup()
    await settle()
  })

  it('says clearly why nobody came, and the two have talked on all the while', async () => {
    const { caller, ask, fire, matrix } = await talking(() => undefined)
    const asked = refusal(ask())
    await settle()
    expect([talk().phase, talk().parties.third?.name]).toEqual(['calling', '消防'])
    expect(matrix()).toBe('s c ')
    expect(await refusal(ask())).toBe('not-now')
    await house.clock.advance(45_000)
    expect(await asked).toBe('no-answer')
    expect([talk().phase, talk().parties.third, matrix()]).toEqual(['talking', undefined, 's c '])
    const again = refusal(ask())
    await settle()
    fire[1]!.reject('busy')
    expect(await again).toBe('busy')
    const third = refusal(ask())
    await settle()
    await talk().drop()
    expect(await third).toBe('cancelled')
    await settle()
    expect(talk().phase).toBe('talking')
    caller.phone.hangup()
    await settle()
  })

  it('is told that a machine answered, and the two stay', async () => {
    machine = true
    const { caller, ask, fire } = await talking()
    expect(await refusal(ask('工单 1'))).toBe('machine-answered')
    await settle()
    expect([talk().phase, (await fire[0]!.ended).by]).toEqual(['talking', 'us'])
    await ask()
    await settle()
    expect([talk().phase, talk().parties.third]).toEqual(['talking', undefined])
    caller.phone.hangup()
    await settle()
  })

  it('has the hotline tell the third what is known while the two talk on, and joins them then', async () => {
    const { caller, ask, fire, matrix } = await talking()
    const asked = ask('人民路三号，煤气味')
    await settle()
    expect([talk().phase, fire[0]!.heard.at(-1)?.text]).toEqual(['briefing', '人民路三号，煤气味'])
    expect(matrix()).toBe('s c ')
    await house.clock.advance(500)
    await asked
    expect([talk().phase, matrix()]).toEqual(['joined', 'st ct cs'])
    caller.phone.hangup()
    await settle()
    expect((await fire[0]!.ended).by).toBe('us')
  })

  it('refuses a number that is not listed, and to ask anybody in while the call is on hold or moved', async () => {
    const { caller, ask } = await talking()
    const none = { numbers: [], ringOutside: () => Promise.reject(new Error()) }
    expect(await refusal(askIn(talk(), { number: '13800138000' }, none))).toBe('number-not-listed')
    expect(await refusal(talk().askIn({ seat: 'nobody' }))).toBe('seat-unknown')
    await talk().hold()
    expect(await refusal(ask())).toBe('not-now')
    expect(talk().parties.third).toBeUndefined()
    expect(await refusal(talk().join())).toBe('not-now')
    expect(await refusal(talk().leave())).toBe('not-now')
    caller.phone.hangup()
    await settle()
  })

  it('asks another seat in, which then has the caller as its own', async () => {
    const { caller, one } = await talking()
    const two = house.seat('s2')
    house.desk.setReady('s2')
    await talk().askIn({ seat: 's2' })
    // Nobody is with the caller who only talks to the agent.
    expect(withCaller).toEqual(['s1'])
    await talk().join()
    expect(withCaller).toEqual(['s1', 's2'])
    expect([two.state(), talk('s2').phase, talk('s2').parties.isGuest]).toEqual(['talking', 'joined', true])
    expect(await refusal(talk('s2').drop())).toBe('not-now')
    await talk().leave()
    await settle()
    expect([one.state(), two.state(), talk('s2').phase]).toEqual(['wrap-up', 'talking', 'talking'])
    expect(talk('s2').parties.isGuest).toBeUndefined()
    expect(hearers(two.rings[0]!, { c: caller.phone })).toBe('c')
    two.rings[0]!.hangup()
    await settle()
    expect([caller.end(), two.state()]).toEqual(['served', 'wrap-up'])
  })

  it('gives an asked seat back as after any ring, or any call', async () => {
    const { caller, one } = await talking()
    const two = house.seat('s2', phone => (two.rings.length === 1 ? phone.reject('busy') : phone.accept()))
    house.desk.setReady('s2')
    expect(await refusal(talk().askIn({ seat: 's2' }))).toBe('busy')
    await settle()
    expect([two.state(), house.desk.at('s2')]).toEqual(['resting', undefined])
    house.desk.setReady('s2')
    await talk().askIn({ seat: 's2' })
    caller.phone.hangup()
    await settle()
    expect([one.state(), two.state(), house.desk.at('s2')]).toEqual(['wrap-up', 'wrap-up', undefined])
  })

  describe('and a supervisor', () => {
    async function beside() {
      const all = await talking()
      const chief = house.seat('chief')
      const voices = () => ({
        c: all.caller.phone,
        s: all.seat(),
        ...(chief.rings[0] ? { b: chief.rings[0] } : {}),
      })
      const heard = () =>
        Object.values(voices())
          .map(phone => hearers(phone, voices()))
          .join(' ')
      return { ...all, chief, heard }
    }

    it('listens, whispers to the seat alone, joins, and leaves, and the seat sees it', async () => {
      const { caller, chief, heard } = await beside()
      talk().help(true)
      expect(talk().parties.helpSinceMs).toBe(house.clock.now())
      await talk().supervise('chief', 'listening', 'chen')
      expect([heard(), talk().parties.supervisor]).toEqual(['sb cb ', { by: 'chen', how: 'listening' }])
      expect(talk().parties.helpSinceMs).toBeUndefined()
      await talk().supervise('chief', 'whispering', 'chen')
      expect(heard()).toBe('sb cb s')
      await talk().supervise('chief', 'speaking', 'chen')
      expect(heard()).toBe('sb cb cs')
      chief.rings[0]!.hangup()
      await settle()
      expect([heard(), talk().parties.supervisor, chief.state()]).toEqual(['s c ', undefined, 'away'])
      expect(parties(caller.facts)).toEqual([
        'supervisor chen here',
        'supervisor chen here',
        'supervisor chen here',
        'supervisor chen gone',
      ])
      caller.phone.hangup()
      await settle()
    })

    it('is one at a time', async () => {
      const { caller } = await beside()
      house.seat('other')
      await talk().supervise('chief', 'listening', 'chen')
      expect(await refusal(talk().supervise('other', 'listening', 'li'))).toBe('already-supervised')
      caller.phone.hangup()
      await settle()
      expect(house.desk.at('chief')).toBeUndefined()
    })

    it('takes the caller over from the seat', async () => {
      const { caller, one, chief } = await beside()
      await talk().supervise('chief', 'listening', 'chen')
      await talk().takeOver('chief')
      await settle()
      expect([one.state(), chief.state(), talk('chief').phase]).toEqual(['wrap-up', 'talking', 'talking'])
      expect(hearers(chief.rings[0]!, { c: caller.phone })).toBe('c')
      caller.phone.hangup()
      await settle()
    })
  })
})
