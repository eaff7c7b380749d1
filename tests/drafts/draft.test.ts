/** Who wrote what in a draft, and what of it stands. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { draftFieldNames } from '../../src/drafts/api.ts'
import { type Draft, mergeDraft, viewOf } from '../../src/drafts/draft.ts'
import { newId } from '../../src/foundation/index.ts'

const blank: Draft = {
  id: newId('draft', 0),
  call: 'call_01',
  agent: 's1',
  seq: 0,
  written: {},
  files: [],
  madeAtMs: 0,
  changedAtMs: 0,
  endedAtMs: undefined,
}
const textOf = ({ written }: Draft, name: (typeof draftFieldNames)[number]) => written[name]?.text

it('takes what somebody writes, and counts only what is another', () => {
  const { draft, refused } = mergeDraft(blank, { seq: 0, fields: { matter: '停水', name: '' } }, 's1', 5)
  expect(refused).toEqual([])
  expect(draft).toMatchObject({
    seq: 1,
    changedAtMs: 5,
    written: { matter: { text: '停水', seq: 1, by: 's1' } },
  })
  expect(mergeDraft(draft, { seq: 1, fields: { matter: '停水' } }, 's2', 9).draft).toBe(draft)
})

it('lets two agents write in different fields at once', () => {
  const one = mergeDraft(blank, { seq: 0, fields: { matter: '停水' } }, 's1', 1).draft
  const both = mergeDraft(one, { seq: 0, fields: { place: '3号楼' } }, 's2', 2)
  expect(both.refused).toEqual([])
  expect(both.draft.written).toMatchObject({ matter: { text: '停水' }, place: { text: '3号楼', by: 's2' } })
})

it('refuses the field that another wrote since, and takes the rest; who has read it may overwrite it', () => {
  const one = mergeDraft(blank, { seq: 0, fields: { matter: '停水' } }, 's1', 1).draft
  const late = mergeDraft(one, { seq: 0, fields: { matter: '停电', place: '3号楼' } }, 's2', 2)
  expect(late.refused).toEqual(['matter'])
  expect([textOf(late.draft, 'matter'), textOf(late.draft, 'place')]).toEqual(['停水', '3号楼'])
  const knowing = mergeDraft(late.draft, { seq: late.draft.seq, fields: { matter: '停电' } }, 's2', 3)
  expect(knowing.refused).toEqual([])
  expect(textOf(knowing.draft, 'matter')).toBe('停电')
})

it('takes two pages of one agent for two, shows both what each wrote, and ends it by one word', () => {
  const on = (page: string, seq: number, text: string) => ({ seq, fields: { matter: text }, page })
  const one = mergeDraft(blank, on('a', 0, '停水'), 's1', 1).draft
  // The answer to the first was lost: the same page says it again.
  expect(mergeDraft(one, on('a', 0, '停水三天'), 's1', 2).refused).toEqual([])
  const both = mergeDraft(one, on('b', 0, '停电'), 's1', 2)
  expect(both.refused).toEqual(['matter'])
  expect(viewOf(both.draft)).toMatchObject({
    seq: 2,
    fields: { matter: '停水' },
    contested: { matter: { text: '停电', by: 's1', page: 'b' } },
  })
  expect(mergeDraft(both.draft, on('b', 0, '停电'), 's1', 3).draft).toBe(both.draft)
  const stays = mergeDraft(both.draft, { seq: 2, fields: {}, page: 'a', settled: ['matter'] }, 's1', 4).draft
  expect([textOf(stays, 'matter'), viewOf(stays).contested]).toEqual(['停水', {}])
  const taken = mergeDraft(both.draft, on('b', 2, '停电'), 's1', 4).draft
  expect([textOf(taken, 'matter'), viewOf(taken).contested]).toEqual(['停电', {}])
})

it('never loses what somebody wrote without telling the one who wrote over it', () => {
  const text = fc.constantFrom('', '甲', '乙', '丙')
  const step = fc.record({
    by: fc.constantFrom('s1', 's2'),
    reads: fc.boolean(),
    name: fc.constantFrom('matter' as const, 'place' as const),
    text,
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), steps => {
      let draft = blank
      const seen: Record<string, number> = { s1: 0, s2: 0 }
      for (const { by, reads, name, text } of steps) {
        if (reads) seen[by] = draft.seq
        const before = draft.written[name]
        const isUnread = before !== undefined && before.by !== by && before.seq > (seen[by] ?? 0)
        const merged = mergeDraft(draft, { seq: seen[by] ?? 0, fields: { [name]: text } }, by, 0)
        if (isUnread && before.text !== text) {
          expect(merged.refused).toEqual([name])
          expect(merged.draft.written[name]).toMatchObject({
            text: before.text,
            seq: before.seq,
            by: before.by,
          })
          expect(merged.draft.written[name]?.other).toEqual({ text, by, page: undefined })
        } else {
          expect(merged.refused).toEqual([])
          expect(merged.draft.written[name]?.text ?? '').toBe(text)
        }
        draft = merged.draft
      }
    }),
  )
})
