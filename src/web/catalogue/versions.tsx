import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { CatalogueVersions } from '../../catalogue/versions/api.ts'
import { cityTime } from '../city.ts'
import { SteadyButton } from '../design/steady-button.tsx'
import { Table } from '../design/table.tsx'
import { useNames } from '../house/names.ts'
import { Changes } from './changes.tsx'
import { useChanges, useDiff, useVersions } from './use-catalogue.ts'
import { words } from './words.ts'

/** Every catalogue that was published, and the way back to one. */
export function Versions({ isAdmin }: { readonly isAdmin: boolean }) {
  const { versions, trouble: unread } = useVersions()
  const { use, trouble } = useChanges()
  const nameOf = useNames()
  const [compared, setCompared] = useState<number>()
  const said = trouble ?? unread
  return (
    <section className="card" aria-label={words.views.versions}>
      {said !== undefined && (
        <p className="trouble" role="alert">
          {said}
        </p>
      )}
      {!versions && unread === undefined && <p role="status">{words.asking}</p>}
      {versions?.holds === undefined && versions && <p role="status">{words.folderHolds}</p>}
      {versions?.holds && versions.folder === 'other' && <p>{words.folderOther}</p>}
      {versions && versions.versions.length > 0 && (
        <Table
          caption={words.views.versions}
          head={words.versionHead}
          narrow="cards"
          rows={versions.versions.map(version => ({
            key: version.number,
            cells: [
              words.versionName(version.number),
              holding(versions, version.number),
              cityTime(version.madeAtMs, 'date'),
              version.way === 'folder' ? words.ofFiles : nameOf(version.author),
              version.note,
              <span key="acts" className="acts">
                {version.parent !== undefined && (
                  <Button
                    className="button"
                    aria-pressed={compared === version.number}
                    aria-label={`${words.versionName(version.number)} ${words.compare}`}
                    onPress={() => setCompared(compared === version.number ? undefined : version.number)}
                  >
                    {words.compare}
                  </Button>
                )}
                {isAdmin && version.number !== versions.holds?.version && (
                  <SteadyButton
                    meaning={`use ${version.number}`}
                    atOnce
                    className="button"
                    onPress={() => use(version.number)}
                  >
                    {words.use}
                  </SteadyButton>
                )}
              </span>,
            ],
          }))}
        />
      )}
      {compared !== undefined && <Compared key={compared} number={compared} />}
    </section>
  )
}

function holding({ holds, next }: CatalogueVersions, number: number): string {
  if (number === holds?.version) return words.holdsNow
  return number === next?.version ? words.holdsFrom(cityTime(next.fromMs, 'date')) : ''
}

function Compared({ number }: { readonly number: number }) {
  const { changes, trouble } = useDiff(number)
  return (
    <>
      <h2>
        {words.versionName(number)} · {words.changes}
      </h2>
      {changes ? <Changes changes={changes} /> : <p role="status">{trouble ?? words.asking}</p>}
    </>
  )
}
