import { Button } from 'react-aria-components'
import type { RuleSubjectName } from '../../rulebook/api.ts'
import { Trouble } from '../design/trouble.tsx'
import { UseAgain, VersionTable } from '../house/versions.tsx'
import { Changes } from './changes.tsx'
import { useHistory, useRuleChanges, useVersion } from './use-rules.ts'
import { words } from './words.ts'

/** All that was published of a subject, who did it and why, and the way back. */
export function Versions({ subject }: { readonly subject: RuleSubjectName }) {
  const { history, trouble: unread } = useHistory(subject)
  const { use, bringBack, isBroughtBack, trouble } = useRuleChanges(subject)
  const said = trouble ?? unread
  return (
    <section className="card" aria-label={words.views.versions}>
      <Trouble text={said} />
      {isBroughtBack && <p role="status">{words.broughtBack}</p>}
      {!history && unread === undefined && <p role="status">{words.asking}</p>}
      {history && (
        <VersionTable
          name={words.views.versions}
          versions={history.versions}
          holds={history.holds}
          next={history.next}
          ofFiles={number =>
            history.versions.find(one => one.number === number && one.way === 'file')?.author
          }
          wayBack={number =>
            history.needsSecond ? (
              <Button className="button" onPress={() => bringBack(number)}>
                {words.intoDraft}
              </Button>
            ) : (
              <UseAgain version={number} use={() => use(number)} />
            )
          }
          changesOf={number => <Compared key={number} subject={subject} number={number} />}
        />
      )}
    </section>
  )
}

function Compared({ subject, number }: { readonly subject: RuleSubjectName; readonly number: number }) {
  const { version, trouble } = useVersion(subject, number)
  if (!version) return <p role="status">{trouble ?? words.asking}</p>
  return <Changes subject={subject} changes={version.changes} />
}
