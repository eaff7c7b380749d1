import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ComboBox } from 'react-aria-components'
import type { KindShown } from '../../http/contract.ts'
import { Searched, useTyped } from '../design/searched.tsx'
import { ask } from '../house/house.ts'
import { orderWords as words } from './order-words.ts'

/** What the catalogue says of a kind: a draft knows its code alone. */
export const useKind = (code: string): KindShown | undefined =>
  useQuery({
    queryKey: ['kind', code],
    queryFn: ({ signal }) => ask('GET /api/kinds', { query: { q: code, limit: 1 } }, signal),
    enabled: code !== '',
    staleTime: Number.POSITIVE_INFINITY,
  }).data?.kinds[0]

/** One of over two thousand kinds, found by what stands in its name or by what citizens call it. */
export function KindField({
  code,
  name,
  onTaken,
  isNeeded = true,
}: {
  readonly code: string
  /** As it reads, where it is known already. */
  readonly name: string | undefined
  readonly onTaken: (code: string, name: string) => void
  readonly isNeeded?: boolean
}) {
  const known = useKind(code)
  /** The name of what was chosen here: one that came later would open the list again. */
  const [taken, setTaken] = useState({ code: '', name: '' })
  const ownName = taken.code === code ? taken.name : known && `${known.object}·${known.name}`
  const shownName = code === '' ? '' : (name ?? ownName ?? code)
  const { typed, props } = useTyped(code, shownName, chosen => {
    const found = items.find(({ id }) => id === chosen)
    if (!found && chosen !== '') return
    setTaken({ code: chosen, name: found?.text ?? '' })
    onTaken(chosen, found?.text ?? '')
  })
  const [asked, setAsked] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed?.trim() ?? ''), 150)
    return () => clearTimeout(timer)
  }, [typed])
  const { data } = useQuery({
    queryKey: ['kinds', asked],
    queryFn: ({ signal }) => ask('GET /api/kinds', { query: { q: asked.slice(0, 200), limit: 20 } }, signal),
    enabled: asked !== '',
    placeholderData: before => before,
  })
  const kinds = asked === '' ? [] : (data?.kinds ?? [])
  const items = kinds.map(kind => ({ id: kind.code, text: `${kind.object}·${kind.name}`, aside: kind.group }))
  return (
    <ComboBox
      {...props}
      className="field searched"
      isRequired={isNeeded}
      allowsEmptyCollection
      menuTrigger="input"
      items={items}
    >
      <Searched
        label={`${words.kind}${isNeeded ? words.needed : ''}`}
        hint={words.kindHint}
        none={words.noKind}
        most={200}
      />
    </ComboBox>
  )
}
