import { type FormEvent, useState } from 'react'
import { Button } from 'react-aria-components'
import { instantOf } from '../../city/place-time.ts'
import { cityTime, cityZone } from '../city.ts'
import { SteadyButton } from '../design/steady-button.tsx'
import { useNames } from '../house/names.ts'
import { Changes } from './changes.tsx'
import { useChanges, useDraft } from './use-catalogue.ts'
import { faultSaid, words } from './words.ts'

/** What was written and holds nowhere yet: what is other in it, what is wrong, and how it comes to hold. */
export function Draft({ isAdmin }: { readonly isAdmin: boolean }) {
  const { draft, trouble: unread } = useDraft()
  const { publish, discard, trouble, isBusy } = useChanges()
  const nameOf = useNames()
  const [note, setNote] = useState('')
  const [from, setFrom] = useState('')
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (!draft) return
    const fromMs = from === '' ? undefined : instantOf(from.replace('T', ' '), cityZone)
    publish({ revision: draft.revision, note, fromMs })
  }
  const said = trouble ?? unread
  return (
    <section className="card" aria-label={words.views.draft}>
      {said !== undefined && (
        <p className="trouble" role="alert">
          {said}
        </p>
      )}
      {!draft ? (
        unread === undefined && <p role="status">{words.asking}</p>
      ) : draft.revision === 0 ? (
        <p role="status">{words.noDraft}</p>
      ) : (
        <>
          <p className="quiet">
            {words.draftNote(draft.base, nameOf(draft.author ?? ''), cityTime(draft.changedAtMs ?? 0))}
          </p>
          {draft.faults.length === 0 ? (
            <p role="status">{words.proved}</p>
          ) : (
            <div role="alert">
              <p className="trouble">{words.wrong(draft.faults.length)}</p>
              <ul className="faults">
                {draft.faults.map(fault => (
                  <li key={`${fault.place} ${fault.found}`}>{faultSaid(fault)}</li>
                ))}
              </ul>
            </div>
          )}
          <Changes changes={draft.changes} />
          {isAdmin ? (
            <form className="acts" onSubmit={send}>
              <label className="field">
                {words.note}
                <input
                  required
                  maxLength={200}
                  value={note}
                  lang="zh-CN"
                  onChange={event => setNote(event.target.value)}
                />
              </label>
              <label>
                {words.fromTime}
                <input type="datetime-local" value={from} onChange={event => setFrom(event.target.value)} />
              </label>
              <Button
                className="button main"
                type="submit"
                isDisabled={isBusy || draft.faults.length > 0 || draft.changes.length === 0}
              >
                {isBusy ? words.saving : words.publish}
              </Button>
            </form>
          ) : (
            <p>{words.adminPublishes}</p>
          )}
          <SteadyButton meaning="discard" atOnce className="button" onPress={() => discard()}>
            {words.discard}
          </SteadyButton>
        </>
      )}
    </section>
  )
}
