import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ComboBox } from 'react-aria-components'
import { Searched } from '../design/searched.tsx'
import { ask } from '../house/house.ts'
import { Theirs } from './order-fields.tsx'
import { orderWords as words } from './order-words.ts'
import type { DraftForm } from './use-draft.ts'

/** The street, found by its characters, by the first letters of their sounds, or by a community that lies in it; any other may be typed. */
export function StreetField({ form, needed }: { readonly form: DraftForm; readonly needed: boolean }) {
  const { street = '', district = '' } = form.shown.fields
  const [isTyping, setTyping] = useState(false)
  const [asked, setAsked] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setAsked(street.trim()), 120)
    return () => clearTimeout(timer)
  }, [street])
  const query = { q: asked.slice(0, 100), district: district === '' ? undefined : district, limit: 30 }
  const { data } = useQuery({
    queryKey: ['places', query],
    queryFn: ({ signal }) => ask('GET /api/places', { query }, signal),
    enabled: isTyping && (asked !== '' || district !== ''),
    placeholderData: before => before,
  })
  const items = (data?.places ?? []).map((place, at) => ({
    ...place,
    id: `${at}`,
    text: place.community ?? place.street,
    aside: place.community === undefined ? place.district : `${place.street} · ${place.district}`,
  }))
  return (
    <div className="cell">
      <ComboBox
        className="field searched"
        name="street"
        isRequired={needed}
        allowsCustomValue
        allowsEmptyCollection
        menuTrigger="input"
        items={items}
        inputValue={street}
        onFocusChange={setTyping}
        onInputChange={text => {
          // Chosen from the list it is written below; what is typed is written as it stands.
          if (isTyping && !items.some(item => item.text === text && item.community !== undefined))
            form.set('street', text)
        }}
        selectedKey={null}
        onSelectionChange={key => {
          const found = items.find(({ id }) => id === key)
          if (!found) return
          form.set('street', found.street)
          if (district === '') form.set('district', found.district)
        }}
      >
        <Searched
          label={`${words.street}${needed ? words.needed : ''}`}
          hint={words.streetHint}
          none={words.noStreet}
          most={64}
        />
      </ComboBox>
      <Theirs form={form} name="street" />
    </div>
  )
}
