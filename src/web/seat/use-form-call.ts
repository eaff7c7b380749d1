import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import type { OwnCall, SeatView, TalkView } from '../../http/contract.ts'
import { ask } from '../house/house.ts'
import type { FormCall } from './order-request.ts'

const everyMs = 60_000

/** The one that we rang is an answer to them, and no call that an order is told in. */
const callOf = ({ id, number, about }: TalkView): FormCall => ({
  id,
  number,
  direction: about === undefined ? 'in' : 'out',
})

/**
 * Which call the form is about: the one that is up; after it the same, until the agent goes on; an earlier one that they
 * chose. A page that was loaded anew finds the last one whose draft is open.
 */
export function useFormCall(
  talk: TalkView | undefined,
  last: TalkView | undefined,
  state: SeatView['state'] | undefined,
) {
  const [chosen, setChosen] = useState<{ readonly call: OwnCall | undefined }>()
  const now = talk && talk.phase !== 'ringing' ? talk : undefined
  const { data, refetch } = useQuery({
    queryKey: ['own-calls', now?.id, state],
    queryFn: ({ signal }) => ask('GET /api/own-calls', {}, signal),
    refetchInterval: everyMs,
    placeholderData: before => before,
  })
  const client = useQueryClient()
  const lookAgain = useCallback(() => {
    void refetch()
    void client.invalidateQueries({ queryKey: ['orders'] })
  }, [refetch, client])
  const own = data?.calls ?? []
  // Whoever is on the line now is who it is about.
  useEffect(() => setChosen(undefined), [now?.id])
  const [latest] = own
  const found = latest && (state === 'wrap-up' || latest.draft !== undefined) ? latest : undefined
  const told = now ?? last
  const call: FormCall | undefined = chosen ? chosen.call : told ? callOf(told) : found
  return {
    own,
    call,
    record: own.find(({ id }) => id === call?.id),
    choose: (call: OwnCall | undefined) => setChosen({ call }),
    /** What became of a draft changes what is known of its call and of its caller. */
    lookAgain,
  }
}
