import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import type { CaptionLine, Offering } from '../../http/contract.ts'
import { ask } from '../house/house.ts'
import { toSend } from './drafted.ts'
import { orderWords as words } from './order-words.ts'

const noProposals: readonly Offering[] = []

/** Whether a language model is switched on, and where words go. */
export const useAssistant = () =>
  useQuery({
    queryKey: ['assistant'],
    queryFn: ({ signal }) => ask('GET /api/assistant', {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  }).data

/** Once the caller has hung up a language model is asked once, where one is switched on: it sums up, and offers fields. */
export function useAssistedReading(
  call: string | undefined,
  {
    lines,
    isUp,
    names,
  }: {
    readonly lines: readonly CaptionLine[]
    readonly isUp: boolean
    readonly names: readonly string[]
  },
): { readonly proposals: readonly Offering[]; readonly note: string | undefined } {
  const assistant = useAssistant()
  // Lines of a call that was up on this page: one that was over before is not asked about again.
  const wasUp = useRef(false)
  if (isUp) wasUp.current = true
  const said = toSend(lines)
  const isAsked = assistant?.isOn === true && call !== undefined && wasUp.current && !isUp && said.length > 0
  const { data, isFetching } = useQuery({
    queryKey: ['assisted-reading', call],
    queryFn: () =>
      ask('POST /api/assistant/readings', {
        body: {
          call: call ?? '',
          lines: said,
          names,
        },
      }),
    enabled: isAsked,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  const proposals = data?.proposals ?? noProposals
  if (!isAsked) return { proposals, note: undefined }
  if (isFetching) return { proposals, note: words.assistantAsking(assistant.host ?? '') }
  const came = proposals.length === 0 ? words.assistantNothing : words.assistantAnswered(proposals.length)
  const dropped = data?.dropped ?? 0
  return { proposals, note: dropped === 0 ? came : `${came}${words.assistantDropped(dropped)}` }
}
