import { cityTime } from '../city.ts'
import { SteadyButton } from '../design/steady-button.tsx'
import { Trouble } from '../design/trouble.tsx'
import { useNames } from '../house/names.ts'
import { Publishing } from '../house/publishing.tsx'
import { Changes } from './changes.tsx'
import { useChanges, useDraft } from './use-catalogue.ts'
import { faultSaid, words } from './words.ts'

/** What was written and holds nowhere yet: what is other in it, what is wrong, and how it comes to hold. */
export function Draft({ isAdmin }: { readonly isAdmin: boolean }) {
  const { draft, trouble: unread } = useDraft()
  const { publish, discard, trouble, isBusy } = useChanges()
  const nameOf = useNames()
  const said = trouble ?? unread
  return (
    <section className="card" aria-label={words.views.draft}>
      <Trouble text={said} />
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
            <Publishing
              isBusy={isBusy}
              isReady={draft.faults.length === 0 && draft.changes.length > 0}
              publish={how => publish({ revision: draft.revision, ...how })}
            />
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
