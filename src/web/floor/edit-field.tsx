import { type FormEvent, useState } from 'react'
import { Button, Input, Label, Text, TextField } from 'react-aria-components'
import type { SeatView } from '../../http/contract.ts'
import { words } from './words.ts'

/** The skills of a seat as words with blanks between them. */
export function EditSkills({
  seat,
  onSave,
  onClose,
}: {
  readonly seat: SeatView
  readonly onSave: (skills: readonly string[]) => void
  readonly onClose: () => void
}) {
  const [text, setText] = useState(seat.skills.join(' '))
  const save = (event: FormEvent) => {
    event.preventDefault()
    onSave(text.split(/[\s,，、]+/).filter(word => word !== ''))
  }
  return (
    <form className="acts" onSubmit={save}>
      <TextField value={text} onChange={setText} maxLength={400} autoFocus>
        <Label>{words.skillsOf(seat.display)}</Label>
        <Input />
        <Text slot="description" className="quiet">
          {words.skillsForm}
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
