import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { RuleHistory, RuleSubjectName } from '../../rulebook/api.ts'
import { cityTime } from '../city.ts'
import { SteadyButton } from '../design/steady-button.tsx'
import { Table } from '../design/table.tsx'
import { useNames } from '../house/names.ts'
import { Changes } from './changes.tsx'
import { useHistory, useRuleChanges, useVersion } from './use-rules.ts'
import { words } from './words.ts'

/** All that was published of a subject, who did it and why, and the way back. */
export function Versions({ subject }: { readonly subject: RuleSubjectName }) {
  const { history, trouble: unread } = useHistory(subject)
  const { use, bringBack, isBroughtBack, trouble } = useRuleChanges(subject)
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
      {isBroughtBack && <p role="status">{words.broughtBack}</p>}
      {!history && unread === undefined && <p role="status">{words.asking}</p>}
      {history && (
        <Table
          caption={words.views.versions}
          head={words.versionHead}
          narrow="cards"
          none={words.noVersions}
          rows={history.versions.map(version => ({
            key: version.number,
            cells: [
              words.version(version.number),
              holding(history, version.number),
              cityTime(version.madeAtMs, 'date'),
              version.way === 'file' ? version.author : nameOf(version.author),
              version.note,
              <span key="acts" className="acts">
                {version.parent !== undefined && (
                  <Button
                    className="button"
                    aria-pressed={compared === version.number}
                    aria-label={`${words.version(version.number)} ${words.compare}`}
                    onPress={() => setCompared(compared === version.number ? undefined : version.number)}
                  >
                    {words.compare}
                  </Button>
                )}
                {version.number !== history.holds?.version &&
                  (history.needsSecond ? (
                    <Button className="button" onPress={() => bringBack(version.number)}>
                      {words.intoDraft}
                    </Button>
                  ) : (
                    <SteadyButton
                      meaning={`use ${version.number}`}
                      atOnce
                      className="button"
                      onPress={() => use(version.number)}
                    >
                      {words.use}
                    </SteadyButton>
                  ))}
              </span>,
            ],
          }))}
        />
      )}
      {compared !== undefined && <Compared key={compared} subject={subject} number={compared} />}
    </section>
  )
}

function holding({ holds, next }: RuleHistory, number: number): string {
  if (number === holds?.version) return words.holdsNow
  return number === next?.version ? words.holdsFrom(cityTime(next.fromMs, 'date')) : ''
}

function Compared({ subject, number }: { readonly subject: RuleSubjectName; readonly number: number }) {
  const { version, trouble } = useVersion(subject, number)
  return (
    <>
      <h2>
        {words.version(number)} · {words.changes}
      </h2>
      {version ? (
        <Changes subject={subject} changes={version.changes} />
      ) : (
        <p role="status">{trouble ?? words.asking}</p>
      )}
    </>
  )
}
