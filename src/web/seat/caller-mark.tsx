import { useMutation, useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Button } from 'react-aria-components'
import type { CallerMark as Mark } from '../../http/contract.ts'
import { ask } from '../house/house.ts'
import { orderWords as words } from './order-words.ts'
import { languageWords } from './words.ts'

const mandarin = 'zh-CN'

/** What is known of a number, and how it is served when it rings next. Made anew for each number, by a key. */
export function CallerMark({
  number,
  isElder,
  language,
}: {
  readonly number: string
  readonly isElder: boolean
  readonly language: string | undefined
}) {
  const id = useId()
  const [marked, setMarked] = useState<Mark>({})
  const marking = useMutation({
    mutationFn: (mark: Mark) => ask('POST /api/callers/{number}/mark', { path: { number }, body: mark }),
    onSuccess: (_, mark) => setMarked(before => ({ ...before, ...mark })),
  })
  const { data } = useQuery({
    queryKey: ['caller-languages'],
    queryFn: ({ signal }) => ask('GET /api/callers/languages', {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const elder = marked.elder ?? isElder
  const spoken = marked.language ?? language ?? mandarin
  const languages = [...new Set([spoken, ...(data?.languages ?? [])])]
  return (
    <div className="caller-mark">
      {elder && <strong className="mark">{words.elderKnown}</strong>}
      <Button
        className="button small"
        isDisabled={marking.isPending}
        onPress={() => marking.mutate({ elder: !elder })}
      >
        {elder ? words.unmarkElder : words.markElder}
      </Button>
      {languages.length > 1 && (
        <div className="field">
          <label htmlFor={id}>{words.speaks}</label>
          <select
            id={id}
            value={spoken}
            disabled={marking.isPending}
            onChange={event => marking.mutate({ language: event.target.value })}
          >
            {languages.map(one => (
              <option key={one} value={one}>
                {languageWords(one)}
              </option>
            ))}
          </select>
        </div>
      )}
      {marking.isError && (
        <p className="trouble" role="alert">
          {words.notMarked}
        </p>
      )}
    </div>
  )
}
