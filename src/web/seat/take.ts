import { type DraftField, type DraftFields, type Offering, proposedFields } from '../../http/contract.ts'
import { ownLine, type ReadSoFar } from './reading.ts'

/** How a proposal stands beside the form: it can be taken, it stands there, or something else does. */
export type OfferingStands = 'free' | 'taken' | 'other'

/** What is taken goes into a field of its own, or is written after what stands in the matter. */
const ownFields: Readonly<Partial<Record<Offering['field'], DraftField>>> = {
  district: 'district',
  street: 'street',
  place: 'place',
  phone: 'number',
  elder: 'elder',
}
const fieldOf = ({ field }: Pick<Offering, 'field'>): DraftField => ownFields[field] ?? 'matter'

const bare = (text: string) => text.replaceAll(/[\s-]/g, '')

export function standingOf(fields: DraftFields, proposal: Offering): OfferingStands {
  const field = fieldOf(proposal)
  const there = fields[field] ?? ''
  if (field === 'elder') return there === 'yes' ? 'taken' : 'free'
  switch (field) {
    case 'matter':
    case 'place':
      return bare(there).includes(bare(proposal.value)) ? 'taken' : 'free'
    case 'street': {
      if (there.trim() !== '') return there === proposal.value ? 'taken' : 'other'
      const district = fields.district ?? ''
      return district === '' || district === proposal.district ? 'free' : 'other'
    }
    default:
      if (there.trim() === '') return 'free'
      return bare(there) === bare(proposal.value) ? 'taken' : 'other'
  }
}

/**
 * What the form says once a proposal is taken. What stands there stays: it is written into an empty field or after what is there.
 * @param worded how it reads within a sentence
 */
export function takenInto(
  fields: DraftFields,
  proposal: Offering,
  worded: string,
): Readonly<Partial<Record<DraftField, string>>> {
  if (standingOf(fields, proposal) !== 'free') return {}
  const field = fieldOf(proposal)
  const there = fields[field] ?? ''
  if (field === 'matter') return { matter: there.trim() === '' ? worded : `${there.trimEnd()}；${worded}` }
  if (field === 'place') return { place: `${there}${proposal.value}` }
  if (field === 'elder') return { elder: 'yes' }
  if (field !== 'street') return { [field]: proposal.value }
  const { district } = proposal
  return district === undefined || fields.district
    ? { street: proposal.value }
    : { street: proposal.value, district }
}

/**
 * What is offered: each thing once, where it was said last. What the agent wrote is offered for other fields than the one in
 * which they wrote it, and the number that rings needs nobody to write it down.
 */
export function offered(
  { proposals }: Pick<ReadSoFar, 'proposals'>,
  without: { readonly dropped: ReadonlySet<string>; readonly number: string },
): readonly Offering[] {
  const known = bare(without.number).replace(/^\+86/, '')
  const last = new Map<string, Offering>()
  for (const one of proposals) {
    const isOwnMatter = one.line === ownLine && fieldOf(one) === 'matter'
    const isCaller = one.field === 'phone' && known !== '' && bare(one.value).endsWith(known)
    if (isOwnMatter || isCaller || without.dropped.has(keyOf(one))) continue
    last.set(keyOf(one), one)
  }
  return [...last.values()]
}

export const keyOf = ({ field, value }: Pick<Offering, 'field' | 'value'>) => `${field}|${value}`

/** A proposal that was taken, as the draft keeps it. */
export type Taken = Pick<Offering, 'field' | 'value' | 'line' | 'words'>

const blank = /[\t\n]+/g
const mostTaken = 4_000

/** A line each, its parts with tabs between them. */
export const takenOf = (written: string | undefined): readonly Taken[] =>
  (written ?? '').split('\n').flatMap(line => {
    const [name, value, at, words] = line.split('\t')
    const field = proposedFields.find(one => one === name)
    return field && value && at && words ? [{ field, value, line: Number(at), words }] : []
  })

export function writtenTaken(all: readonly Taken[]): string {
  const lines = all.map(({ field, value, line, words }) =>
    [field, value, line, words.replaceAll(blank, ' ')].join('\t'),
  )
  while (lines.join('\n').length > mostTaken) lines.shift()
  return lines.join('\n')
}

/** What was taken of words that a caption no longer has: the form keeps it, and the agent is told. */
export const corrected = (taken: readonly Taken[], { texts, proposals }: ReadSoFar): readonly Taken[] =>
  taken.filter(({ field, value, line, words }) => {
    const text = texts.get(line)
    if (text === undefined || line === ownLine) return false
    const isStill = proposals.some(one => one.line === line && one.field === field && one.value === value)
    return !isStill && !words.split(' ').every(part => text.includes(part))
  })
