import { Yes } from './order-fields.tsx'
import { isAnswered } from './order-request.ts'
import { orderWords as words } from './order-words.ts'
import type { DraftForm } from './use-draft.ts'

/** What is true of this order or not. */
export function Ticks({
  form,
  isElder,
  hasOpen,
}: {
  readonly form: DraftForm
  readonly isElder: boolean
  readonly hasOpen: boolean
}) {
  const { fields } = form.shown
  const tick = (name: 'undecided' | 'elder' | 'confidential' | 'anyway', label: string) => (
    <Yes label={label} isSet={fields[name] === 'yes'} set={is => form.set(name, is ? 'yes' : '')} />
  )
  return (
    <div className="cell wide ticks">
      {fields.type === 'consultation' && (
        <Yes label={words.atOnce} isSet={isAnswered(fields)} set={is => form.set('answer', is ? ' ' : '')} />
      )}
      {!isAnswered(fields) && tick('undecided', words.undecided)}
      {!isElder && tick('elder', words.elder)}
      {tick('confidential', words.confidential)}
      {hasOpen && tick('anyway', words.anyway)}
    </div>
  )
}
