import { type FormEvent, useState } from 'react'
import { Button, Input, Label, Text, TextField } from 'react-aria-components'
import { words } from './words.ts'

/** One thing of a seat, to be written anew. */
export function EditField({
  label,
  form,
  before,
  onSave,
  onClose,
}: {
  readonly label: string
  /** How it is written. */
  readonly form: string
  readonly before: string
  readonly onSave: (text: string) => void
  readonly onClose: () => void
}) {
  const [text, setText] = useState(before)
  const save = (event: FormEvent) => {
    event.preventDefault()
    onSave(text.trim())
  }
  return (
    <form className="acts" onSubmit={save}>
      <TextField value={text} onChange={setText} maxLength={400} autoFocus>
        <Label>{label}</Label>
        <Input />
        <Text slot="description" className="quiet">
          {form}
        </Text>
      </TextField>
      <Button type="submit" className="button main">
        {words.save}
      </Button>
      <Button className="button" onPress={onClose}>
        {words.close}
      </Button>
    </form>
  )
}
