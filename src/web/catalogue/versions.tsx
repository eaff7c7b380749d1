import { Trouble } from '../design/trouble.tsx'
import { UseAgain, VersionTable } from '../house/versions.tsx'
import { Changes } from './changes.tsx'
import { useChanges, useDiff, useVersions } from './use-catalogue.ts'
import { words } from './words.ts'

/** Every catalogue that was published, and the way back to one. */
export function Versions({ isAdmin }: { readonly isAdmin: boolean }) {
  const { versions, trouble: unread } = useVersions()
  const { use, trouble } = useChanges()
  const said = trouble ?? unread
  return (
    <section className="card" aria-label={words.views.versions}>
      <Trouble text={said} />
      {!versions && unread === undefined && <p role="status">{words.asking}</p>}
      {versions?.holds === undefined && versions && <p role="status">{words.folderHolds}</p>}
      {versions?.holds && versions.folder === 'other' && <p>{words.folderOther}</p>}
      {versions && versions.versions.length > 0 && (
        <VersionTable
          name={words.views.versions}
          versions={versions.versions}
          holds={versions.holds}
          next={versions.next}
          ofFiles={number =>
            versions.versions.some(one => one.number === number && one.way === 'folder')
              ? words.ofFiles
              : undefined
          }
          wayBack={isAdmin ? number => <UseAgain version={number} use={() => use(number)} /> : undefined}
          changesOf={number => <Compared key={number} number={number} />}
        />
      )}
    </section>
  )
}

function Compared({ number }: { readonly number: number }) {
  const { changes, trouble } = useDiff(number)
  if (!changes) return <p role="status">{trouble ?? words.asking}</p>
  return <Changes changes={changes} />
}
