/** Calls as they are told, line by line, with what an order may say of each: written before the readers were asked. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LineReader } from '../../src/drafts/index.ts'
import { nothingRead, readAs, windowOf } from '../../src/web/seat/reading.ts'
import { offered } from '../../src/web/seat/take.ts'

/** Words any of which is right; what is optional may be offered and need not. */
type Wanted = { readonly field: string; readonly values: readonly string[]; readonly isOptional: boolean }

export type ToldCall = {
  readonly lines: readonly string[]
  readonly wanted: readonly Wanted[]
}

/**
 * Calls with a blank line between them: 席 an agent's words, 民 the caller's, and in the last line, after `=`, what is right:
 * `field=value/or this one,another;!service`. `~` after a value and `?` after a service: optional. `kw` names objects by a part
 * of their names; a place is right if it is a part of what is named.
 */
export function readToldCalls(): readonly ToldCall[] {
  const written = readFileSync(join(import.meta.dirname, 'told-calls.txt'), 'utf8')
  return written.split(/\n{2,}/).map(block => {
    const rows = block.split('\n').filter(row => row !== '')
    const truth = rows.find(row => row.startsWith('=')) ?? ''
    return {
      lines: rows.filter(row => row.startsWith('民')).map(row => row.slice(1).trim()),
      wanted: truth
        .slice(1)
        .split(';')
        .flatMap(part => wantedIn(part.trim())),
    }
  })
}

function wantedIn(part: string): readonly Wanted[] {
  if (part.startsWith('!'))
    return [{ field: 'emergency', values: [part.slice(1, 4)], isOptional: part.endsWith('?') }]
  const [field = '', written = ''] = part.split('=')
  if (field === 'kw')
    return written === '' ? [] : [{ field: 'keyword', values: written.split('|'), isOptional: true }]
  return written
    .split(',')
    .filter(one => one !== '')
    .map(one => ({
      field,
      values: one.split('/').map(value => value.replace(/~$/, '')),
      isOptional: one.includes('~'),
    }))
}

type Offered = { readonly field: string; readonly value: string; readonly district?: string | undefined }

/** What the seat's page offers once all of it was said, a line after the other. */
export function offeredOf({ lines }: ToldCall, reader: LineReader): readonly Offered[] {
  let read = nothingRead
  for (const [at] of lines.entries()) {
    const said = lines.slice(0, at + 1).map((text, id) => ({ id: id + 1, text, isSettled: true }))
    for (let next = windowOf(read, said); next; next = windowOf(read, said))
      read = readAs(read, next.fresh, reader.read(next.request))
  }
  const services = [...new Set(read.emergencies.map(({ service }) => service))]
  return [
    ...offered(read, { dropped: new Set(), number: '' }),
    ...services.map(value => ({ field: 'emergency', value })),
  ]
}

export function isRight(one: Offered, { lines, wanted }: ToldCall): boolean {
  if (one.field === 'district')
    return (
      lines.some(line => line.includes(one.value.replace(/区$/, ''))) ||
      wanted.some(
        ({ field, values }) => field === 'street' && values.some(name => name.startsWith(one.value)),
      )
    )
  return wanted.some(want => want.field === one.field && isSame(one, want))
}

export const isSame = ({ field, value, district }: Offered, want: Wanted): boolean =>
  field === want.field &&
  want.values.some(right => {
    switch (field) {
      case 'keyword':
        return value.includes(right)
      case 'street':
        return right === `${district}${value}`
      case 'place':
        return inFigures(right).includes(inFigures(value))
      case 'elder':
        return true
      default:
        return right === value
    }
  })

/** 二百三十二楼 as 232楼: how it is written says nothing of what was read. */
const inFigures = (text: string): string =>
  text.replaceAll(/[\s，,、]/g, '').replaceAll(/[零〇一幺二两三四五六七八九十百]+/g, figureOf)

function figureOf(words: string): string {
  const digit = (one: string) => '零一二三四五六七八九'.indexOf({ 〇: '零', 幺: '一', 两: '二' }[one] ?? one)
  if (!/[十百]/.test(words)) return [...words].map(digit).join('')
  let [sum, last] = [0, 0]
  for (const one of words) {
    if (one === '百') sum += last * 100
    if (one === '十') sum += (last || 1) * 10
    last = /[十百]/.test(one) ? 0 : digit(one)
  }
  return String(sum + last)
}
