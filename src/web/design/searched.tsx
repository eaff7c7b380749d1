import './searched.css'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import {
  Button,
  Collection,
  Header,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Popover,
  Text,
} from 'react-aria-components'

/** One of many, as its list shows it. */
export type FoundItem = { readonly id: string; readonly text: string; readonly aside: string }
export type FoundGroup = { readonly id: string; readonly items: readonly FoundItem[] }

/**
 * What is typed into a field with a list stands until something is chosen or somebody goes elsewhere. A list that closes
 * because the page was scrolled is no choice: react-aria says then once more what was chosen before.
 * @param take with an empty id when the field was emptied
 */
export function useTyped(chosen: string, shown: string, take: (id: string) => void) {
  const [typed, setTyped] = useState<string>()
  return {
    typed,
    /** For the combobox. */
    props: {
      inputValue: typed ?? shown,
      selectedKey: chosen === '' ? null : chosen,
      onFocusChange(isHere: boolean) {
        if (!isHere) setTyped(undefined)
      },
      onInputChange(text: string) {
        setTyped(text)
        if (text === '') take('')
      },
      onSelectionChange(key: string | number | null) {
        if (key === null || key === chosen) return
        // The name is put in with what is chosen: a name that changes by itself would open the list again.
        setTyped(undefined)
        take(String(key))
      },
      onKeyDown({ key, target }: KeyboardEvent) {
        if (key !== 'Escape' || typed === undefined || !(target instanceof HTMLElement)) return
        // As whoever goes elsewhere and comes back: a text that changes under the focus would open the list again.
        target.blur()
        setTimeout(() => target.focus())
      },
    },
  }
}

/** What a combobox is made of: its name, the line to type in, and what was found, in groups where there are such. */
export function Searched({
  label,
  hint,
  none,
  most,
  opens,
}: {
  readonly label: ReactNode
  readonly hint: string
  /** Said where nothing was found. */
  readonly none: string
  readonly most: number
  /** What the button is called that opens the whole list, where that can be looked through. */
  readonly opens?: string
}) {
  return (
    <>
      <Label>{label}</Label>
      <div className="typed">
        <Input placeholder={hint} maxLength={most} />
        {opens !== undefined && (
          <Button className="button" aria-label={opens}>
            ▾
          </Button>
        )}
      </div>
      <Popover className="searched-list">
        <ListBox renderEmptyState={() => <p className="quiet">{none}</p>}>
          {(one: FoundItem | FoundGroup) =>
            'items' in one ? (
              <ListBoxSection id={one.id}>
                <Header>{one.id}</Header>
                <Collection items={one.items}>{item}</Collection>
              </ListBoxSection>
            ) : (
              item(one)
            )
          }
        </ListBox>
      </Popover>
    </>
  )
}

const item = ({ text, aside }: FoundItem) => (
  <ListBoxItem className="searched-item" textValue={text}>
    <Text slot="label">{text}</Text> <span className="quiet">{aside}</span>
  </ListBoxItem>
)
