import { useCallback, useEffect, useState } from 'react'
import { instantOf } from '../../city/place-time.ts'
import type {
  Exclusion,
  ExclusionDecision,
  ExclusionShown,
  GroupRates,
  OrderRulesShown,
  Problem,
  RateFormula,
  RateQuery,
  SurveyAudit,
} from '../../http/contract.ts'
import { cityZone } from '../city.ts'
import { refusalOf, words } from './words.ts'

type Ask = () => Promise<void>
export type Rates = {
  readonly by: RateQuery['by']
  readonly formula: RateFormula
  readonly groups: readonly GroupRates[]
}

/** What the house answers; what it refuses is thrown in words. */
async function house<Answer>(path: string, ask: Ask, body?: object): Promise<Answer | undefined> {
  const answer = await fetch(
    `/api${path}`,
    body && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    },
  ).catch(() => {
    throw new Error(words.lost)
  })
  if (answer.status === 401) await ask()
  if (answer.status === 204) return undefined
  if (answer.ok) return (await answer.json()) as Answer
  throw new Error(refusalOf(((await answer.json()) as Problem).faults[0]?.code ?? ''))
}

const textOf = (error: unknown) => (error instanceof Error ? error.message : words.lost)

/** Days begin at midnight in the city. */
const dayMs = (day: string) => instantOf(day, cityZone)
/** The house counts until a day begins, people until it is over. */
const dayAfter = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)

export function useRates(by: RateQuery['by'], from: string, until: string, ask: Ask) {
  const [rates, setRates] = useState<Rates>()
  const [trouble, setTrouble] = useState('')
  /** Changes when something may have left the rates. */
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    let isOver = false
    const query = new URLSearchParams({ by })
    if (from !== '') query.set('fromMs', String(dayMs(from)))
    if (until !== '') query.set('untilMs', String(dayMs(dayAfter(until))))
    house<Rates>(`/rates?${query}`, ask).then(
      found => {
        if (isOver) return
        setRates(found)
        setTrouble('')
      },
      (error: unknown) => setTrouble(textOf(error)),
    )
    return () => {
      isOver = true
    }
  }, [by, from, until, ask, turn])
  return { rates, trouble, again: useCallback(() => setTurn(now => now + 1), []) }
}

export function useExclusions(ask: Ask, onDecided: () => void) {
  const [exclusions, setExclusions] = useState<readonly ExclusionShown[]>()
  const [trouble, setTrouble] = useState('')
  const look = useCallback(async () => {
    try {
      const answer = await house<{ exclusions: readonly ExclusionShown[] }>('/surveys/exclusions', ask)
      setExclusions(answer?.exclusions ?? [])
    } catch (error) {
      setTrouble(textOf(error))
    }
  }, [ask])
  useEffect(() => void look(), [look])
  /** @returns whether it was done; why not stands in `trouble` */
  const give = async (path: string, body: Exclusion | ExclusionDecision) => {
    try {
      await house(path, ask, body)
      setTrouble('')
      return true
    } catch (error) {
      setTrouble(textOf(error))
      return false
    } finally {
      await look()
      onDecided()
    }
  }
  return {
    exclusions,
    trouble,
    exclude: (exclusion: Exclusion) => give('/surveys/exclusions', exclusion),
    decide: (decision: ExclusionDecision) => give('/surveys/exclusions/decision', decision),
  }
}

export function useAudit(ask: Ask) {
  const [audit, setAudit] = useState<SurveyAudit>()
  const [isBusy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState('')
  return {
    audit,
    isBusy,
    trouble,
    async walk() {
      setBusy(true)
      try {
        setAudit(await house<SurveyAudit>('/surveys/audit', ask, {}))
        setTrouble('')
      } catch (error) {
        setTrouble(textOf(error))
      }
      setBusy(false)
    },
  }
}

/** What an id of this kind is called: a unit and a category may share one. */
export type NameOf = (id: string, of?: RateQuery['by']) => string

export function useNames(ask: Ask): NameOf {
  const [rules, setRules] = useState<OrderRulesShown>()
  useEffect(() => {
    house<OrderRulesShown>('/orders/rules', ask).then(setRules, () => undefined)
  }, [ask])
  return useCallback(
    (id, of = 'unit') => {
      const named = { unit: rules?.units, category: rules?.categories, street: undefined }[of]
      return named?.find(one => one.id === id)?.name ?? id
    },
    [rules],
  )
}
