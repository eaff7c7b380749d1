import { useState } from 'react'
import { Button, FileTrigger } from 'react-aria-components'
import { useRules } from '../orders/use-orders.ts'
import { refusalOf } from '../orders/words.ts'
import { orderWords as words } from './order-words.ts'
import type { DraftForm } from './use-draft.ts'

/** Pictures and papers that the citizen sent: kept with the draft as soon as they are chosen, and shown by its order. */
export function Attachments({ form }: { readonly form: DraftForm }) {
  const rules = useRules()
  const { files } = form.shown
  const [isSending, setSending] = useState(false)
  const [refused, setRefused] = useState<readonly string[]>([])
  async function attach(chosen: FileList | null) {
    setSending(true)
    const reasons: string[] = []
    for (const file of chosen ?? []) {
      const why = await form.attach(file)
      if (why !== undefined) reasons.push(words.notAttached(file.name, refusalOf(why)))
    }
    setRefused(reasons)
    setSending(false)
  }
  async function detach(hash: string) {
    const why = await form.detach(hash)
    setRefused(why === undefined ? [] : [refusalOf(why)])
  }
  return (
    <div className="cell wide attachments">
      <FileTrigger
        allowsMultiple
        acceptedFileTypes={rules?.evidence.types}
        onSelect={list => void attach(list)}
      >
        <Button className="button small" isDisabled={isSending}>
          {isSending ? words.attaching : words.attach}
        </Button>
      </FileTrigger>
      {files.length > 0 && (
        <ul>
          {files.map(({ hash, name }) => (
            <li key={hash}>
              {name}{' '}
              <Button className="quote" aria-label={words.detach(name)} onPress={() => void detach(hash)}>
                ×
              </Button>
            </li>
          ))}
        </ul>
      )}
      {refused.map(why => (
        <p key={why} className="trouble" role="alert">
          {why}
        </p>
      ))}
    </div>
  )
}
