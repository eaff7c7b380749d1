import {
  type DispatchProofGround,
  type DispatchRules,
  type DispatchWrong,
  proveDispatch,
  readDispatch,
  rowName,
  writeDispatch,
} from '../../catalogue/index.ts'
import type { City, Gazetteer } from '../../city/index.ts'
import { Fault, type LiveValue } from '../../foundation/index.ts'
import { type RuleSubject, ruleSubject } from '../../rulebook/index.ts'
import type { OrderRules } from '../rules.ts'

/** What the dispatch catalogue is checked against, besides the units, which may change. */
export type DispatchPlaces = Pick<DispatchProofGround, 'catalogue' | 'places'> & {
  /** The date in the city at a moment, for example 2026-01-05. */
  dateAt(atMs: number): string
}

/** Districts with their streets, as far as these are known. */
export const placesOf = (
  { districts }: Pick<City, 'districts'>,
  gazetteer: Gazetteer | undefined,
): DispatchPlaces['places'] =>
  new Map(districts.map(({ name }) => [name, Object.keys(gazetteer?.districts[name] ?? {})]))

/** Everything wrong with a dispatch catalogue on a day, given the current units. */
export const wrongInDispatch = (
  next: DispatchRules,
  { units, territory }: Pick<OrderRules, 'units' | 'territory'>,
  { catalogue, places }: Pick<DispatchPlaces, 'catalogue' | 'places'>,
  date: string,
): readonly DispatchWrong[] => proveDispatch(next, { units, territory, catalogue, places }, date)

/**
 * The dispatch catalogue (派单目录). It decides what units are measured by, so two persons publish it. One person may
 * put an earlier published version back in force: whoever sees orders go wrong at night need not wake another.
 */
export const dispatchSubject = (
  rules: LiveValue<OrderRules>,
  file: string,
  places: DispatchPlaces,
): RuleSubject =>
  ruleSubject<DispatchRules>({
    name: 'dispatch',
    file,
    needsSecond: true,
    backAlone: true,
    first: rules.current().dispatch,
    read: (text, name) => readDispatch(text, name, { code: 'rule-invalid' }),
    write: writeDispatch,
    guard: (next, _, fromMs) =>
      wrongInDispatch(next, rules.current(), places, places.dateAt(fromMs)).map(
        ({ at, column, found, expected }) => {
          const row = at === undefined ? undefined : next.rows[at]
          const place = row ? `rows ${rowName(row)} ${column}` : column
          return new Fault({ code: 'rule-invalid', place: `dispatch.json ${place}`, found, expected })
        },
      ),
    hold: dispatch => rules.use({ ...rules.current(), dispatch }),
  })
