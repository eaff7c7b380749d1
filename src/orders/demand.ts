import { type Callers, type Contact, vouchFor } from '../callers/index.ts'
import { type Catalogue, type CatalogueKind, codeNow, kindName } from '../catalogue/index.ts'
import { type CallRecords, type Home, normaliseNumber } from '../telephony/index.ts'
import type { NewOrder } from './command.ts'
import { type OwnersGround, ownersOf } from './dispatching/owners.ts'
import { fault } from './faults.ts'
import type { NewOrderRequest } from './making/api.ts'

export type DemandDependencies = {
  readonly callers: Pick<Callers, 'find'>
  readonly calls: Pick<CallRecords, 'find' | 'hasRung'>
  readonly isVerified: (number: string) => Promise<boolean>
  readonly catalogue: Catalogue
  readonly rules: OwnersGround['rules']
  /** The date in the city, for example 2026-01-05. */
  today(): string
  /** The city: home of numbers without an area code, and its districts; if it lists none, any district is accepted. */
  readonly city: Home & { readonly districts: readonly { readonly name: string }[] }
}

/**
 * The order that a seat's request becomes. What the call and the number tell is not asked of the seat.
 * @throws Fault `call-unknown`, `number-missing`, `place-missing`, `answered-wrong-type`, and as `matterOf`
 */
export async function demandOf(
  { contact: wished, anyway: _, by: __, draft: ___, suggested: ____, undecided, ...asked }: NewOrderRequest,
  dependencies: DemandDependencies,
): Promise<NewOrder> {
  const { callers, calls, city } = dependencies
  const { place = '', street = '' } = asked
  if (asked.answered && asked.type !== 'consultation')
    throw fault('answered-wrong-type', 'body.type', `"${asked.type ?? ''}"`, 'consultation')
  if (!asked.answered && (place === '' || street === ''))
    throw fault('place-missing', `body.${place === '' ? 'place' : 'street'}`, 'nothing', 'where it is')
  const matter = matterOf({ ...asked, undecided }, dependencies)
  const call = asked.call === undefined ? undefined : await callIn(asked.call, calls)
  const caller = call?.caller ?? writtenNumber(asked.caller ?? '', city)
  const known = await callers.find(call?.proved === false ? '' : caller)
  return {
    language: known.language,
    elder: known.elder,
    ...asked,
    ...matter,
    place,
    street,
    caller,
    contact: await contactOf(wished, caller, dependencies),
    rangAtMs: call?.invitedAt.getTime(),
  }
}

type Asked = Pick<
  NewOrderRequest,
  'kind' | 'category' | 'district' | 'street' | 'urgency' | 'unit' | 'undecided'
> &
  Partial<Pick<NewOrderRequest, 'answered'>>
export type Matter = Pick<
  NewOrder,
  'category' | 'kind' | 'urgency' | 'unit' | 'waits' | 'elderMatter' | 'coUnits' | 'copies'
>
export type MatterDependencies = Pick<DemandDependencies, 'catalogue' | 'city' | 'rules' | 'today'>

/**
 * The subject and unit: as the seat says, or else as the catalogue has it for the district. If neither says, the
 * order waits for a dispatcher, except for a demand answered at once.
 * @throws Fault `kind-unknown`, `category-unknown`, `district-unknown`
 */
export function matterOf(
  { kind: code, category, district, street, urgency, unit, undecided = false, answered }: Asked,
  { catalogue, city, rules, today }: MatterDependencies,
): Matter {
  const districts = city.districts.map(({ name }) => name)
  if (district !== undefined && districts.length > 0 && !districts.includes(district))
    throw fault('district-unknown', 'body.district', `"${district}"`, `one of ${districts.join(', ')}`)
  if (code === undefined) {
    const isOpen = category === undefined
    if (!isOpen || !answered)
      return { category, urgency, unit, waits: isOpen ? 'kind-open' : undecided ? 'unconfirmed' : undefined }
    throw fault('category-unknown', 'body.category', 'nothing', 'a category, or a kind of the catalogue')
  }
  const kind = catalogue.kinds.get(codeNow(catalogue, code))
  const object = kind && catalogue.objects.get(kind.object)
  if (!object) throw fault('kind-unknown', 'body.kind', `"${code}"`, 'the code of a kind in the catalogue')
  const named = ownersOf(kind, { district, street }, { catalogue, rules }, today())
  // If the maker names another unit, the catalogue's co-units and copies do not apply.
  const owners = unit === undefined || unit === named?.lead ? named : undefined
  const answering = unit ?? owners?.lead
  const isUnnamed = answering === undefined && !answered
  return {
    kind: kind.code,
    category: category ?? object.category,
    urgency: urgency ?? kind.urgency,
    unit: answering,
    waits: undecided ? 'unconfirmed' : isUnnamed ? 'no-unit' : undefined,
    elderMatter: object.elder,
    coUnits: owners?.coUnits,
    copies: owners?.copies,
  }
}

/** The kind's readable name, for example `居民供水·停水`; undefined without a code, or for an unknown one. */
export function kindNameOf(catalogue: Catalogue, code: string | undefined): string | undefined {
  const kind: CatalogueKind | undefined =
    code === undefined ? undefined : catalogue.kinds.get(codeNow(catalogue, code))
  return kind && kindName(kind)
}

/** Codes of all kinds whose names contain a word (in lower case), with or without the dot between object and kind. */
export const kindsNamed = ({ kinds }: Pick<Catalogue, 'kinds'>, word: string): readonly string[] =>
  [...kinds.values()].flatMap(({ code, object, name }) =>
    `${object}${name}`.toLowerCase().includes(word) ? [code] : [],
  )

/** People write a number as they dial it; calls, opt-outs and orders store its E.164 form. */
export const writtenNumber = (number: string, city: Home) => normaliseNumber(number, city)

/** @throws Fault `call-unknown` */
export async function callIn(id: string, calls: Pick<CallRecords, 'find'>) {
  const found = await calls.find(id)
  if (found?.call.direction === 'in') return found.call
  throw fault('call-unknown', 'call', `"${id}"`, 'the id of a call that came in')
}

async function contactOf(
  wished: NewOrderRequest['contact'],
  caller: string,
  { calls, isVerified, city }: DemandDependencies,
): Promise<Contact> {
  if (wished?.mode === 'none' || (wished === undefined && caller === '')) return { mode: 'none' }
  const number = wished?.number === undefined ? caller : writtenNumber(wished.number, city)
  const mode = wished?.mode ?? 'voice'
  if (number === '') throw fault('number-missing', 'body.contact.number', 'nothing', 'a number, or mode none')
  return mode === 'voice' ? vouchFor(number, { hasRung: calls.hasRung, isVerified }) : { mode, number }
}
