import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { KnowledgeHit } from '../../../knowledge/api.ts'
import { ask, reasonOf } from '../../house/house.ts'
import { lastSaid } from './last-said.ts'

const pauseMs = 300
/** Who has typed nothing for so long has typed what they look for. */
const finishedMs = 2_000
const most = 3

function useSteady(text: string, ms: number): string {
  const [steady, setSteady] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSteady(text), ms)
    return () => clearTimeout(timer)
  }, [text, ms])
  return steady
}

/**
 * What answers what is typed here; while nothing is, what the caller said last, and else what stands in the order. What
 * was found by listening stays until something else is sure to answer: nothing jumps while it is read. Made anew for each
 * call, by a key of whoever shows it.
 */
export function useAnswers(typed: string, heard: string, matter: string, district: string) {
  const own = typed.trim()
  const listened = lastSaid(heard) || lastSaid(matter)
  const text = useSteady(own || listened, pauseMs)
  const finished = useSteady(own, finishedMs)
  const held = useRef<readonly KnowledgeHit[]>([])
  const body = { text, limit: most, district: district === '' ? undefined : district }
  const { data, error } = useQuery({
    queryKey: ['answers', body],
    queryFn: ({ signal }) => ask('POST /api/knowledge/search', { body }, signal),
    enabled: text !== '',
    placeholderData: before => before,
  })
  useQuery({
    queryKey: ['answers', 'finished', finished],
    queryFn: ({ signal }) =>
      ask('POST /api/knowledge/search', { body: { text: finished, limit: 1, final: true } }, signal),
    enabled: finished !== '',
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  const found = text === '' ? undefined : data
  if (own === '' && found && !found.unsure) held.current = found.hits
  return {
    /** What is looked up by. */
    asked: text,
    hits: own === '' ? held.current : (found?.hits ?? []),
    isUnsure: own !== '' && found?.unsure === true && found.hits.length > 0,
    isNothing: own !== '' && text === own && found?.hits.length === 0,
    trouble: error ? reasonOf(error) : undefined,
  }
}

/** An answer is said by the hotline's voice, or sent. */
export function useTelling(call: string | undefined, number: string | undefined) {
  const [reading, setReading] = useState<KnowledgeHit>()
  const said = useMutation({
    mutationFn: ({ id, version }: KnowledgeHit) =>
      ask('POST /api/knowledge/{id}/read-out', { path: { id }, body: { version, call: call ?? '' } }),
    onSuccess: (_, hit) => setReading(hit),
  })
  const sent = useMutation({
    mutationFn: ({ id, version }: KnowledgeHit) =>
      ask('POST /api/knowledge/{id}/sms', { path: { id }, body: { version, call, number } }),
  })
  const durationMs = said.data?.durationMs ?? 0
  useEffect(() => {
    if (!reading) return
    const timer = setTimeout(() => setReading(undefined), durationMs)
    return () => clearTimeout(timer)
  }, [reading, durationMs])
  const hush = () => {
    setReading(undefined)
    if (call !== undefined) void ask('POST /api/knowledge/hush', { body: { call } }).catch(() => undefined)
  }
  const error = said.error ?? sent.error
  return {
    reading,
    sent: sent.isSuccess ? sent.variables : undefined,
    isBusy: said.isPending || sent.isPending,
    trouble: error ? reasonOf(error) : undefined,
    readOut: (hit: KnowledgeHit) => {
      sent.reset()
      said.mutate(hit)
    },
    send: (hit: KnowledgeHit) => {
      said.reset()
      sent.mutate(hit)
    },
    hush,
  }
}
