import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { ask } from '../house/house.ts'
import { orderWords as words } from './order-words.ts'

/** Whether this number is an old caller's: how it is served when it rings next. Made anew for each number, by a key. */
export function CallerMark({ number, isElder }: { readonly number: string; readonly isElder: boolean }) {
  const [marked, setMarked] = useState<boolean>()
  const elder = marked ?? isElder
  const marking = useMutation({
    mutationFn: (is: boolean) =>
      ask('POST /api/callers/{number}/mark', { path: { number }, body: { elder: is } }),
    onSuccess: (_, is) => setMarked(is),
  })
  return (
    <div className="caller-mark">
      {elder && <strong className="mark">{words.elderKnown}</strong>}
      <Button className="button small" isDisabled={marking.isPending} onPress={() => marking.mutate(!elder)}>
        {elder ? words.unmarkElder : words.markElder}
      </Button>
      {marking.isError && (
        <p className="trouble" role="alert">
          {words.notMarked}
        </p>
      )}
    </div>
  )
}
