import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { FloorDates, FloorDay } from '../../http/contract.ts'
import { ask } from '../house/house.ts'

const everyMs = 15_000

/** The callbacks that are owed now; undefined while that is not known. */
export function useOwed() {
  const { data } = useQuery({
    queryKey: ['callbacks', {}],
    queryFn: ({ signal }) => ask('GET /api/callbacks/counts', { query: {} }, signal),
    refetchInterval: everyMs,
  })
  return data
}

/** What days came to, who gave up in them, what was done in them, and the callbacks owed. @param today of the page that is told it live */
export function useDay(dates: FloorDates, today: FloorDay | undefined) {
  const isToday = dates.from === undefined
  const asked = { refetchInterval: everyMs, placeholderData: keepPreviousData }
  const { data: past } = useQuery({
    queryKey: ['day', dates],
    queryFn: ({ signal }) => ask('GET /api/floor/figures', { query: dates }, signal),
    enabled: !isToday,
    ...asked,
  })
  const { data: lost } = useQuery({
    queryKey: ['lost', dates],
    queryFn: ({ signal }) => ask('GET /api/floor/lost', { query: dates }, signal),
    ...asked,
  })
  const { data: acts } = useQuery({
    queryKey: ['acts', dates],
    queryFn: ({ signal }) => ask('GET /api/floor/acts', { query: dates }, signal),
    ...asked,
  })
  const day = isToday ? today : past
  const stretch = isToday ? {} : { fromMs: day?.fromMs, untilMs: day?.untilMs }
  const { data: callbacks } = useQuery({
    queryKey: ['callbacks', stretch],
    queryFn: ({ signal }) => ask('GET /api/callbacks/counts', { query: stretch }, signal),
    enabled: isToday || day !== undefined,
    ...asked,
  })
  return { day, lost: lost?.calls, acts: acts?.acts, callbacks }
}
