import { useCallback, useEffect, useState } from 'react'
import type { Campaign } from '../../http/contract.ts'

const everyMs = 2000
type Answer = { readonly campaigns: readonly Campaign[] }
export type Verb = 'start' | 'pause' | 'stop'

/** The campaigns as they are now, asked for again and again, and moved by a press. */
export function useCampaigns(askSession: () => Promise<void>) {
  const [campaigns, setCampaigns] = useState<readonly Campaign[]>()
  const [trouble, setTrouble] = useState<'lost' | 'refused'>()

  const take = useCallback(
    async (path: string, request: RequestInit, otherwise: 'lost' | 'refused') => {
      try {
        const response = await fetch(`/api/campaigns${path}`, request)
        if (response.status === 401) return await askSession()
        if (!response.ok) return setTrouble(otherwise)
        setCampaigns(((await response.json()) as Answer).campaigns)
        setTrouble(undefined)
      } catch {
        setTrouble('lost')
      }
    },
    [askSession],
  )

  useEffect(() => {
    let isOver = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = async () => {
      await take('', {}, 'lost')
      if (!isOver) timer = setTimeout(look, everyMs)
    }
    void look()
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [take])

  const move = (name: string, verb: Verb, because: string) =>
    take(
      `/${encodeURIComponent(name)}/${verb}`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(because === '' ? {} : { because }),
      },
      'refused',
    )
  return { campaigns, trouble, move }
}
