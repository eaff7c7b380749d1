import { useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import { Trouble } from '../design/trouble.tsx'

/** What somebody may decide, for a reason that they write. */
export type Decidable = { readonly said: string; do(reason: string): Promise<boolean> }

/** One line for the reason, and a button for each decision. The reason stays until one was made. */
export function Decisions({
  decisions,
  label,
  most,
  about,
  isBusy,
  trouble,
}: {
  readonly decisions: readonly Decidable[]
  readonly label: string
  /** Characters. */
  readonly most: number
  /** What is decided on, for whoever does not see where the button stands. */
  readonly about?: string
  readonly isBusy: boolean
  readonly trouble: string
}) {
  const [reason, setReason] = useState('')
  if (decisions.length === 0) return null
  return (
    <div className="acts">
      <TextField value={reason} onChange={setReason} maxLength={most} isRequired>
        <Label>{label}</Label>
        <Input />
      </TextField>
      {decisions.map(one => (
        <Button
          key={one.said}
          className="button"
          isDisabled={isBusy || reason.trim() === ''}
          aria-label={about === undefined ? undefined : `${one.said} ${about}`}
          onPress={() => void one.do(reason.trim()).then(isDone => isDone && setReason(''))}
        >
          {one.said}
        </Button>
      ))}
      <Trouble text={trouble} />
    </div>
  )
}
