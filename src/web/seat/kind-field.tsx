import './kind-field.css'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover, Text } from 'react-aria-components'
import type { KindShown } from '../../http/contract.ts'
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
  /** What is looked for, while somebody types here; otherwise the kind of the draft is shown, whatever the list knows of it. */
  const [typed, setTyped] = useState<string>()
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
  const known = useKind(code)
  const shownName = code === '' ? '' : (name ?? (known ? `${known.object}·${known.name}` : code))
  const kinds = asked === '' ? [] : (data?.kinds ?? [])
  const items = kinds.map(kind => ({ id: kind.code, text: `${kind.object}·${kind.name}`, group: kind.group }))
  return (
    <ComboBox
      className="field kind-field"
      isRequired={isNeeded}
      allowsEmptyCollection
      menuTrigger="input"
      items={items}
      inputValue={typed ?? shownName}
      onFocusChange={is => {
        if (!is) setTyped(undefined)
      }}
      onInputChange={text => {
        setTyped(text)
        if (text === '') onTaken('', '')
      }}
      selectedKey={code === '' ? null : code}
      onSelectionChange={key => {
        // The name is put in with the kind: a name that changes by itself would open the list again.
        setTyped(undefined)
        const found = items.find(({ id }) => id === key)
        if (found) onTaken(found.id, found.text)
      }}
    >
      <Label>
        {words.kind}
        {isNeeded && words.needed}
      </Label>
      <Input placeholder={words.kindHint} maxLength={200} />
      <Popover className="kind-list">
        <ListBox renderEmptyState={() => <p className="quiet">{words.noKind}</p>}>
          {(item: (typeof items)[number]) => (
            <ListBoxItem className="kind-item" textValue={item.text}>
              <Text slot="label">{item.text}</Text> <span className="quiet">{item.group}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
