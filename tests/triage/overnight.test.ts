/** What a night may learn, and when what it learnt may be used. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  buildProfiles,
  type Confirmed,
  catalogueDigest,
  compare,
  isHeldOut,
  learnOvernight,
  readProfiles,
  suggest,
  withoutNumbers,
  worseIn,
  writeProfiles,
} from '../../src/triage/index.ts'
import { smallCatalogue } from './small-catalogue.ts'

const kinds = ['供暖', '路灯', '停水']
const answer = fc.record({
  label: fc.constantFrom(...kinds),
  before: fc.constantFrom(...kinds),
  after: fc.constantFrom(...kinds),
})
const found = (label: string) => [{ label, sure: 1 }]

it('is no model that is worse in a big kind or over all, and refuses no other', () => {
  fc.assert(
    fc.property(
      fc.array(answer, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 20 }),
      (answers, big) => {
        const texts = (of: 'before' | 'after') =>
          answers.map(one => ({ label: one.label, found: found(one[of]), isUnsure: false }))
        const worse = worseIn(compare(texts('before'), texts('after'), big))
        const rightIn = (of: 'before' | 'after', label?: string) =>
          answers.filter(one => one[of] === one.label && (label === undefined || one.label === label)).length
        const bigKinds = kinds.filter(kind => answers.filter(({ label }) => label === kind).length >= big)
        const lost = [undefined, ...bigKinds].filter(kind => rightIn('after', kind) < rightIn('before', kind))
        expect(new Set(worse.map(({ kind }) => kind))).toEqual(new Set(lost))
      },
    ),
  )
})

it('says the same from a file as from memory, and refuses files of another version, another catalogue, or broken ones', () => {
  const catalogue = smallCatalogue()
  const digest = catalogueDigest(catalogue)
  const profiles = buildProfiles(catalogue)
  const bytes = writeProfiles(profiles, digest)
  const read = readProfiles('kinds.model', bytes, digest)
  for (const text of ['我家暖气不热', '路灯不亮，天黑看不见', '停水了'])
    expect(suggest(read, { text }).found.map(({ label }) => label)).toEqual(
      suggest(profiles, { text }).found.map(({ label }) => label),
    )
  const refused = (given: Uint8Array, of = digest) => {
    expect(() => readProfiles('kinds.model', given, of)).toThrow(
      expect.objectContaining({ code: 'model-invalid', place: 'kinds.model' }),
    )
  }
  refused(bytes, 'another')
  refused(Uint8Array.from(bytes, (byte, at) => (at === 7 ? 57 : byte)))
  refused(new TextEncoder().encode('no model'))
  fc.assert(
    fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), cut => refused(bytes.slice(0, cut))),
    {
      numRuns: 30,
    },
  )
})

it('keeps no number of anybody, and nothing that one text alone has said', () => {
  const catalogue = smallCatalogue()
  const said = '我叫欧阳锋锋，电话13800138000，身份证110101199003071234，车牌京A12345，暖气不热'
  const minute = (at: number) => Date.UTC(2026, 0, 5, 0, 30) + at * 60_000
  const confirmed: readonly Confirmed[] = [
    { text: said, label: '供暖', atMs: minute(0) },
    { text: '铁疙瘩冰凉', label: '供暖', atMs: minute(1) },
    { text: '铁疙瘩不暖和', label: '供暖', atMs: minute(2) },
    { text: '铁疙瘩凉', label: '供暖', atMs: minute(125) },
  ]
  expect(confirmed.map(({ atMs }) => isHeldOut(atMs))).toEqual([false, false, false, true])
  const { bytes, learnt, figures } = learnOvernight({ catalogue, confirmed, inUse: undefined, bigKind: 1 })
  const text = new TextDecoder().decode(bytes)
  expect({ learnt, texts: figures.texts }).toEqual({ learnt: 3, texts: 1 })
  expect(text).toContain('铁疙瘩')
  for (const secret of ['欧阳', '锋', '138', '110', '京a', '34']) expect(text).not.toContain(secret)
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9]{3,18}$/), fc.constantFrom('', ' ', '-'), (digits, between) => {
      expect(withoutNumbers(`请回${[...digits].join(between)}谢谢`)).toBe('请回\n谢谢')
    }),
  )
})
