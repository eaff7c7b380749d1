import { expect, it } from 'vitest'
import { newId } from '../../src/foundation/index.ts'
import { createNotices, createSpokenLanguages, silenceRules } from '../../src/hall/notices.ts'
import { soundOf } from '../../src/media/index.ts'
import type { Call, CallFact } from '../../src/telephony/index.ts'

function house(
  seats: readonly { readonly name: string; readonly caller?: Call['id'] }[] = [],
  thirds: Readonly<Record<string, Call['id']>> = {},
) {
  const facts: CallFact[] = []
  const shown: (string | undefined)[] = []
  const languages = createSpokenLanguages()
  const notices = createNotices({
    languages,
    prompts: { notice: async (name, language) => soundOf(new Int16Array(80), `${name}, in ${language}`) },
    captions: { plays: (_, [sound]) => shown.push(sound?.text) },
    journal: { write: (_, fact) => facts.push(fact) },
  })
  const desk = {
    seats: () => seats,
    at: (seat: string) => ({ hasThird: (id: string) => thirds[seat] === id }),
  }
  const silence = silenceRules(notices, desk, { missedAfterMs: 2_000, lostAfterMs: 15_000 })
  return { silence, languages, facts, shown }
}
const [ours, legs, third, other] = [newId('call'), newId('call'), newId('call'), newId('call')] as const
const call = (named: Partial<Call>) => ({ id: ours, direction: 'in', called: '12345', ...named }) as Call

it('asks in the language that the flow speaks, for eyes, too, and writes it down', async () => {
  const { languages, silence, facts, shown } = house()
  expect((await silence.stillThere(call({})))[0]?.text).toBe('still-there, in zh-CN')
  languages.write(ours, { kind: 'flow', flow: 'hotline', state: 'menu', language: 'en' })
  expect((await silence.stillThere(call({})))[0]?.text).toBe('still-there, in en')
  expect(shown).toEqual(['still-there, in zh-CN', 'still-there, in en'])
  expect(facts.map(({ kind }) => kind)).toEqual(['prompt', 'prompt'])
})

it('leaves in peace whom a seat has or asked in, talking or on hold, and that seat', () => {
  const { silence } = house([{ name: 's1', caller: ours }, { name: 's2' }], { s1: third })
  const seat = (name: string) => call({ id: legs, direction: 'out', called: name })
  const asked = call({ id: third, direction: 'out', called: '120' })
  const stranger = call({ id: other })
  expect([call({}), seat('s1'), asked, seat('s2'), stranger].map(silence.isTalking)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
})
