/** What is read from calls, each proposal of it held against what the call says: nothing may be invented. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type CallRead, profilesOf, readCall, suggest } from '../../src/triage/index.ts'
import { shippedCatalogue } from '../support/shipped-catalogue.ts'

const catalogue = await shippedCatalogue()
const profiles = profilesOf(catalogue)
/** A Sunday. */
const nowMs = Date.parse('2026-11-29T10:00+08:00')
const isOrderNumber = (digits: string) => digits === '2611280000015'
const read = (text: string): CallRead =>
  readCall(text, {
    ...{ nowMs, timeZone: 'Asia/Shanghai', catalogue, isOrderNumber },
    suggest: given => suggest(profiles, given),
  })

/**
 * A call a line: what was said, and what it says for an order, as `field=value,value;!service`. A field that is not named has
 * nothing; `keyword` names the objects that may be meant.
 */
const calls = readFileSync(join(import.meta.dirname, 'calls.tsv'), 'utf8')
  .split('\n')
  .filter(line => line !== '')
  .map(line => {
    const [text = '', written = ''] = line.split('\t')
    const parts = written.split(';').filter(part => part !== '')
    const services = parts.filter(part => part.startsWith('!')).flatMap(part => part.slice(1).split(','))
    const fields = parts
      .filter(part => !part.startsWith('!'))
      .flatMap(part => {
        const [field = '', values = ''] = part.split('=')
        return (field === 'keyword' ? [values] : values.split(','))
          .filter(value => value !== '')
          .map(value => ({ field, value }))
      })
    return { text, services, fields }
  })

type Fault = { readonly text: string; readonly what: string }

function judged() {
  const [invented, missed]: [Fault[], Fault[]] = [[], []]
  let right = 0
  for (const { text, services, fields } of calls) {
    const found = read(text)
    const got = found.fields.map(({ field, value }) => ({ field: field as string, value }))
    const isSame = (wanted: { field: string; value: string }, one: { field: string; value: string }) =>
      wanted.field === one.field &&
      (one.field === 'keyword'
        ? wanted.value.split('/').includes(one.value.split(' · ')[0] ?? '')
        : wanted.value === one.value)
    for (const one of got)
      if (fields.some(wanted => isSame(wanted, one))) right++
      else invented.push({ text, what: `${one.field}=${one.value}` })
    for (const wanted of fields)
      if (!got.some(one => isSame(wanted, one)))
        missed.push({ text, what: `${wanted.field}=${wanted.value}` })
    const raised = [...new Set(found.emergencies.map(({ service }) => service as string))]
    for (const service of raised)
      if (services.includes(service)) right++
      else invented.push({ text, what: `!${service}` })
    for (const service of services) if (!raised.includes(service)) missed.push({ text, what: `!${service}` })
  }
  return {
    invented,
    missed,
    precision: right / (right + invented.length),
    recall: right / (right + missed.length),
  }
}

describe(`${calls.length} written calls`, () => {
  it('are read without inventing, and nearly whole', () => {
    const { invented, missed, precision, recall } = judged()
    if (process.env.SHOW) console.log(precision, recall, invented, missed)
    expect(calls.length).toBeGreaterThanOrEqual(100)
    expect({ invented: precision >= 0.98 ? [] : invented }).toEqual({ invented: [] })
    const isOther = ({ what }: Fault) => !what.startsWith('keyword=')
    expect(recall).toBeGreaterThan(0.75)
    // Keywords are said by a word of the catalogue or not at all; the rest is to be found.
    expect(missed.filter(isOther)).toEqual([])
  })

  it('have every proposal in their own words', () => {
    for (const { text } of calls)
      for (const { words, from, to } of [...read(text).fields, ...read(text).emergencies]) {
        expect(text.slice(from, to)).toBe(words)
        expect(words).not.toBe('')
      }
  })
})
