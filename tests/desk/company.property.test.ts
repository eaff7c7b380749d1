import fc from 'fast-check'
import { expect, it } from 'vitest'
import { askIn } from '../../src/desk/hand-over.ts'
import { type PartyName, rowsOf } from '../../src/desk/party-state.ts'
import type { LoopbackPhone } from '../../src/telephony/index.ts'
import { soundOfMark } from '../support/marks.ts'
import { openDeskHouse } from './house.ts'

/** A caller at a seat, another seat, a supervisor and the fire brigade, and what each of them may do at any time. */
async function openCompany() {
  const house = await openDeskHouse({
    thirds: {
      prove: async () => undefined,
      voice: async text => [{ ...soundOfMark('low', 500), text }],
      tell: () => undefined,
      sorry: async () => [{ ...soundOfMark('low', 500), text: '请稍等' }],
    },
  })
  const { desk, clock, line } = house
  const seats = { s1: house.seat('s1'), s2: house.seat('s2'), chief: house.seat('chief') }
  const fires: LoopbackPhone[] = []
  line.plugIn('119', phone => {
    fires.push(phone)
    phone.accept()
  })
  desk.setReady('s1')
  const caller = await house.caller('wang')
  await clock.advance(0)
  desk.setReady('s2')

  const isOn = (phone: LoopbackPhone | undefined) => {
    let over = false
    void phone?.ended.then(() => {
      over = true
    })
    return { phone, isOver: () => over }
  }
  const lives = new Map<LoopbackPhone, { isOver(): boolean }>()
  const alive = (phones: readonly LoopbackPhone[]) => {
    for (const phone of phones) if (!lives.has(phone)) lives.set(phone, isOn(phone))
    return phones.filter(phone => !lives.get(phone)!.isOver()).at(-1)
  }
  /** The seat that has the caller: it may be another by now. */
  const having = () =>
    desk.seats().find(({ name, caller: id }) => id === caller.call.id && desk.at(name) && !isGuest(name))
      ?.name
  const isGuest = (name: string) =>
    desk.at(name)?.parties.isGuest === true || desk.at(name)?.phase === 'ringing'
  const talk = () => desk.at(having() ?? '')
  const phoneOf = (seat: string | undefined) =>
    seat === undefined ? undefined : alive(seats[seat as keyof typeof seats].rings)
  const thirdPhone = () => {
    const third = talk()?.parties.third
    return third?.seat === undefined ? alive(fires) : phoneOf(third.seat)
  }
  const ask = (brief?: string) =>
    askIn(
      talk()!,
      { number: '119', brief },
      {
        numbers: [{ number: '119', name: '消防' }],
        ringOutside: (number, near, signal) =>
          line.dial({ kind: 'number', number }, { near, signal, ringMs: 45_000 }),
      },
    )

  const deeds = {
    ask: () => ask(),
    brief: () => ask('工单 1'),
    askSeat: () => talk()?.askIn({ seat: having() === 's2' ? 's1' : 's2' }),
    hold: () => talk()?.hold(),
    resume: () => talk()?.resume(),
    swap: () => talk()?.swap(),
    join: () => talk()?.join(),
    holdThird: () => talk()?.holdThird(),
    muteCaller: () => talk()?.mute('caller', true),
    unmuteCaller: () => talk()?.mute('caller', false),
    muteThird: () => talk()?.mute('third', true),
    drop: () => talk()?.drop(),
    leave: () => talk()?.leave(),
    moveOn: () => talk()?.toSeat(having() === 's2' ? 's1' : 's2'),
    listen: () => talk()?.supervise('chief', 'listening', 'chen'),
    whisper: () => talk()?.supervise('chief', 'whispering', 'chen'),
    speak: () => talk()?.supervise('chief', 'speaking', 'chen'),
    takeOver: () => talk()?.takeOver('chief'),
    phoneHolds: () => phoneOf(having())?.hold(),
    phoneResumes: () => phoneOf(having())?.resume(),
    seatLosesNetwork: () => phoneOf(having())?.leave(),
    seatIsBack: () => phoneOf(having())?.comeBack(),
    thirdLosesNetwork: () => thirdPhone()?.leave(),
    seatIsGivenUp: () => phoneOf(having())?.vanish('media-timeout'),
    thirdIsGivenUp: () => thirdPhone()?.vanish('media-timeout'),
    thirdHangsUp: () => thirdPhone()?.hangup(),
    chiefHangsUp: () => alive(seats.chief.rings)?.hangup(),
    wait: () => clock.advance(6_000),
    ready: () => (['s1', 's2'] as const).forEach(desk.setReady),
  }

  let said = 0
  return {
    ...house,
    caller,
    deeds,
    talk,
    isUp: () => !lives.has(caller.phone) || alive([caller.phone]) !== undefined,
    unattended: () => desk.unattended().has(caller.call.id),
    /** Whoever is on the line, by who they are to the caller. */
    people(): Partial<Record<PartyName, LoopbackPhone>> {
      const seat = having()
      const guest = talk()?.parties.third ? thirdPhone() : alive(fires)
      const beside = seat === 'chief' ? undefined : alive(seats.chief.rings)
      return { caller: alive([caller.phone]), seat: phoneOf(seat), third: guest, supervisor: beside }
    },
    /** Whom each of these hears. */
    heardBy(people: Partial<Record<PartyName, LoopbackPhone>>) {
      const rows: Partial<Record<PartyName, PartyName[]>> = {}
      const names = (Object.keys(people) as PartyName[]).filter(name => people[name])
      for (const speaker of names) {
        const words = `句 ${++said}`
        people[speaker]!.say(words)
        for (const name of names)
          if (people[name]!.heard.some(({ text }) => text === words))
            rows[name] = [...(rows[name] ?? []), speaker]
      }
      return { names, rows }
    },
  }
}

type Company = Awaited<ReturnType<typeof openCompany>>

/** Who hears whom is what the state draws; where nobody's state is known, the caller waits, or has the third. */
function checkRows(company: Company, done: readonly string[]) {
  const people = company.people()
  const { names, rows } = company.heardBy(people)
  const talk = company.talk()
  const heard = Object.fromEntries(names.map(name => [name, [...(rows[name] ?? [])].sort()]))
  if (!talk) {
    const isWithThird = people.third !== undefined
    const wanted = isWithThird ? { caller: ['third'], third: ['caller'] } : { caller: [] }
    expect({ done, ...(people.caller ? heard : { caller: [] }) }).toMatchObject({
      done,
      ...(people.caller ? wanted : {}),
    })
    return
  }
  const drawn = rowsOf({
    phase: talk.phase === 'ringing' ? 'talking' : talk.phase,
    muted: new Set(talk.parties.muted),
    supervising: talk.parties.supervisor?.how,
  })
  const wanted = Object.fromEntries(
    names.map(name => [name, drawn[name].filter(one => names.includes(one)).sort()]),
  )
  expect({ done, phase: talk.phase, heard }).toEqual({ done, phase: talk.phase, heard: wanted })
}

it('lets everybody hear whom the state draws after whatever they do, and leaves nobody on a line alone', async () => {
  const first = await openCompany()
  await first.close()
  const names = Object.keys(first.deeds)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...names), { maxLength: 14 }), async wanted => {
      const company = await openCompany()
      const done: string[] = []
      try {
        for (const deed of wanted) {
          done.push(deed)
          const work = Promise.resolve(company.deeds[deed as keyof Company['deeds']]()).then(
            () => undefined,
            error => error.code as string,
          )
          // What the hotline says to a third takes its time.
          await company.clock.advance(deed === 'brief' ? 600 : 0)
          const code = await work
          expect(code === undefined || typeof code === 'string', done.join()).toBe(true)
          if (!company.people().caller) break
          checkRows(company, done)
        }
        company.caller.phone.hangup()
        await company.clock.advance(0)
        expect([done, company.line.size()]).toEqual([done, 0])
      } finally {
        await company.close()
      }
    }),
    { numRuns: 300 },
  )
}, 60_000)
