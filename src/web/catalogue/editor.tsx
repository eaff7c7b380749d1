import { type FormEvent, useState } from 'react'
import { Button } from 'react-aria-components'
import type { CatalogueEditRequest, CatalogueWritten } from '../../catalogue/versions/api.ts'
import { Trouble } from '../design/trouble.tsx'
import { type EditedKind, type EditedObject, editsOf, objectIn } from './edited.ts'
import { useChanges, useWritten } from './use-catalogue.ts'
import { urgencyWords, words } from './words.ts'

/** What is said of a kind's object, to be written otherwise; it goes into the draft. */
export function Editor({
  code,
  saved,
  cancel,
}: {
  readonly code: string
  readonly saved: () => void
  readonly cancel: () => void
}) {
  const { written, trouble } = useWritten(code)
  if (trouble !== undefined)
    return (
      <p className="trouble" role="alert">
        {trouble}
      </p>
    )
  if (!written) return <p role="status">{words.asking}</p>
  return <Form seen={written} saved={saved} cancel={cancel} />
}

const urgencies = ['urgent', 'livelihood', 'general', 'complex'] as const

function Form({
  seen,
  saved,
  cancel,
}: {
  readonly seen: CatalogueWritten
  readonly saved: () => void
  readonly cancel: () => void
}) {
  const [given, setGiven] = useState<EditedObject>(() => objectIn(seen))
  const { edit, trouble, isBusy } = useChanges()
  const set = (changed: Partial<EditedObject>) => setGiven({ ...given, ...changed })
  const setKind = (at: number, changed: Partial<EditedKind>) =>
    set({ kinds: given.kinds.map((kind, other) => (other === at ? { ...kind, ...changed } : kind)) })
  const send = (event: FormEvent) => {
    event.preventDefault()
    const body: CatalogueEditRequest = { revision: seen.revision, edits: [...editsOf(seen, given)] }
    if (body.edits?.length === 0) cancel()
    else edit(body, { onSuccess: saved })
  }
  const text = (key: 'words' | 'says' | 'not' | 'form', label: string, rows: number) => (
    <label className="field">
      {label}
      <textarea
        rows={rows}
        lang="zh-CN"
        value={given[key]}
        onChange={event => set({ [key]: event.target.value })}
      />
    </label>
  )
  const line = (key: 'name' | 'units', label: string) => (
    <label className="field">
      {label}
      <input
        required
        lang="zh-CN"
        value={given[key]}
        onChange={event => set({ [key]: event.target.value })}
      />
    </label>
  )
  const usual = urgencies.find(one => one === seen.urgency)
  return (
    <form className="kind-editor" onSubmit={send}>
      <Trouble text={trouble} />
      {line('name', words.objectName)}
      <fieldset>
        <legend>{words.kindsField}</legend>
        {given.kinds.map((kind, at) => (
          <div key={at} className="edited-kind">
            <input
              aria-label={words.code}
              inputMode="numeric"
              value={kind.code}
              onChange={event => setKind(at, { code: event.target.value })}
            />
            <input
              aria-label={words.name}
              lang="zh-CN"
              value={kind.name}
              onChange={event => setKind(at, { name: event.target.value })}
            />
            <select
              aria-label={words.urgency}
              value={kind.urgency}
              onChange={event => setKind(at, { urgency: event.target.value })}
            >
              <option value="">{words.usual(usual ? urgencyWords[usual] : seen.urgency)}</option>
              {urgencies.map(one => (
                <option key={one} value={one}>
                  {urgencyWords[one]}
                </option>
              ))}
            </select>
            <Button
              className="button"
              aria-label={words.without(kind.name || kind.code)}
              onPress={() => set({ kinds: given.kinds.filter((_, other) => other !== at) })}
            >
              ×
            </Button>
          </div>
        ))}
        <Button
          className="button"
          onPress={() => set({ kinds: [...given.kinds, { code: '', name: '', urgency: '' }] })}
        >
          {words.add}
        </Button>
      </fieldset>
      {line('units', words.unitsField)}
      {text('form', words.formField, 2)}
      {text('words', words.wordsField, 4)}
      {text('says', words.saysField, 5)}
      {text('not', words.notField, 3)}
      <label className="check">
        <input
          type="checkbox"
          checked={given.elder}
          onChange={event => set({ elder: event.target.checked })}
        />{' '}
        {words.elder}
      </label>
      <div className="acts">
        <Button className="button main" type="submit" isDisabled={isBusy}>
          {isBusy ? words.saving : words.save}
        </Button>
        <Button className="button" onPress={cancel}>
          {words.cancel}
        </Button>
      </div>
    </form>
  )
}
