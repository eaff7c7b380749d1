import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { instantOf } from '../../city/place-time.ts'
import type { Exclusion, ExclusionDecision, RateQuery } from '../../http/contract.ts'
import { calledIn } from '../../http/words/orders.ts'
import { cityZone } from '../city.ts'
import { ask, reasonOf } from '../house/house.ts'
import { say } from '../language.ts'
import { refusalOf } from './words.ts'

const ratesKey = 'rates'
const exclusionsKey = 'exclusions'
const textOf = (error: Error | null) => (error ? refusalOf(reasonOf(error)) : '')

/** Days begin at midnight in the city. */
const dayMs = (day: string) => (day === '' ? undefined : instantOf(day, cityZone))
/** The house counts until a day begins, people until it is over. */
const dayAfter = (day: string) =>
  day === '' ? '' : new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)

/** @param from the first day, as 2026-01-05, and `until` the last; all when empty */
export function useRates(by: RateQuery['by'], from: string, until: string) {
  const { data, error } = useQuery({
    queryKey: [ratesKey, by, from, until],
    queryFn: ({ signal }) => {
      const query = { by, fromMs: dayMs(from), untilMs: dayMs(dayAfter(until)) }
      return ask('GET /api/rates', { query }, signal)
    },
    placeholderData: keepPreviousData,
  })
  return { rates: data, trouble: textOf(error) }
}

export function useExclusions() {
  const client = useQueryClient()
  const asked = useQuery({
    queryKey: [exclusionsKey],
    queryFn: ({ signal }) => ask('GET /api/surveys/exclusions', {}, signal),
  })
  // What leaves the rates changes them, and somebody else may have been quicker.
  const onSettled = () =>
    Promise.all([ratesKey, exclusionsKey].map(key => client.invalidateQueries({ queryKey: [key] })))
  const excluding = useMutation({
    mutationFn: (body: Exclusion) => ask('POST /api/surveys/exclusions', { body }),
    onSettled,
  })
  const deciding = useMutation({
    mutationFn: (body: ExclusionDecision) => ask('POST /api/surveys/exclusions/decision', { body }),
    onSettled,
  })
  return {
    exclusions: asked.data?.exclusions,
    trouble: textOf(excluding.error ?? deciding.error ?? asked.error),
    /** @returns whether it was done; why not stands in `trouble` */
    exclude(exclusion: Exclusion): Promise<boolean> {
      deciding.reset()
      return isDone(excluding.mutateAsync(exclusion))
    },
    decide(decision: ExclusionDecision): Promise<boolean> {
      excluding.reset()
      return isDone(deciding.mutateAsync(decision))
    },
  }
}

const isDone = (work: Promise<unknown>) =>
  work.then(
    () => true,
    () => false,
  )

export function useAudit() {
  const { data, isPending, error, mutate } = useMutation({
    mutationFn: () => ask('POST /api/audit', { body: {} }),
  })
  return { audit: data, isBusy: isPending, trouble: textOf(error), walk: () => mutate() }
}

/** What an id of this kind is called: a unit and a category may share one. */
export type NameOf = (id: string, kind?: RateQuery['by']) => string

export function useNames(): NameOf {
  const { data: rules } = useQuery({
    queryKey: ['order-rules'],
    queryFn: () => ask('GET /api/orders/rules', {}),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return useCallback((id, kind = 'unit') => say(calledIn(rules, kind, id)), [rules])
}
